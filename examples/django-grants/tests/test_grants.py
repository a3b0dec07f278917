"""The sample as a user meets it: forms, the admin, and migrations that know no label."""

from pathlib import Path

import django
import pytest
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

import ppun_bfc

django.setup()
setup_test_environment()

from django.contrib.auth.models import User  # noqa: E402 - models are there once Django is set up
from grants.forms import GrantForm  # noqa: E402
from grants.models import Grant  # noqa: E402

POLICY = ppun_bfc.load()
ACTION = POLICY.get("action:pass-numeriques")


@pytest.fixture(autouse=True, scope="module")
def database():
    call_command("migrate", verbosity=0)


def filled(**more):
    return {"title": "Ateliers", "amount": "1200.50", "action": ACTION.id, **more}


def test_migrations_know_no_label_and_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    written = Path("grants/migrations/0001_initial.py").read_text(encoding="utf-8")
    assert "ppun_bfc.fields.Choices('action', group='theme')" in written.replace('"', "'")
    assert ACTION.id not in written


def test_a_form_shows_official_labels_and_refuses_other_ids():
    form = GrantForm(filled())
    assert f'<option value="{ACTION.id}" selected>' in str(form["action"])
    assert "<optgroup" in str(form["action"])
    assert form.is_valid(), form.errors
    assert form.save().get_action_display() == ACTION.label.fr
    assert "action" in GrantForm(filled(action="action:pass-numerique")).errors


def test_the_admin_keeps_what_was_chosen():
    User.objects.create_superuser("officer", password="a sample")
    client = Client()
    assert client.login(username="officer", password="a sample")
    added = client.post("/admin/grants/grant/add/", filled(title="Médiation"))
    assert added.status_code == 302
    grant = Grant.objects.get(title="Médiation")
    page = client.get(f"/admin/grants/grant/{grant.pk}/change/").content.decode()
    assert f'<option value="{ACTION.id}" selected>' in page
    assert ACTION.label.fr in client.get("/admin/grants/grant/").content.decode()

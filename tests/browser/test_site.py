"""The built sites, as people read them: reachable by all, nothing clipped, nothing loaded from elsewhere."""

import json
import os
from pathlib import Path

import pytest

import ppun_bfc
from pages import lacking, served

SITE = Path(os.environ.get("PPUN_SITE", "build/site"))
PAGES = (
    "index.html",
    "start.html",
    "use/django.html",
    "matrix.html",
    "glossary.html",
    "reference/fields.html",
    "fr/index.html",
    "fr/politique/index.html",
    "fr/politique/desaccords.html",
    "fr/politique/priority/inclusion-citoyenne.html",
    "fr/politique/aid/developper-les-tiers-lieux.html",
    "fr/utiliser/notebook.html",
)


@pytest.fixture(scope="module")
def site():
    if not (SITE / "index.html").is_file():
        lacking("the site")

    with served(SITE) as address:
        yield address


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_pages_are_accessible_and_nothing_is_clipped(site, visit, accessible, page, width, scheme):
    found = visit(f"{site}/{page}", viewport={"width": width, "height": 900}, color_scheme=scheme)
    wide, shown = found.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= shown
    assert found.evaluate("document.documentElement.lang") == (
        "fr" if page.startswith("fr/") else "en"
    )
    accessible(found)


def test_the_language_can_be_changed_from_any_page(site, visit):
    page = visit(f"{site}/use/django.html")
    french = page.locator("a[hreflang=fr]").first.get_attribute("href")
    page.goto(f"{site}/use/{french}")
    assert page.evaluate("document.documentElement.lang") == "fr"
    english = page.locator("a[hreflang=en]").first.get_attribute("href")
    page.goto(f"{site}/fr/{english}")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_search_answers_without_a_network(site, visit):
    page = visit(f"{site}/fr/index.html")
    page.keyboard.press("s")
    page.keyboard.type("tiers-lieux")
    page.wait_for_selector(".md-search-result__item")


def test_a_page_tells_machines_what_it_is(site, visit):
    for one in ppun_bfc.load().priorities:
        page = visit(f"{site}/fr/politique/{one.id.replace(':', '/')}.html")
        told = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
        assert (told["identifier"], told["name"]) == (one.id, one.label.fr)
        assert told["@context"] == "https://schema.org"


def test_a_page_leads_to_the_explorer(site, visit):
    page = visit(f"{site}/fr/politique/theme/inclusion.html")
    page.get_by_role("link", name="dans l’explorateur").click()
    page.wait_for_selector("ppun-thing")
    assert page.locator("main code").first.inner_text() == "theme:inclusion"

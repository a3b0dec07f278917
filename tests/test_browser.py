"""In a real browser: the address of a citation leads to the very words."""

import os
import re
import shutil
import subprocess

import pytest

from pages import served
from ppun_bfc.models import Document

BROWSER = shutil.which("chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WORDS = "l’objectif n°12 - suite, fin & « suite »"
FILLER = "<p>autre texte</p>" * 300
PAGE = f"""<!doctype html><meta charset=utf-8><title>x</title>{FILLER}
<p>La Région vise {WORDS.replace("&", "&amp;")} ici.</p>{FILLER}
<script>setTimeout(() => document.body.dataset.y = Math.round(scrollY), 800)</script>"""


@pytest.fixture
def page(tmp_path):
    """The address of a long page on this machine."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")

    with served(tmp_path) as address:
        yield f"{address}/"


def scrolled(address, profile):
    """How far down the page the browser stands."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=3000"]
    done = subprocess.run(
        [*command, "--dump-dom", address], capture_output=True, text=True, timeout=120, check=True
    )
    return int(re.search(r'data-y="(\d+)"', done.stdout)[1])


@pytest.mark.skipif(
    BROWSER is None and not os.environ.get("PPUN_REQUIRE_BROWSER"), reason="needs chromium"
)
def test_the_address_of_a_citation_leads_to_the_words(page, tmp_path):
    document = Document.model_validate(
        {"id": "document:x", "title": "t", "publisher": "p", "date": "2020", "url": page + "{page}"}
    )
    assert scrolled(document.page_url("page.html"), tmp_path / "a") == 0
    assert scrolled(document.page_url("page.html", WORDS), tmp_path / "b") > 1000
    assert scrolled(document.page_url("page.html", "des mots absents"), tmp_path / "c") == 0


def test_the_address_of_a_printed_page_is_its_number():
    document = Document.model_validate(
        {"id": "document:x", "title": "t", "publisher": "p", "date": "2020", "url": "a#page={page}"}
    )
    assert document.page_url("7", "des mots") == "a#page=7"

"""What the tests of pages share: the pages, a real Chromium, and axe."""

import functools
import http.server
import importlib
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

import ppun_bfc
from ppun_bfc import export

#: `.ci/explorer` sets it: what is missing fails there, and is skipped elsewhere.
REQUIRED = bool(os.environ.get("PPUN_REQUIRE_PAGES"))


def lacking(what) -> NoReturn:
    told = f"{what} is not here; `.ci/explorer` installs it"
    if REQUIRED:
        pytest.fail(told)
    pytest.skip(told)


@contextmanager
def served(folder):
    """The address at which a folder is served on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The explorer of the shipped version."""
    path = tmp_path_factory.mktemp("explorer") / "page.html"
    path.write_bytes(export.make(ppun_bfc.load(), "html"))
    return path


@pytest.fixture(scope="session")
def chromium():
    """A browser: Debian's, by its path."""
    path = shutil.which("chromium")
    if path is None:
        lacking("chromium")
    try:
        driving = importlib.import_module("playwright.sync_api")
    except ImportError:
        lacking("playwright")
    with driving.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Opens an address in a context of its own; whatever the page complains of fails the test."""
    contexts, complaints, asked = [], [], []

    def given(address, **options):
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR", **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(str(address))
        page.wait_for_selector("h1")
        return page

    yield given
    for context in contexts:
        context.close()
    assert complaints == []
    assert [
        url for url in asked if not url.startswith(("file:", "data:", "blob:", "http://127.0.0.1"))
    ] == []


@pytest.fixture(scope="session")
def axe():
    """The text of axe-core."""
    folder = Path(os.environ.get("PPUN_NODE_MODULES", "node_modules"))
    path = folder / "axe-core" / "axe.min.js"
    if not path.is_file():
        lacking("axe-core")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def accessible(axe):
    """Fails where a page breaks WCAG 2.1 A or AA."""

    def check(page, *more):
        page.evaluate(axe + "; undefined")
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", *more]
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", tags)
        told = [
            f"{one['id']}: {one['help']} — {node['html'][:160]}"
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]
        assert told == []
        assert found["passes"]

    return check

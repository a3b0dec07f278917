"""The checks that CI makes of the repository, tried on small ones."""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib

import pytest
import yaml

import ppun_bfc
from conftest import ROOT

SCRIPT = ROOT / ".ci" / "published_never_change.py"
PUBLISHED = ROOT / "data" / "published"

pytestmark = pytest.mark.skipif(
    not SCRIPT.is_file() or shutil.which("git") is None, reason="needs a checkout and git"
)


@pytest.fixture
def repo(tmp_path):
    """A repository in which every version was committed once."""
    folder = tmp_path / "repo"
    shutil.copytree(PUBLISHED, folder / "data" / "published")
    git(folder, "init", "-q", ".")
    commit(folder)
    return folder


def git(folder, *arguments):
    name = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


def check(folder):
    done = subprocess.run(
        [sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_a_history_that_only_adds_is_sound(repo):
    (repo / "data" / "published" / "2020.10.99.json").write_text("{}")
    commit(repo)
    assert check(repo) == (0, "")


def test_a_change_is_found_even_when_it_was_undone(repo):
    path = repo / "data" / "published" / "2020.10.1.json"
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    commit(repo)
    path.write_bytes(before)
    commit(repo)
    status, said = check(repo)
    assert status == 1
    assert said.count("changed a published file: M\tdata/published/2020.10.1.json") == 2


def test_a_withdrawn_file_is_found_before_and_after_the_commit(repo):
    (repo / "data" / "published" / "2020.10.1.json").unlink()
    status, said = check(repo)
    assert (status, "the work tree changes a published file: D" in said) == (1, True)
    commit(repo)
    status, said = check(repo)
    assert (status, "changed a published file: D" in said) == (1, True)


def test_another_digest_in_the_index_is_found(repo):
    path = repo / "data" / "published" / "index.json"
    path.write_text(path.read_text().replace("sha256:d1d0", "sha256:d1d1"))
    status, said = check(repo)
    assert (status, "lists 2020.10.1 with" in said) == (1, True)


def test_a_history_that_is_not_whole_proves_nothing(repo, tmp_path):
    commit_more = repo / "x"
    commit_more.write_text("x")
    commit(repo)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", repo.as_uri(), str(shallow))
    assert check(shallow) == (1, "the history is not whole: fetch all of it\n")


# -- the sources, fetched -------------------------------------------------------------------------

DOCUMENTS = """\
documents:
  - id: document:web
    repository: someone/pages
    commit: COMMIT
  - id: document:print
    repository: someone/pages
    commit: COMMIT
    path: assets/print.pdf
"""
PAGE = "# Titre\n\nTexte.\n\n### Contact\n\n* Une personne - 03 00 00 00 00\n"
#: A printed page that says "Une page".
PRINT = b"""%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 38>>stream
BT /F 12 Tf 20 100 Td (Une page) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


@pytest.fixture
def server(tmp_path):
    """A git server on this machine with a repository of pages; gives the address and the commit."""
    folder = tmp_path / "served" / "pages"
    (folder / "assets").mkdir(parents=True)
    (folder / "un.md").write_text(PAGE, encoding="utf-8")
    (folder / "deux.md").write_text("# Deux\n", encoding="utf-8")
    (folder / "assets" / "print.pdf").write_bytes(PRINT)
    git(folder, "init", "-q", ".")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    commit(folder)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["git", "daemon", "--export-all", "--listen=127.0.0.1", f"--port={port}"]
    with subprocess.Popen([*command, f"--base-path={folder.parent}"]) as process:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"git://127.0.0.1:{port}/pages", head.stdout.strip()
        process.terminate()


def fetch(folder, server, digests):
    address, commit = server
    (folder / "documents.yaml").write_text(DOCUMENTS.replace("COMMIT", commit))
    (folder / "digests").write_text("".join(f"{d}  {path}\n" for path, d in digests.items()))
    files = {"PPUN_DOCUMENTS": folder / "documents.yaml", "PPUN_DIGESTS": folder / "digests"}
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "sources", folder / "sources", address],
        env={**os.environ, **{name: str(path) for name, path in files.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_the_sources_are_fetched_at_their_commit_and_held_to_their_digests(server, tmp_path):
    kept = "# Titre\n\nTexte.\n"
    digests = {
        "web/un.md": hashlib.sha256(kept.encode()).hexdigest(),
        "print/print.pdf": hashlib.sha256(PRINT).hexdigest(),
    }
    assert fetch(tmp_path, server, digests) == (0, "")
    found = {p.name: p.read_text() for p in (tmp_path / "sources").rglob("*") if p.is_file()}
    # Only what is listed, and nobody's telephone number.
    assert found.keys() == {"un.md", "print.txt"}
    assert found["un.md"] == kept
    assert found["print.txt"].split() == ["===", "PDF", "page", "1", "===", "Une", "page"]
    shutil.rmtree(tmp_path / "sources")
    wrong = fetch(tmp_path, server, {**digests, "web/deux.md": "0" * 64})
    assert wrong == (1, "web/deux.md is not the one that the data was checked against\n")
    assert not (tmp_path / "sources").exists()
    absent = "1" * 40
    status, said = fetch(tmp_path, (server[0], absent), digests)
    assert (status, said.startswith(f"cannot fetch {absent} from git://")) == (1, True), said


def test_every_page_that_the_data_cites_is_listed_with_its_digest():
    lines = (ROOT / "data" / "inventory" / "sources.sha256").read_text().splitlines()
    listed = {line.split("  ", 1)[1] for line in lines}
    for row in ppun_bfc.versions():
        policy = ppun_bfc.load(row.version)
        for entity in policy:
            for citation in entity.citations:
                slug = citation.document.partition(":")[2]
                printed = policy.documents[citation.document].path
                page = printed.rpartition("/")[2] if printed else citation.page
                assert f"{slug}/{page}" in listed


# -- what others read -----------------------------------------------------------------------------


def test_actions_are_pinned_to_a_commit_and_permissions_are_least():
    for path in (ROOT / ".github" / "workflows").iterdir():
        text = path.read_text(encoding="utf-8")
        for used in re.findall(r"uses: (\S+.*)", text):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}


def test_every_suite_is_run_here_and_in_the_workflow():
    suites = {"needs", "tests", "lint", "types", "docs", "data", "wheel"}
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    for suite in suites:
        assert os.access(ROOT / ".ci" / suite, os.X_OK)
        assert f".ci/{suite}" in run
        assert f".ci/{suite}" in workflow


def test_publiccode_has_what_its_readers_require():
    """By the standard, version 0.4 (docs.italia.it and yml.publiccode.tools)."""
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert found["publiccodeYmlVersion"] == "0.4"
    assert found["name"] == "ppun_bfc"
    assert found["url"].startswith("https://")
    assert found["softwareVersion"] == project["version"]
    assert found["legal"]["license"] == project["license"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found["releaseDate"])
    assert set(found["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert found["categories"]
    statuses = {"concept", "development", "beta", "stable", "obsolete"}
    assert found["developmentStatus"] in statuses
    assert found["softwareType"] in {
        *("standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web"),
        *("standalone/backend", "standalone/other", "addon", "library", "configurationFiles"),
    }
    assert set(found["description"]) == {"fr", "en"}
    for text in found["description"].values():
        assert 1 <= len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])
    assert found["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert found["maintenance"]["contacts"][0]["name"]
    assert found["localisation"]["localisationReady"] is True
    assert found["localisation"]["availableLanguages"] == ["fr", "en"]

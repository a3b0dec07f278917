"""The checks that CI makes of the repository, tried on small ones."""

import shutil
import subprocess
import sys

import pytest

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
    (repo / "data" / "published" / "2020.10.3.json").write_text("{}")
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

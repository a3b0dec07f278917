"""What tests share: the shipped policy, a tiny folder of YAML, the sources, the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import ppun_bfc
from elsewhere import missing, need, postgres, program, standards, version  # noqa: F401
from pages import accessible, axe, chromium, made, visit  # noqa: F401

# A shared machine may be slow at any moment; in CI the same examples run each time.
settings.register_profile("ppun", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ppun")

# Only checked, never run.
collect_ignore = ["typing"]

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "tiny"
DATA = ROOT / "data" / "2020.10"


@pytest.fixture(scope="session")
def policy():
    return ppun_bfc.load()


@pytest.fixture
def tiny(tmp_path):
    """A copy of the smallest sound folder of YAML."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def sources():
    """The region's public text."""
    path = Path(os.environ.get("PPUN_SOURCES", ROOT.parent / "shared" / "sources"))
    if not path.is_dir():
        pytest.skip("the sources are not on this machine; set PPUN_SOURCES")
    return path


@pytest.fixture
def cli():
    """Runs the command line as a process of its own."""

    def run(*arguments, lang="en", env=None, **options):
        command = [sys.executable, "-m", "ppun_bfc"]
        if lang:
            command += ["--lang", lang]
        given = {**os.environ, **(env or {})}
        return subprocess.run(
            [*command, *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            env=given,
            timeout=120,
            check=False,
            **options,
        )

    return run

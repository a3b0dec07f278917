"""A command that is killed at any moment leaves each file old or new, and a rerun leaves it new."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import versions as v
from conftest import TINY
from ppun_bfc.authoring import publish

#: Moments beside those at which something is written; set to 200 for the whole proof.
COUNT = os.environ.get("PPUN_KILLS", "8")


def pinned(folder):
    (folder / "pyproject.toml").write_text("# mine\n")
    return ["pin", "2020.10.1"]


def migrated(folder):
    (folder / "later.json").write_bytes(v.later().to_json())
    for name in ("a.json", "b.json"):
        (folder / name).write_text(json.dumps([v.RENAMED, "goal:sdg-12"]))
    return ["migrate", "a.json", "b.json", "--to", "later.json"]


def published(folder):
    shutil.copytree(TINY, folder / "tiny")
    publish(folder / "tiny", folder / "out", released="2021-06-01")
    path = next(path for path in (folder / "tiny").glob("*.yaml") if "Plan" in path.read_text())
    path.write_text(path.read_text().replace("Plan", "Plans", 1))
    return ["publish", "tiny", "--into", "out", "--released", "2021-06-02"]


def exported(folder):
    (folder / "out.json").write_text("old")
    return ["export", "--output", "out.json", "--force"]


def foldered(folder):
    (folder / "out").mkdir()
    (folder / "out" / "old.csv").write_text("old")
    return ["export", "choices", "--output", "out", "--force"]


def described(folder):
    (folder / "out.json").write_text("old")
    return ["schema", "snapshot", "--output", "out.json"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("prepare", [pinned, migrated, published, exported, foldered, described])
def test_what_is_killed_is_whole(tmp_path, prepare):
    arguments = prepare(tmp_path)
    script = Path(__file__).with_name("kills.py")
    done = subprocess.run(
        [sys.executable, "-B", script, tmp_path, COUNT, *arguments],
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    old, new, results = json.loads(done.stdout)
    assert old != new
    assert sum(killed for _, killed, *_ in results) >= 10
    for kill_at, _, after, rerun in results:
        for name in {*after, *old, *new}:
            if "/.ppun-" not in f"/{name}":
                assert after.get(name) in (old.get(name), new.get(name)), (kill_at, name)
        assert rerun == new, kill_at

"""
Hold the published files against git's history: once committed, a version never changes.

It takes the folder of a checkout, by default its own, and needs the whole history.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PUBLISHED = "data/published"


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def problems(root: Path) -> Iterator[str]:
    """Every change to what was out."""
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        yield "the history is not whole: fetch all of it"
        return
    versions = [f":(glob){PUBLISHED}/[0-9]*.json"]
    log = ["log", "--full-history", "-m", "--no-renames", "--diff-filter=a"]
    for line in git(
        root, *log, "--name-status", "--format=commit %h", "--", *versions
    ).splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line:
            yield f"commit {commit} changed a published file: {line}"
    for line in git(
        root, "diff", "HEAD", "--name-status", "--diff-filter=a", "--", *versions
    ).splitlines():
        yield f"the work tree changes a published file: {line}"
    now = index((root / PUBLISHED / "index.json").read_text(encoding="utf-8"))
    for commit in git(root, "log", "--format=%h", "--", f"{PUBLISHED}/index.json").split():
        then = index(git(root, "show", f"{commit}:{PUBLISHED}/index.json"))
        for version, digest in then.items():
            if now.get(version) != digest:
                yield f"the index of commit {commit} lists {version} with {digest}, not so now"


def index(text: str) -> dict[str, str]:
    """Versions and their digests."""
    return {row["version"]: row["digest"] for row in json.loads(text)["versions"]}


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent.parent))
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    sys.exit(1 if found else 0)

"""
What the pages show of the command line is what it prints.

Run as a program, it writes what the commands print into the pages.
"""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)


def printed(page, folder):
    """The page with the output of each command as it is now; commands may build on each other."""

    def block(match):
        parts = re.split(r"^(?=\$ )", match[2], flags=re.MULTILINE)
        return match[1] + "".join(map(part, parts)) + match[3]

    def part(text):
        command, _, output = text.removeprefix("$ ").partition("\n")
        name, *arguments = shlex.split(command) or [""]
        wanted = output.strip() or "export" in arguments
        if not text.startswith("$ ") or name != "ppun-bfc" or not wanted:
            return text
        done = subprocess.run(
            [sys.executable, "-m", "ppun_bfc", *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
        blank = "\n" if output.endswith("\n\n") else ""
        found = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())
        return f"$ {command}\n{found}\n{blank}" if output.strip() else text

    for name in ("data", "examples"):
        (folder / name).symlink_to(ROOT / name)
    return BLOCK.sub(block, page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_the_commands_print(page, tmp_path):
    now = printed(page, tmp_path)
    assert page.read_text(encoding="utf-8") == now, "run: python tests/test_docs.py"


if __name__ == "__main__":
    for path in PAGES:
        with tempfile.TemporaryDirectory() as name:
            path.write_text(printed(path, Path(name)), encoding="utf-8")

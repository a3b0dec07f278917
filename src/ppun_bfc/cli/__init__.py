"""The command line. It alone prints, and it alone chooses exit codes."""

import sys
from importlib.util import find_spec

from ..errors import MissingExtra, PpunError

__all__ = ["main"]

_EXTRA = ("typer", "rich")


def main() -> None:
    """Run the command line: 0 well, 1 a check failed or a thing is unknown, 2 usage, 130 Ctrl-C."""
    try:
        if not all(map(find_spec, _EXTRA)):
            missing: PpunError = MissingExtra("the command line", "cli")
            sys.exit(f"ppun-bfc: {missing}")
        from .app import run
    except KeyboardInterrupt:
        sys.exit(130)
    run(sys.argv[1:])

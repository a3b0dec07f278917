"""The command line. It alone prints, and it alone chooses exit codes."""

import sys

from ..errors import MissingExtra, PpunError

__all__ = ["main"]

_EXTRA = ("typer", "rich", "click")


def main() -> None:
    """Run the command line: 0 well, 1 a check failed or a thing is unknown, 2 usage, 130 Ctrl-C."""
    try:
        from .app import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        missing: PpunError = MissingExtra("the command line", "cli")
        sys.exit(f"ppun-bfc: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)
    run(sys.argv[1:])

"""Move the database to the pinned version: `python -m portal.move portal.db`, after `ppun-bfc pin`."""

import sys
from pathlib import Path

from .policy import policy
from .store import Store


def main(path: Path) -> int:
    """Move, or say what a person must decide first."""
    projects = Store(path)
    undecided = projects.move(policy())
    projects.close()
    for move in undecided:
        print(f"{move.id}: {move.outcome}, choose among: {', '.join(move.choices) or 'nothing'}")
    return 1 if undecided else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

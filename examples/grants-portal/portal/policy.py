"""The policy that this application is built on: the pinned bytes, and no others."""

from pathlib import Path

from ppun_bfc import Pin, PolicyVersion

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def policy() -> PolicyVersion:
    """The pinned version; loaded once, then shared."""
    return Pin.from_pyproject(PYPROJECT).load()

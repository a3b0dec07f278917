"""Where PyInstaller finds how this package is frozen; it asks through an entry point."""

from pathlib import Path

__all__ = ["hook_folders"]


def hook_folders() -> list[str]:
    """The folders with hooks: this one."""
    return [str(Path(__file__).parent)]

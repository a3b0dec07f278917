"""What a check of files found, and the root from which code hosts see those files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Finding

if TYPE_CHECKING:
    from ..uses import Passed

__all__ = ["Report", "repository_root"]


@dataclass(frozen=True)
class Report:
    """
    What a check of files found.

    Attributes:
        findings: what is wrong.
        root: the root of the repository; places are told as seen from there.
        passed: what was passed over, and why.

    """

    findings: Sequence[Finding]
    root: Path
    passed: "Sequence[Passed]" = ()

    def inside(self, file: str) -> str | None:
        """The path of a file as seen from the root, with `/`; None where it is outside."""
        path = Path(os.path.abspath(file))  # noqa: PTH100 - links are not followed
        root = Path(os.path.abspath(self.root))  # noqa: PTH100
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def repository_root(start: Path) -> Path:
    """The nearest folder above with a `.git`; without one, the folder itself."""
    here = Path(os.path.abspath(start))  # noqa: PTH100
    for folder in (here, *here.parents):
        if os.path.exists(folder / ".git"):  # noqa: PTH110 - never raises
            return folder
    return here

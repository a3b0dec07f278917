"""Where two things meet, and the evidence for it."""

from .about import About, Related, disputes
from .answers import (
    STRENGTHS,
    Cell,
    CellRecord,
    Evidence,
    EvidenceRecord,
    Explanation,
    ExplanationRecord,
    Gaps,
    Matrix,
    MatrixRecord,
    Missing,
    Path,
    PathRecord,
    Step,
    Strength,
)
from .network import Network
from .unsaid import missing

__all__ = [
    "STRENGTHS",
    "About",
    "Cell",
    "CellRecord",
    "Evidence",
    "EvidenceRecord",
    "Explanation",
    "ExplanationRecord",
    "Gaps",
    "Matrix",
    "MatrixRecord",
    "Missing",
    "Network",
    "Path",
    "PathRecord",
    "Related",
    "Step",
    "Strength",
    "disputes",
    "missing",
]

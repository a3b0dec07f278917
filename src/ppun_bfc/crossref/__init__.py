"""Where two things meet, and the evidence for it."""

from .answers import Cell, CellRecord, Evidence, Gaps, Matrix, MatrixRecord, Missing
from .network import Network
from .unsaid import missing
from .ways import (
    STRENGTHS,
    EvidenceRecord,
    Explanation,
    ExplanationRecord,
    Path,
    PathRecord,
    Step,
    Strength,
)

__all__ = [
    "STRENGTHS",
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
    "Step",
    "Strength",
    "missing",
]

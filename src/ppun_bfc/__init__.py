"""
The public policy on digital uses of Bourgogne-Franche-Comté (PPUN-BFC), as typed data.

Every fact leads to its page, every link is stated or derived, every version is immutable.
This is not an official publication of the region.

Examples:
    >>> import ppun_bfc
    >>> policy = ppun_bfc.load()
    >>> policy.schemes["srdeii"].acronym
    'SRDEII'

"""

# Nothing is imported until it is used, so that `import ppun_bfc` costs next to nothing (PEP 562).
# The module `typing` alone would double that cost; checkers honour this constant all the same.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .crossref import Cell, Evidence, Explanation, Gaps, Matrix, Missing, Path, Step, Strength
    from .errors import (
        BadQuantity,
        DeprecatedIdWarning,
        DigestMismatch,
        Finding,
        InvalidData,
        PpunError,
        UnknownId,
        UnknownKind,
        UnknownRelation,
        UnknownVersion,
        UnreadableFile,
        UnsupportedFormat,
    )
    from .grants import Grant, Offer
    from .models import Citation, Document, EdtfDate, Entity, Link, Relation
    from .policy import EntityCollection, PolicyVersion
    from .snapshots import PublishedVersion, load, read, versions

    __version__: str

_HOMES = {
    "crossref": (
        "Cell",
        "Evidence",
        "Explanation",
        "Gaps",
        "Matrix",
        "Missing",
        "Path",
        "Step",
        "Strength",
    ),
    "errors": (
        "BadQuantity",
        "DeprecatedIdWarning",
        "DigestMismatch",
        "Finding",
        "InvalidData",
        "PpunError",
        "UnknownId",
        "UnknownKind",
        "UnknownRelation",
        "UnknownVersion",
        "UnreadableFile",
        "UnsupportedFormat",
    ),
    "grants": ("Grant", "Offer"),
    "models": ("Citation", "Document", "EdtfDate", "Entity", "Link", "Relation"),
    "policy": ("EntityCollection", "PolicyVersion"),
    "snapshots": ("PublishedVersion", "load", "read", "versions"),
}

__all__ = [
    "BadQuantity",
    "Cell",
    "Citation",
    "DeprecatedIdWarning",
    "DigestMismatch",
    "Document",
    "EdtfDate",
    "Entity",
    "EntityCollection",
    "Evidence",
    "Explanation",
    "Finding",
    "Gaps",
    "Grant",
    "InvalidData",
    "Link",
    "Matrix",
    "Missing",
    "Offer",
    "Path",
    "PolicyVersion",
    "PpunError",
    "PublishedVersion",
    "Relation",
    "Step",
    "Strength",
    "UnknownId",
    "UnknownKind",
    "UnknownRelation",
    "UnknownVersion",
    "UnreadableFile",
    "UnsupportedFormat",
    "__version__",
    "load",
    "read",
    "versions",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        """Import a public name when it is first used."""
        from importlib import import_module

        if name == "__version__":
            from importlib.metadata import version

            value = version("ppun-bfc")
        else:
            for module, names in _HOMES.items():
                if name in names:
                    value = getattr(import_module(f"ppun_bfc.{module}"), name)
                    break
            else:
                raise AttributeError(f"module 'ppun_bfc' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__():
        return __all__

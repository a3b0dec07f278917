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
    from .changes import Change, Diff, FieldChange, apply, diff
    from .checks import UseReport, check_files
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
    from .migration import FileMigration, Move, Rewrite, migrate, migrate_files
    from .models import Citation, Document, EdtfDate, Entity, Link, Relation
    from .pins import Pin
    from .policy import EntityCollection, PolicyVersion
    from .snapshots import (
        PublishedVersion,
        check_published,
        load,
        read,
        version_of,
        versions,
    )

    __version__: str

_HOMES = {
    "changes": ("Change", "Diff", "FieldChange", "apply", "diff"),
    "checks": ("UseReport", "check_files"),
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
    "migration": ("FileMigration", "Move", "Rewrite", "migrate", "migrate_files"),
    "models": ("Citation", "Document", "EdtfDate", "Entity", "Link", "Relation"),
    "pins": ("Pin",),
    "policy": ("EntityCollection", "PolicyVersion"),
    "snapshots": ("PublishedVersion", "check_published", "load", "read", "version_of", "versions"),
}

__all__ = [
    "BadQuantity",
    "Cell",
    "Change",
    "Citation",
    "DeprecatedIdWarning",
    "Diff",
    "DigestMismatch",
    "Document",
    "EdtfDate",
    "Entity",
    "EntityCollection",
    "Evidence",
    "Explanation",
    "FieldChange",
    "FileMigration",
    "Finding",
    "Gaps",
    "Grant",
    "InvalidData",
    "Link",
    "Matrix",
    "Missing",
    "Move",
    "Offer",
    "Path",
    "Pin",
    "PolicyVersion",
    "PpunError",
    "PublishedVersion",
    "Relation",
    "Rewrite",
    "Step",
    "Strength",
    "UnknownId",
    "UnknownKind",
    "UnknownRelation",
    "UnknownVersion",
    "UnreadableFile",
    "UnsupportedFormat",
    "UseReport",
    "__version__",
    "apply",
    "check_files",
    "check_published",
    "diff",
    "load",
    "migrate",
    "migrate_files",
    "read",
    "version_of",
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

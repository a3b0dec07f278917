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
# Checkers and editors read `__init__.pyi`.

_HOMES = {
    "BadQuantity": "errors",
    "DeprecatedIdWarning": "errors",
    "DigestMismatch": "errors",
    "EdtfDate": "models",
    "Entity": "models",
    "EntityCollection": "collection",
    "Finding": "errors",
    "InvalidData": "errors",
    "Link": "models",
    "Pin": "pins",
    "PolicyVersion": "policy",
    "PpunError": "errors",
    "UnknownId": "errors",
    "UnknownVersion": "errors",
    "UnreadableFile": "errors",
    "WrongType": "errors",
    "apply": "changes",
    "check_files": "checks",
    "check_published": "published",
    "diff": "changes",
    "load": "published",
    "migrate": "migration",
    "migrate_files": "migration",
    "read": "published",
    "version_of": "published",
    "versions": "published",
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604 # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    from importlib import import_module

    if name == "__version__":
        value = import_module("ppun_bfc.release").release()
    elif name in _HOMES:
        value = getattr(import_module(f"ppun_bfc.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'ppun_bfc' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

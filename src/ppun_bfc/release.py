"""The release of this package, read where it is asked for: reading it costs more than an import."""

__all__ = ["release"]


def release() -> str:
    """The version of the package, such as "0.1.0"."""
    from importlib.metadata import version

    return version("ppun-bfc")

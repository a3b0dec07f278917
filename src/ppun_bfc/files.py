"""Files, read and written whole: nothing too large is read, nothing half-written is left."""

import os
from pathlib import Path

from .errors import Finding, InvalidData, Place, UnreadableFile

__all__ = ["need_folder", "read_file", "write_file"]


def need_folder(path: Path, *, make: bool = False) -> None:
    """
    Make sure that a folder is there, or can be made.

    Raises:
        UnreadableFile: where it is none.

    """
    try:
        if make:
            path.mkdir(parents=True, exist_ok=True)
        elif not path.is_dir():
            raise UnreadableFile(str(path), "not a folder")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def read_file(path: Path, limit: int) -> bytes:
    """
    A whole file, unless it is not a file or has more than `limit` bytes.

    Raises:
        UnreadableFile: where it cannot be read.
        InvalidData: where it is too large.

    """
    try:
        if not path.is_file():
            raise UnreadableFile(str(path), "not a file" if path.exists() else "no such file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if len(data) > limit:
        given = (("size", path.stat().st_size), ("limit", limit))
        raise InvalidData(str(path), (Finding("too-large", Place(file=str(path)), given),))
    return data


def _unreadable(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, UnreadableFile):
        return error
    return UnreadableFile(str(path), getattr(error, "strerror", None) or str(error))


def write_file(path: Path, data: bytes, *, replace: bool = True) -> None:
    """
    Write a whole file or none; without `replace`, never over another.

    Raises:
        UnreadableFile: where it cannot be written.

    """
    import tempfile

    try:
        path = path.resolve()  # what a link leads to is written, not the link
        if path.exists() and not path.is_file():
            raise UnreadableFile(str(path), "not a file")
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        if not mode & 0o200:  # its folder may let it be replaced; its owner did not want it
            raise UnreadableFile(str(path), "read-only file")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ppun-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            if replace:
                Path(name).replace(path)
            else:
                os.link(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        raise _unreadable(path, error) from None

"""Files, read and written whole: nothing too large is read, nothing half-written is left."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal, Protocol

from . import problems
from .errors import InvalidData, Place, UnreadableFile

__all__ = ["Readable", "list_folder", "need_folder", "read_file", "write_file"]


class Readable(Protocol):
    """A file or folder to read, on disk or in a zip file (`importlib.resources`)."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as those of `pathlib.Path`
    def is_file(self) -> bool: ...  # noqa: D102
    def is_dir(self) -> bool: ...  # noqa: D102
    def iterdir(self) -> "Iterator[Readable]": ...  # noqa: D102
    def open(self, mode: Literal["rb"], /) -> IO[bytes]: ...  # noqa: D102
    def __truediv__(self, name: str, /) -> "Readable": ...


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


def list_folder(folder: Path | Readable) -> list[Readable]:
    """
    What is in a folder, by name.

    Raises:
        UnreadableFile: where it cannot be listed.

    """
    try:
        found: list[Readable] = [*folder.iterdir()]
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from None
    return sorted(found, key=lambda path: path.name)


def read_file(path: Path | Readable, limit: int) -> bytes:
    """
    A whole file, unless it is not a file or has more than `limit` bytes.

    Raises:
        UnreadableFile: where it cannot be read.
        InvalidData: where it is too large.

    """
    try:
        if not path.is_file():
            there = path.is_dir() or (isinstance(path, Path) and path.exists())
            raise UnreadableFile(str(path), "not a file" if there else "no such file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
            if len(data) > limit:
                size = file.seek(0, os.SEEK_END)
                raise InvalidData.of(problems.TOO_LARGE, Place(str(path)), size=size, limit=limit)
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidData):
            raise
        raise _unreadable(path, error) from None
    return data


def _unreadable(path: Path | Readable, error: Exception) -> UnreadableFile:
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

"""Files, read and written whole: nothing too large is read, nothing half-written is left."""

import os
import re
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Literal, Protocol

from . import problems
from .errors import InvalidData, Place, PpunError, UnreadableFile

__all__ = [
    "Readable",
    "alone_in",
    "list_folder",
    "look_before_writing",
    "look_for_nothing",
    "need_folder",
    "own_text",
    "parsing",
    "read_file",
    "write_file",
    "write_folder",
]


class Readable(Protocol):
    """A file or folder to read, on disk or in a zip file (`importlib.resources`)."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as those of `pathlib.Path`
    def is_file(self) -> bool: ...  # noqa: D102
    def is_dir(self) -> bool: ...  # noqa: D102
    def iterdir(self) -> "Iterator[Readable]": ...  # noqa: D102
    def open(self, mode: Literal["rb"], /) -> IO[bytes]: ...  # noqa: D102
    def __truediv__(self, name: str, /) -> "Readable": ...


def own_text(folder: str, name: str) -> str:
    """The text of a file that is a part of this package, also where it is in a zip file."""
    from importlib.resources import files

    return files("ppun_bfc").joinpath(folder, name).read_text("utf-8")


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


@contextmanager
def parsing(place: str) -> Generator[None, None, None]:
    """
    Turn whatever a parser may raise on a hostile file into one error of ours.

    Raises:
        InvalidData: where the parser fails in any way of its own.

    """
    try:
        yield
    except PpunError:
        raise
    except RecursionError:
        raise InvalidData.of(problems.TOO_DEEP, Place(place), limit=_DEEPEST) from None
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        problem = f"{type(error).__name__}: {str(error)[:_SHOWN]}"
        raise InvalidData.of(problems.SYNTAX, Place(place), problem=problem) from None


_DEEPEST, _SHOWN = 50, 200
_MOVED = re.compile(r"\.ppun-([0-9]+)-(.+)\.old")
_TEMPORARY = re.compile(r"\.ppun-([0-9]+)-.*\.tmp")


def look_before_writing(path: Path) -> None:
    """
    Make sure that a file could be replaced as a whole, as far as one can see.

    Raises:
        UnreadableFile: where it could not.

    """
    try:
        path = path.resolve()  # what a link leads to is written, not the link
        if path.exists():
            found = path.stat()
            if not path.is_file():
                raise UnreadableFile(str(path), "not a file")
            # Its folder may let it be replaced; its owner did not want it.
            if not found.st_mode & 0o200 or not os.access(path, os.W_OK):
                raise UnreadableFile(str(path), "read-only file")
            if found.st_nlink > 1:
                reason = "the file has other names (hard links), which would keep the old text"
                raise UnreadableFile(str(path), reason)
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK | os.X_OK):
            raise UnreadableFile(str(path.parent), "folder that may not be written")
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a circle of links
        raise _unreadable(path, error) from None


def write_file(
    path: Path, data: bytes, *, replace: bool = True, expected: bytes | None = None
) -> None:
    """
    Write a whole file or none; without `replace`, never over another.

    Permissions, owner and attributes of what is replaced are kept as far as one may. What another
    write that was killed left beside it is cleared.

    Args:
        path: the file; of a link, what it leads to.
        data: its bytes.
        replace: whether another file may be replaced.
        expected: what the file must hold; where it has changed, nothing is written.

    Raises:
        UnreadableFile: where it cannot be written.
        InvalidData: where it does not hold what was expected.

    """
    import tempfile

    look_before_writing(path)
    try:
        path = path.resolve()
        _clear(path.parent)
        prefix = f".ppun-{os.getpid()}-"
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _like(Path(name), path)
            if expected is not None and path.read_bytes() != expected:
                raise InvalidData.of(problems.CHANGED_FILE, Place(str(path)))
            if replace:
                Path(name).replace(path)
            else:
                os.link(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise _unreadable(path, error) from None


def write_folder(path: Path, files: Mapping[str, bytes], *, replace: bool = False) -> None:
    """
    Write a whole folder or none; without `replace`, only where there is nothing.

    It is made beside its place and moved there; what it replaces is moved away first, goes when the
    new one stands, and comes back with the next run where this one is killed in between.

    Args:
        path: the folder.
        files: its files: names, which may have slashes, and bytes.
        replace: whether a folder of such files may be replaced; never one that holds other files.

    Raises:
        UnreadableFile: where it cannot be written.

    """
    import shutil
    import tempfile

    try:
        path = path.resolve()
        _clear(path.parent)
        if path.exists() and not path.is_dir():
            raise UnreadableFile(str(path), "not a folder")
        if replace:
            _look_for_such(path, frozenset(Path(name).suffix for name in files))
        else:
            look_for_nothing(path)
        made = Path(
            tempfile.mkdtemp(dir=path.parent, prefix=f".ppun-{os.getpid()}-", suffix=".tmp")
        )
        try:
            made.chmod(0o755)
            for name, data in files.items():
                file = made / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            old = path.with_name(f".ppun-{os.getpid()}-{path.name}.old")
            if path.exists():
                path.rename(old)
            made.rename(path)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise _unreadable(path, error) from None


def _look_for_such(folder: Path, suffixes: frozenset[str]) -> None:
    """Make sure that a folder that is to be replaced holds nothing but files of some suffixes."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_dir() or path.suffix in suffixes):
            cause = f"it holds {path.relative_to(folder)}, which is not of this form"
            raise UnreadableFile(str(folder), cause)


def look_for_nothing(path: Path) -> None:
    """
    Make sure that nothing stands at a path but perhaps an empty folder.

    Raises:
        UnreadableFile: where something does.

    """
    try:
        if path.is_dir() and not any(path.iterdir()):
            return
        if path.exists() or path.is_symlink():
            raise UnreadableFile(str(path), "there already; replace it with --force")
    except OSError as error:
        raise _unreadable(path, error) from None


def _like(new: Path, old: Path) -> None:
    """Give a file the permissions, owner and attributes of another, as far as one may."""
    if not old.exists():
        new.chmod(0o644)
        return
    found = old.stat()
    with suppress(OSError, AttributeError):
        os.chown(new, found.st_uid, found.st_gid)
    with suppress(OSError, AttributeError):
        for name in os.listxattr(old):
            os.setxattr(new, name, os.getxattr(old, name))
    new.chmod(found.st_mode & 0o7777)  # last: a change of owner takes setuid away


def _clear(folder: Path) -> None:
    """Take away temporary files of processes that are no more; put back what they had moved away."""
    import shutil

    for path in folder.glob(".ppun-*.old"):
        match = _MOVED.fullmatch(path.name)
        if match and not _is_running(int(match[1])):
            with suppress(OSError):
                target = path.with_name(match[2])
                shutil.rmtree(path) if target.exists() else path.rename(target)
    for path in folder.glob(".ppun-*.tmp"):
        match = _TEMPORARY.fullmatch(path.name)
        if match is None or not _is_running(int(match[1])):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # there, the question would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


@contextmanager
def alone_in(folder: Path) -> Generator[None, None, None]:
    """
    Wait until no other process is in here with the same folder.

    The lock is on the folder itself: a process that is killed leaves nothing behind.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

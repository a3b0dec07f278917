"""What the tests in `forms` share: other people's libraries and schemas, and a real server."""

import importlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

import ppun_bfc
from versions import hostile

#: `.ci/forms` sets it: what is missing fails there, and is skipped elsewhere.
REQUIRED = os.environ.get("PPUN_REQUIRE_FORMS") == "1"


def lacking(what) -> NoReturn:
    told = f"{what} is not here; `.ci/forms` installs it"
    if REQUIRED:
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture
def missing():
    """Says that something of the machine is not here: a failure in CI."""
    return lacking


@pytest.fixture
def need():
    """Imports a library of others, such as `need("rdflib")`."""

    def given(name):
        try:
            return importlib.import_module(name)
        except ImportError:
            return lacking(name)

    return given


@pytest.fixture
def program():
    """Runs a program that comes with a library: `program("sssom", "validate", path)`."""

    def run(name, *arguments):
        path = Path(sys.executable).with_name(name)
        if not path.exists():
            lacking(name)
        return subprocess.run([path, *arguments], capture_output=True, text=True, check=False)

    return run


@pytest.fixture(params=["edition", "hostile"], scope="session")
def version(request):
    """The whole edition, and one of which every name is hostile."""
    return ppun_bfc.load() if request.param == "edition" else hostile()


@pytest.fixture(scope="session")
def standards():
    """Schemas of other people."""
    path = Path(
        os.environ.get("PPUN_STANDARDS", Path(__file__).parents[2] / "shared" / "standards")
    )
    if not path.is_dir():
        pytest.skip("the schemas of others are not on this machine; set PPUN_STANDARDS")
    return path


@pytest.fixture(scope="session")
def postgres():
    """Runs SQL in a PostgreSQL server of its own: `run(script)` gives what it printed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        lacking("PostgreSQL")
    programs = found[-1].parent
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="ppun-pg-"))
    if as_user:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    def program(name, *arguments, **options):
        command = [*as_user, str(programs / name), *map(str, arguments)]
        return subprocess.run(command, check=True, cwd=folder, **options)

    data, log = folder / "data", folder / "log"
    quiet = {"stdout": subprocess.DEVNULL}
    program("initdb", "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust", **quiet)
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    program("pg_ctl", "-D", data, "-w", "-l", log, "-o", settings, "start", **quiet)

    def run(script, *arguments):
        command = ["-h", "127.0.0.1", "-p", port, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q"]
        done = program(
            "psql", *command, *(arguments or ("-At",)), "-f", "-", "-d", "postgres",
            input=script, text=True, capture_output=True,
        )  # fmt: skip
        return done.stdout

    yield run
    program("pg_ctl", "-D", data, "-m", "immediate", "stop", **quiet)
    shutil.rmtree(folder, ignore_errors=True)

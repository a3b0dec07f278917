"""Pins: read, written without touching anything else, and held to."""

import json
import re
import signal
import subprocess
import sys
import textwrap
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc import DigestMismatch, InvalidData, Pin, UnknownVersion, UnreadableFile

PIN = Pin.of("2020.10.1")


@pytest.fixture
def pyproject(tmp_path):
    return tmp_path / "pyproject.toml"


def test_a_pin_is_written_and_read_back(pyproject):
    pyproject.write_text('[project]\nname = "portal"\n')
    PIN.write(pyproject)
    assert Pin.from_pyproject(pyproject) == PIN
    assert PIN.load() is ppun_bfc.load("2020.10.1")
    assert PIN.package == ppun_bfc.versions()[0].package
    assert eval(PIN.to_python(), {"ppun_bfc": ppun_bfc}) is PIN.load()


BEFORE = {
    "nothing": "",
    "no line end": "[project]\nname = 'a'",
    "comments and odd spaces": "# top\n[ project ]\nname   =  'a' # why\n\n\n[tool.x]\na=[1,\n 2]\n",
    "Windows line ends": "[project]\r\nname = 'a'\r\n# end\r\n",
    "another pin": "[tool.ppun-bfc]\nversion = '2020.09.1' # old\ndigest = \"sha256:0\"\n\n[z]\na=1\n",
    "a quoted table": '[tool."ppun-bfc"]\nversion = "x"\n[a]\nb = 2\n',
    "options of check": "[tool.ppun-bfc]\nignore = ['theme:dark']\n# keep\nversion = 'x'\n",
    "a header without line end": "[tool.ppun-bfc]",
    "a text that looks like a table": 'a = """\n[tool.other]\n"""\n',
}


@pytest.mark.parametrize("case", BEFORE)
def test_nothing_else_changes(pyproject, case):
    before = BEFORE[case].encode()
    pyproject.write_bytes(before)
    PIN.write(pyproject)
    after = pyproject.read_bytes()
    found = Pin.from_pyproject(pyproject)
    assert (found.version, found.digest, found.package) == (PIN.version, PIN.digest, PIN.package)
    keys = re.compile(rb"^(version|digest|package) *=.*$|^\[tool\.ppun-bfc\]$", re.MULTILINE)
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    kept = [line for line in after.split(line_end) if line and not keys.match(line)]
    was = [line for line in before.split(line_end) if line and not keys.match(line)]
    assert kept == was
    assert (b"\n" in after.replace(b"\r\n", b"")) == (line_end == b"\n")
    if b"# old" in before:
        assert b'version = "2020.10.1" # old' in after
    # Once more changes nothing at all.
    PIN.write(pyproject)
    assert pyproject.read_bytes() == after


KEYS = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
LINES = st.sampled_from(["# a comment", "", "x = 1", 'y = "[tool.ppun-bfc]"', "z = ['''a''']"])


@given(
    st.lists(st.tuples(KEYS, st.lists(LINES, max_size=3, unique=True)), max_size=4), st.booleans()
)
def test_any_file_keeps_what_it_says(tmp_path_factory, tables, pinned):
    names = dict(tables)
    blocks = ["\n".join([f"[tool.{name}]", *lines]) for name, lines in names.items()]
    if pinned:
        blocks.insert(
            len(blocks) // 2, "[tool.ppun-bfc]\nversion = 'a'\ndigest = 'b'\npackage = 'c'"
        )
    text = "\n".join(blocks)
    path = tmp_path_factory.mktemp("app") / "pyproject.toml"
    path.write_text(text)
    PIN.write(path)
    before, after = tomllib.loads(text), tomllib.loads(path.read_text())
    assert after["tool"].pop("ppun-bfc") == {
        "version": PIN.version,
        "digest": PIN.digest,
        "package": PIN.package,
    }
    before.setdefault("tool", {}).pop("ppun-bfc", None)
    assert after == before


def test_a_pin_without_a_package_takes_the_old_one_away(pyproject):
    PIN.write(pyproject.touch() or pyproject)
    Pin(PIN.version, PIN.digest).write(pyproject)
    assert Pin.from_pyproject(pyproject).package is None


BROKEN = {
    "no file": (None, UnreadableFile, "no such file"),
    "not TOML": ("[tool", InvalidData, "syntax"),
    "not UTF-8": (b"a = '\xff'", InvalidData, "not UTF-8"),
    "brackets without end": ("a = " + "[" * 100_000, InvalidData, "syntax|nested"),
    "no pin": ("[project]\nname = 'a'\n", InvalidData, "write one with `ppun-bfc pin --into"),
    "a tool that is no table": ("tool = 3\n", InvalidData, "no-pin"),
    "a pin that is no table": ("[tool]\nppun-bfc = '2020.10.1'\n", InvalidData, "no-pin"),
    "a number for a version": (
        "[tool.ppun-bfc]\nversion = 2020.10\ndigest = 'a'\n",
        InvalidData,
        "tool.ppun-bfc.version: expected text",
    ),
    "no digest": ("[tool.ppun-bfc]\nversion = '2020.10.1'\n", InvalidData, "'digest' is missing"),
    "a text to ignore": (
        "[tool.ppun-bfc]\nversion='a'\ndigest='b'\nignore='c'\n",
        InvalidData,
        "ignore: expected a list",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_pin_that_cannot_be_read(pyproject, case):
    content, error, message = BROKEN[case]
    if content is not None:
        pyproject.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(error, match=message):
        Pin.from_pyproject(pyproject)


@pytest.mark.parametrize(
    "text",
    ["[tool]\nppun-bfc = {version = 'a'}\n", "[tool]\nppun-bfc.version = 'a'\n", "tool = 1\n"],
)
def test_a_pin_in_another_form_is_not_rewritten(pyproject, text):
    pyproject.write_text(text)
    with pytest.raises(InvalidData, match="write it as such a table"):
        PIN.write(pyproject)
    assert pyproject.read_text() == text


def test_a_file_that_may_not_be_written(pyproject):
    pyproject.write_text("")
    pyproject.chmod(0o444)
    with pytest.raises(UnreadableFile, match="read-only"):
        PIN.write(pyproject)
    assert pyproject.read_text() == ""


def test_a_version_that_does_not_ship_names_the_release_that_has_it():
    pin = Pin("2020.10.99", "sha256:0", "3.1.4")
    with pytest.raises(UnknownVersion, match=r'pip install "ppun-bfc>=3\.1\.4"'):
        pin.load()
    with pytest.raises(UnknownVersion, match="a newer release"):
        Pin("2020.10.99", "sha256:0").load()


def test_a_digest_of_another_version_says_whose_it_is():
    other = ppun_bfc.load("2020.10.2").digest
    with pytest.raises(DigestMismatch, match=r"that digest is version 2020\.10\.2"):
        Pin("2020.10.1", other).load()
    with pytest.raises(DigestMismatch) as caught:
        Pin("2020.10.1", "sha256:0").load()
    assert caught.value.belongs_to is None


KILL = """
    import os, signal
    from ppun_bfc import files
    real = os.fsync
    def die(handle):
        real(handle)
        os.kill(os.getpid(), signal.SIGKILL)
    files.os.fsync = die
"""


def test_a_killed_pin_leaves_the_file_whole(pyproject):
    pyproject.write_text("[project]\n")
    code = textwrap.dedent(KILL) + (
        f"from ppun_bfc import Pin\nPin.of('2020.10.1').write({str(pyproject)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert pyproject.read_text() == "[project]\n"


def test_the_command_line(cli, pyproject, monkeypatch):
    monkeypatch.chdir(pyproject.parent)
    pyproject.write_text("# mine\n")
    done = cli("pin", "2020.10.1")
    assert (done.returncode, done.stdout) == (0, "pinned 2020.10.1 in pyproject.toml\n")
    assert Pin.from_pyproject(pyproject) == PIN
    done = cli("pin", "2020.10.1", "--python")
    assert done.stdout == PIN.to_python() + "\n"
    done = cli("pin", "2020.10.1", "--format", "json")
    assert json.loads(done.stdout)["digest"] == PIN.digest
    done = cli("pin", "2020.10.1", "--into", "none.toml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    done = cli("pin", "2020.10.99")
    assert done.returncode == 1
    assert "2020.10.1, 2020.10.2" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        '[tool.poe]\nhelp = """\n[tool.ppun-bfc]\nversion = "x"\n"""\n',
        '[tool.ppun-bfc]\n"version" = "2020.10.2"\n"digest" = "x"\n',
        "[tool.ppun-bfc]\n'version' = 'x'  # mine\n[other]\nversion = 'y'\n",
        "[tool.\"ppun-bfc\"]\nexclude = ['a']\n",
        "\ufeff[project]\nname = 'x'\n",
        "x = nan\ny = [inf, {a = 1}]\n",
        "[tool.ppun-bfc]",
    ],
)
def test_a_pin_is_written_whatever_else_is_there(pyproject, text):
    pyproject.write_text(text, encoding="utf-8")
    PIN.write(pyproject)
    assert Pin.from_pyproject(pyproject).digest == PIN.digest
    once = pyproject.read_text(encoding="utf-8")
    PIN.write(pyproject)
    assert pyproject.read_text(encoding="utf-8") == once


@pytest.mark.parametrize("text", ["x = " + "9" * 5000, "a." * 3000 + "b = 1", "a = " + "[" * 5000])
def test_whatever_a_parser_fails_on_is_one_error(pyproject, text):
    pyproject.write_text(text)
    for ask in (lambda: Pin.from_pyproject(pyproject), lambda: PIN.write(pyproject)):
        with pytest.raises(InvalidData):
            ask()
    assert pyproject.read_text() == text


def test_a_version_with_a_backslash_is_written_as_it_is(pyproject):
    pyproject.write_text("[tool.ppun-bfc]\nversion = 'a'\n")
    with pytest.raises(InvalidData):
        Pin("1\\q", "d").write(pyproject)
    assert pyproject.read_text() == "[tool.ppun-bfc]\nversion = 'a'\n"


def test_a_pin_is_of_any_version_that_ships():
    for row in ppun_bfc.versions():
        assert Pin.of(row.version) == Pin(row.version, row.digest, row.package)
    assert Pin.of().version == ppun_bfc.load().version

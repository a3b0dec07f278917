"""The public surface: what there is, what it costs to import, what checkers see of it."""

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ppun_bfc
from conftest import ROOT

TYPING = Path(__file__).parent / "typing"
MODULES = ["", ".authoring", ".canonical", ".crossref", ".errors", ".files", ".models", ".policy"]
MODULES += [".rules", ".search", ".snapshots", ".cli"]


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_is_there_and_documented(name):
    module = importlib.import_module(f"ppun_bfc{name}")
    assert module.__doc__
    assert len(set(module.__all__)) == len(module.__all__)
    for public in module.__all__:
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), public


def test_the_package_lists_its_names_and_no_others():
    assert sorted(dir(ppun_bfc)) == sorted(ppun_bfc.__all__)
    assert sorted(ppun_bfc.__all__) == ppun_bfc.__all__ or set(ppun_bfc.__all__)
    homes = {name for names in ppun_bfc._HOMES.values() for name in names}
    assert homes | {"__version__"} == set(ppun_bfc.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'laod'"):
        ppun_bfc.laod  # noqa: B018
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", ppun_bfc.__version__)


def run(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_importing_costs_next_to_nothing():
    loaded = run("import sys; a = set(sys.modules); import ppun_bfc; print(*set(sys.modules) - a)")
    assert loaded == ["ppun_bfc"]


def test_loading_needs_neither_yaml_nor_the_command_line():
    code = "import sys, ppun_bfc; ppun_bfc.load().get('scheme:sraddet'); print(*sys.modules)"
    loaded = run(code)
    assert "pydantic" in loaded
    unwanted = {"yaml", "typer", "rich", "difflib", "importlib.metadata", "ppun_bfc.authoring"}
    assert not unwanted & set(loaded) - {"importlib.metadata"}


def test_the_arrows_of_the_design_hold():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


def mypy(path):
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental", path]
    return subprocess.run(command, cwd=TYPING, capture_output=True, text=True, check=False)


def test_what_a_user_writes_is_typed():
    done = mypy("good.py")
    assert done.returncode == 0, done.stdout


def test_a_checker_sees_every_mistake():
    lines = (TYPING / "wrong.py").read_text().splitlines()
    expected = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    done = mypy("wrong.py")
    assert done.returncode == 1
    found = {int(number) for number in re.findall(r"wrong\.py:(\d+): error", done.stdout)}
    assert found == expected, done.stdout
    assert '"Scheme" has no attribute "lable"; maybe "label"?' in done.stdout


def test_no_any_in_the_public_api():
    for name in MODULES[:-1]:
        module = importlib.import_module(f"ppun_bfc{name}")
        for public in module.__all__:
            value = getattr(module, public)
            if inspect.isfunction(value):
                assert "Any" not in str(inspect.signature(value)), public

"""The public surface: what there is, what it costs to import, what checkers see of it."""

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_overloads

import pytest

import ppun_bfc
from conftest import ROOT
from ppun_bfc import languages, vocabulary
from ppun_bfc.crossref import STRENGTHS
from ppun_bfc.models import ENTITY_TYPES, MODALITIES, Unit
from ppun_bfc.problems import PROBLEMS

TYPING = Path(__file__).parent / "typing"
PACKAGE = Path(ppun_bfc.__file__).parent
#: Every module, and the package itself.
MODULES = [
    ".".join(("ppun_bfc", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__main__.py"
]


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_is_there_and_documented(name):
    module = importlib.import_module(name)
    assert module.__doc__
    assert len(set(module.__all__)) == len(module.__all__)
    for public in module.__all__:
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), public


def test_the_package_lists_its_names_and_no_others():
    star: dict[str, object] = {}
    exec("from ppun_bfc import *", star)
    assert set(dir(ppun_bfc)) == star.keys() - {"__builtins__"}
    for name in dir(ppun_bfc):
        assert getattr(ppun_bfc, name)
    with pytest.raises(AttributeError, match="has no attribute 'laod'"):
        ppun_bfc.laod  # type: ignore[attr-defined] # noqa: B018
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", ppun_bfc.__version__)


def test_what_checkers_see_of_the_package_is_what_there_is():
    stub = (PACKAGE / "__init__.pyi").read_text(encoding="utf-8")
    seen = re.findall(r"^from \.(\w+) import (\w+) as \2$", stub, flags=re.MULTILINE)
    assert {name for _, name in seen} | {"__version__"} == set(dir(ppun_bfc))
    for home, name in seen:
        assert getattr(importlib.import_module(f"ppun_bfc.{home}"), name) is getattr(ppun_bfc, name)


@pytest.mark.parametrize(
    ("code", "completes"),
    [
        ("import ppun_bfc\nppun_bfc.lo", "load"),
        ("import ppun_bfc\nppun_bfc.load().sch", "schemes"),
        ("import ppun_bfc\nppun_bfc.load().expl", "explain"),
        ("import ppun_bfc\nppun_bfc.load().matrix().fil", "filled"),
        ("from ppun_bfc.models import Sch", "Scheme"),
    ],
)
def test_an_editor_without_a_type_checker_completes_names(code, completes):
    jedi = pytest.importorskip("jedi")
    lines = code.split("\n")
    found = jedi.Script(code).complete(len(lines), len(lines[-1]))
    assert completes in [completion.name for completion in found]


def test_the_names_that_checkers_know_are_those_of_the_data():
    if not (ROOT / ".ci").is_dir():
        pytest.skip("needs a checkout")
    command = [sys.executable, str(ROOT / ".ci" / "vocabulary"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert get_args(vocabulary.Kind) == tuple(ENTITY_TYPES)
    assert set(get_args(vocabulary.Code)) == set(PROBLEMS)
    shipped = [ppun_bfc.load(row.version) for row in ppun_bfc.versions()]
    names = {name for policy in shipped for name in policy.relations}
    assert set(get_args(vocabulary.RelationName)) == names


def test_what_people_read_has_words():
    assert set(get_args(Unit)) == set(languages.UNITS)
    assert set(languages.MODALITIES) == set(MODALITIES)
    assert set(languages.STRENGTHS) == set(STRENGTHS)


def test_no_module_is_long_without_a_reason_in_its_first_line():
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 420:
            first = " ".join(text.split('"""')[1].split())
            assert re.search(r"since|to look up", first), path


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
    assert "3 kept, 0 broken" in done.stdout


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
    for name in MODULES:
        if ".cli" in name:
            continue
        module = importlib.import_module(name)
        for public in module.__all__:
            value = getattr(module, public)
            if inspect.isfunction(value):
                signatures = (inspect.signature(found) for found in get_overloads(value) or [value])
                assert not any("Any" in str(signature) for signature in signatures), public

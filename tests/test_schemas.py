"""JSON Schemas: generated, true of every file that ships, and as strict as the models."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pydantic
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from conftest import DATA, ROOT, TINY
from ppun_bfc.canonical import FORMAT, digest
from ppun_bfc.models import ENTITY_TYPES
from ppun_bfc.schemas import SCHEMAS
from strategies import documents, entities, links, relations

FOLDER = ROOT / "docs" / "en" / "schemas"
PUBLISHED = ROOT / "data" / "published"
FORMATS = Path(__file__).parent / "formats"
#: A tiny snapshot of every format ever published, and its digest.
FROZEN = {
    "1": "sha256:c224d4c09c12917cd25a54e9fd13af670e39417f38ec1c803e39be3aee0ad109",
    "2": "sha256:8e4b86e85651d1247efb53ef9f1d21b26eb0b6e89d4ed10265c73bf2a07dcd86",
}

#: The release of pydantic that the schemas in the docs were made with.
GENERATED_WITH = (2, 14)

VALIDATORS = {name: jsonschema.Draft202012Validator(made()) for name, made in SCHEMAS.items()}


class EditorLoader(yaml.SafeLoader):
    """Reads scalars as an editor does: YAML 1.2 has no dates."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_in_the_docs_is_the_one_of_the_models(name):
    if tuple(map(int, pydantic.VERSION.split(".")[:2])) < GENERATED_WITH:
        pytest.skip("older releases of pydantic word the same schema otherwise")
    path = FOLDER / f"{name}.schema.json"
    command = f"run: ppun-bfc schema {name} --output docs/en/schemas/{path.name}"
    assert json.loads(path.read_text(encoding="utf-8")) == SCHEMAS[name](), command
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize(
    "path", [*PUBLISHED.glob("2*.json"), *FORMATS.glob("*.json")], ids=lambda path: path.name
)
def test_every_shipped_snapshot_is_valid(path):
    VALIDATORS["snapshot"].validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize("loader", [yaml.BaseLoader, EditorLoader])
@pytest.mark.parametrize(
    "path", [*DATA.glob("*.yaml"), *TINY.glob("*.yaml")], ids=lambda path: path.name
)
def test_every_authoring_file_is_valid_and_names_its_schema(path, loader):
    text = path.read_text(encoding="utf-8")
    VALIDATORS["authoring"].validate(yaml.load(text, Loader=loader))
    hint = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / hint).resolve() == FOLDER / "authoring.schema.json"


_WHOLE = SCHEMAS["snapshot"]()
_DEFINITIONS = {"$schema": _WHOLE["$schema"], "$defs": _WHOLE["$defs"]}
#: The validator of each sort of record, made once.
RECORDS = {
    name: jsonschema.Draft202012Validator({**_DEFINITIONS, "$ref": f"#/$defs/{name}"})
    for name in ("Document", "Relation", "Link", *(cls.__name__ for cls in ENTITY_TYPES.values()))
}


@given(st.one_of(entities(), links(), relations(), documents()))
def test_what_the_models_take_the_schema_takes(case):
    model, record = case
    model.model_validate_json(json.dumps(record))
    RECORDS[model.__name__].validate(record)


def broken(edit):
    snapshot = json.loads((FORMATS / "1.json").read_bytes())
    edit(snapshot)
    return snapshot


WRONG = {
    "an unknown field": lambda s: s["entities"][0].update(lable="x"),
    "an unknown kind": lambda s: s["entities"][0].update(kind="x"),
    "no citation": lambda s: s["entities"][0].update(citations=[]),
    "an id that is none": lambda s: s["entities"][0].update(id="Policy:x"),
    "a date that is none": lambda s: s.update(released="2026-13-45-1"),
    "a number that is none": lambda s: s["entities"][-1].update(value="4_5"),
    "a version that is none": lambda s: s.update(version="2020"),
    "no links": lambda s: s.pop("links"),
    "a later format": lambda s: s.update(format=FORMAT + 1),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_schema_refuses(case):
    assert not VALIDATORS["snapshot"].is_valid(broken(WRONG[case]))


def test_an_editor_is_told_what_a_field_is_for():
    definitions: Any = SCHEMAS["authoring"]()["$defs"]
    assert "kind" not in definitions["Scheme"]["properties"]
    assert definitions["Scheme"]["properties"]["label"]["description"].startswith("the official")
    assert definitions["Bracket"]["properties"]["rate"]["description"].startswith("the share")
    assert definitions["Scheme"]["description"].startswith("A strategy, plan")


def test_every_format_ever_published_still_loads():
    assert set(FROZEN) == {path.stem for path in FORMATS.glob("*.json")}
    assert str(FORMAT) in FROZEN
    for name, expected in FROZEN.items():
        path = FORMATS / f"{name}.json"
        assert digest(path.read_bytes()) == expected
        policy = ppun_bfc.read(path, digest=expected)
        assert (policy.version, policy.format) == ("2020.10.1", int(name))
        assert policy.explain("priority:deux", "scheme:plan").strength == "derived"


def test_the_command_line(cli, tmp_path):
    done = cli("schema", "snapshot")
    assert json.loads(done.stdout) == SCHEMAS["snapshot"]()
    done = cli("schema", "authoring", "-o", tmp_path / "a.json")
    assert done.stdout == f"written: {tmp_path / 'a.json'}\n"
    assert cli("schema", "other").returncode == 2


def test_the_command_knows_every_schema():
    from ppun_bfc.cli.author import _SCHEMAS

    assert tuple(SCHEMAS) == _SCHEMAS

"""
JSON Schemas of the snapshot and of the authoring files, made from the models.

They tell the shape of a record. What must hold across records, such as that an id exists, is told
by `read` and `authoring.validate` only.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, cast

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from .canonical import FORMAT, VERSION, Json, JsonObject
from .models import ENTITY_TYPES, AnyEntity, Document, EdtfDate, Link, Relation
from .models.values import DECIMAL, ID, Record, well_formed_id
from .models.walk import documented, fields_of

__all__ = ["SCHEMAS", "Schema", "authoring_schema", "snapshot_schema"]

Schema: TypeAlias = Literal["snapshot", "authoring"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTICE = "Not an official publication of the Région Bourgogne-Franche-Comté."


class _Snapshot(Record, frozen=True):
    """A published version of the data."""

    format: int = Field(ge=1, le=FORMAT)
    version: str = Field(pattern=f"^{VERSION.pattern}$")
    edition: str
    released: EdtfDate | None
    previous: str | None
    documents: tuple[Document, ...]
    relations: tuple[Relation, ...]
    entities: tuple[AnyEntity, ...]
    links: tuple[Link, ...]


class _Folder(Record, frozen=True):
    """One file of authoring YAML; a folder of them is one edition."""

    edition: str = ""
    documents: tuple[Document, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[AnyEntity, ...] = ()
    links: tuple[Link, ...] = ()


class _Generator(GenerateJsonSchema):
    """Says of our own values what pydantic cannot know, and what each field is for."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "string", "pattern": f"^{DECIMAL.pattern}$"}

    def function_after_schema(
        self, schema: core_schema.AfterValidatorFunctionSchema
    ) -> dict[str, Any]:
        found = super().function_after_schema(schema)
        if schema["function"]["function"] is well_formed_id:
            found["pattern"] = f"^{ID.pattern}$"
        return found

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        found = super().model_schema(schema)
        summary, attributes = documented(schema["cls"])
        found["description"] = summary
        for name, text in attributes.items():
            if name in found["properties"]:
                found["properties"][name] = {**found["properties"][name], "description": text}
        model: type[Record] = schema["cls"]
        for field in fields_of(model):
            if "answer" in field.roles:
                del found["properties"][field.name]
        for said in found["properties"].values():
            said.pop("title", None)
        return found


def snapshot_schema() -> JsonObject:
    """
    The JSON Schema of a snapshot, in any format that this release reads.

    Examples:
        >>> from ppun_bfc.schemas import snapshot_schema
        >>> snapshot_schema()["properties"]["format"]["maximum"]
        2

    """
    made = _Snapshot.model_json_schema(schema_generator=_Generator)
    return _titled(made, "A version of the data of ppun_bfc")


def authoring_schema() -> JsonObject:
    """
    The JSON Schema of one authoring file, as an editor reads its YAML.

    An editor takes an unquoted `2020.10` for a number and `true` for a truth value; both are
    allowed where the file, read as text, would be right. The kind of an entity is told by its id.

    Examples:
        >>> from ppun_bfc.schemas import authoring_schema
        >>> sorted(authoring_schema()["properties"])
        ['documents', 'edition', 'entities', 'links', 'relations']

    """
    made = _Folder.model_json_schema(schema_generator=_Generator)
    definitions = cast("dict[str, Any]", _as_written(made["$defs"]))
    for model in ENTITY_TYPES.values():
        definition = definitions[model.__name__]
        del definition["properties"]["kind"]
        definition["required"].remove("kind")
    kinds = "|".join(ENTITY_TYPES)
    properties = {
        name: {key: value for key, value in field.items() if key != "default"}
        for name, field in cast("dict[str, Any]", _as_written(made["properties"])).items()
    }
    properties["entities"]["items"] = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string", "pattern": f"^(?:{kinds}):"}},
        "allOf": [
            {
                "if": {"properties": {"id": {"pattern": f"^{kind}:"}}},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
            for kind, model in ENTITY_TYPES.items()
        ],
    }
    return _titled(
        {**made, "$defs": definitions, "properties": properties}, "Authoring YAML of ppun_bfc"
    )


def _as_written(value: Json) -> Json:
    """The schema of a text that an editor may take for something else."""
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: _as_written(item) for key, item in value.items()}
    choices = found.get("anyOf")
    if isinstance(choices, list):  # what is left out is not written as null
        (kept,) = [choice for choice in choices if choice != {"type": "null"}]
        del found["anyOf"]
        found.pop("default", None)
        found = {**cast("JsonObject", kept), **found}
    if found.get("type") == "string" and "enum" not in found and "const" not in found:
        found["type"] = ["string", "number"]
    elif found.get("type") == "boolean":
        found.update(type=["boolean", "string"], enum=[True, False, "true", "false"])
    return found


def _titled(schema: Mapping[str, Json], title: str) -> JsonObject:
    about = f"{schema['description']} {_NOTICE}"
    return {"$schema": _DIALECT, **schema, "title": title, "description": about}


#: Every schema by its name.
SCHEMAS: Mapping[Schema, Callable[[], JsonObject]] = {
    "snapshot": snapshot_schema,
    "authoring": authoring_schema,
}

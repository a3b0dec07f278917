"""
A folder of CSV with its description: Data Package v2, every foreign key declared.

Cells are as they are: what begins like a formula is not changed, so read it as data and not by a
double click. An empty cell says that nothing is said.
"""

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from ..canonical import Json, JsonObject
from ..languages import Language
from ..policy import PolicyVersion
from ..release import LICENCE, LICENCE_URL, NOTICE, PUBLISHER
from ..tables import Cell, Column, Table

__all__ = ["folder", "table_csv", "told"]

_PROFILES = "https://datapackage.org/profiles/2.0/"
_TYPES = {
    "text": "string",
    "decimal": "number",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
}


def told(cell: Cell) -> str:
    """
    A cell as text; empty where nothing is said.

    >>> told(True), told(None), told(Decimal("70.50"))
    ('true', '', '70.50')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def table_csv(table: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8, with a header."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(table.names)
    writer.writerows([told(cell) for cell in row] for row in table.rows)
    return made.getvalue().encode()


def folder(policy: PolicyVersion, lang: Language = "fr") -> Mapping[str, bytes]:
    """The CSV files and `datapackage.json`, by their names."""
    tables = policy.tables()
    files = {f"{name}.csv": table_csv(table) for name, table in tables.items()}
    resources: list[Json] = [
        _resource(table, files[f"{name}.csv"], lang) for name, table in tables.items()
    ]
    about: JsonObject = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": "ppun-bfc",
        "id": policy.digest,
        "title": policy.policy.headline(lang),
        "description": NOTICE.text(lang),
        "version": policy.version,
        "created": f"{policy.released}T00:00:00Z" if policy.released else None,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": PUBLISHER, "roles": ["publisher"]}],
        "sources": [
            {"title": document.title, "path": document.url.partition("{")[0].partition("#")[0]}
            for document in policy.documents.values()
        ],
        "resources": resources,
    }
    kept = {key: value for key, value in about.items() if value is not None}
    files["datapackage.json"] = (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def _resource(table: Table, data: bytes, lang: Language) -> JsonObject:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title.text(lang),
        "title_en": table.title.en,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": _schema(table, lang),
    }


def _schema(table: Table, lang: Language) -> JsonObject:
    schema: dict[str, Json] = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": [_field(column, lang) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys: list[Json] = []
    for foreign in table.foreign_keys:
        reference: dict[str, Json] = {"fields": list(foreign.targets)}
        if foreign.table != table.name:
            reference["resource"] = foreign.table
        keys.append({"fields": list(foreign.columns), "reference": reference})
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column, lang: Language) -> JsonObject:
    constraints: dict[str, Json] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    field: dict[str, Json] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.title.text(lang),
        "title_en": column.title.en,
        "description": column.description or column.title.en,
    }
    if constraints:
        field["constraints"] = constraints
    return field

"""
The ids of a version as JSON Schema (2020-12) in an OpenAPI document: an enumeration a kind.

Generators of types, such as openapi-typescript, make unions of it.
"""

import json

from ..canonical import Json
from ..languages import Language
from ..models import ENTITY_TYPES
from ..policy import PolicyVersion
from .mark import mark
from .python import of_kind

__all__ = ["schema"]


def schema(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The document; what the version has withdrawn is not in it."""
    schemas: dict[str, Json] = {}
    for kind, model in ENTITY_TYPES.items():
        if found := of_kind(policy, kind):
            schemas[f"{model.__name__}Id"] = {
                "type": "string",
                "title": model.noun.text(lang).capitalize(),
                "enum": [one.id for one in found],
                "x-enum-descriptions": [one.label.text(lang) for one in found],
            }
    made: dict[str, Json] = {
        "openapi": "3.1.0",
        "info": {
            "title": policy.policy.headline(lang),
            "version": policy.version,
            "description": mark(policy, lang),
        },
        "paths": {},
        "components": {"schemas": schemas},
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()

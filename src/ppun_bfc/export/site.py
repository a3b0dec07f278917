"""
A version as a static site of JSON: one file an id, one a kind, a search index, and a list of all.

Any web server serves it; every address is in `index.json`.
"""

import json
from collections.abc import Mapping
from typing import cast

from ..canonical import Json, ParsedEntity
from ..languages import Language
from ..models import ENTITY_TYPES, Entity
from ..policy import PolicyVersion
from ..release import LICENCE, NOTICE, PUBLISHER
from ..search.texts import texts_of

__all__ = ["folder"]


def folder(policy: PolicyVersion, lang: Language = "fr") -> Mapping[str, bytes]:
    """The files by their names."""
    files: dict[str, Json] = {}
    every = policy.entities(deprecated=True)
    disputes = policy.tables()["dispute"]
    disputed: dict[str, list[Json]] = {}
    for id, discrepancy, _ in disputes.rows:
        disputed.setdefault(str(id), []).append(str(discrepancy))
    children: dict[str, list[Json]] = {}
    for one in every:
        if one.part_of:
            children.setdefault(one.part_of, []).append(one.id)
    for one in every:
        files[_address(one.id)] = {
            **one.to_dict(),
            "version": policy.version,
            "children": children.get(one.id, []),
            "links": [link.to_dict() for link in policy.related(one)],
            "disputes": disputed.get(one.id, []),
        }
    for kind in ENTITY_TYPES:
        files[f"kind/{kind}.json"] = [
            {
                "id": one.id,
                "label": one.label.to_dict(),
                "status": one.status,
                "path": _address(one.id),
            }
            for one in every
            if one.kind == kind
        ]
    files["search.json"] = [
        {"id": one.id, "label": one.label.text(lang), "texts": _texts(policy, one)}
        for one in every
        if one.status == "active"
    ]
    files["index.json"] = {
        "version": policy.version,
        "digest": policy.digest,
        "licence": LICENCE,
        "publisher": PUBLISHER,
        "notice": NOTICE.text(lang),
        "paths": [*files],
    }
    return {name: _bytes(value) for name, value in files.items()}


def _texts(policy: PolicyVersion, one: Entity) -> list[Json]:
    """What one may look for, without the phrases of sources."""
    parsed = cast("ParsedEntity", policy.record(one))
    return [text for where, _, text in texts_of(parsed) if where not in ("anchor", "hidden")]


def _address(id: str) -> str:
    """
    Where the file of a thing is.

    >>> _address("scheme:srdeii")
    'id/scheme/srdeii.json'
    """
    kind, _, slug = id.partition(":")
    return f"id/{kind}/{slug}.json"


def _bytes(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

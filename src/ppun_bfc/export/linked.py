"""
A version as linked data: JSON-LD 1.1 and Turtle, of the same graph.

The kinds that are a vocabulary are SKOS concepts. A stated link is a property of its source; every
link, derived ones too, is a node of its own (`rdf:Statement`) that tells its basis, modality, reason
and places, so that nothing derived is met without its basis. A place is a `TextQuoteSelector` of Web
Annotation, a version a `prov:Entity`. What this form cannot carry: the order of kinds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias, cast
from urllib.parse import quote

from ..languages import Language
from ..models import Citation, EdtfDate, Entity, Link, Record
from ..models.values import Name, Text
from ..models.walk import Field, fields_of
from ..policy import PolicyVersion
from ..release import LICENCE_URL, NOTICE, PUBLISHER
from .mark import mark

__all__ = [
    "BASE",
    "CONCEPTS",
    "CONTEXT",
    "Node",
    "Value",
    "as_turtle",
    "graph",
    "json_ld",
    "ref",
    "said",
    "turtle",
]

#: Where the IRIs of things begin, unless somebody gives them a home of their own.
BASE = "https://ppun-bfc.example/"
#: Whose names the properties bear that no other vocabulary has.
_OWN = "https://ppun-bfc.example/ns#"
CONTEXT: Mapping[str, str] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "ppun": _OWN,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The kinds that are a vocabulary: what things are about, not who acts or what happened.
CONCEPTS = frozenset(
    {
        "purpose", "priority", "section", "theme", "action", "opportunity", "risk", "principle",
        "guarantee", "axis", "objective", "challenge", "orientation", "proposal", "audience", "goal",
        "task",
    }
)  # fmt: skip
#: Fields that another vocabulary names better.
_NAMES = {
    "label": "skos:prefLabel",
    "summary": "dct:description",
    "notation": "skos:notation",
    "part_of": "dct:isPartOf",
    "replaced_by": "dct:isReplacedBy",
    "iri": "skos:exactMatch",
    "url": "dcat:landingPage",
    "citations": "dct:source",
}
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF-level0"
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}

Value: TypeAlias = "str | bool | Node | list[Value]"
Node: TypeAlias = "dict[str, Value]"


def graph(policy: PolicyVersion, base: str = BASE) -> Iterator[Node]:
    """
    The nodes: the version, its vocabulary, its entities, its relations, its links.

    Args:
        policy: the version.
        base: where the IRIs of its things begin.

    """
    yield _version(policy, base)
    yield {"@id": f"{base}publisher", "@type": "prov:Agent", "skos:prefLabel": PUBLISHER}
    for document in policy.documents.values():
        own = _record(document, base)
        del own["ppun:id"]
        yield {**ref(base, document.id), "@type": "prov:Entity", **own}
    every = policy.entities(deprecated=True)
    concepts = {one.id for one in every if one.kind in CONCEPTS}
    tops = [id for id in concepts if _above(policy, id) not in concepts]
    yield {
        "@id": f"{base}vocabulary",
        "@type": "skos:ConceptScheme",
        "dct:title": said(policy.policy.label),
        "skos:hasTopConcept": [ref(base, one.id) for one in every if one.id in set(tops)],
    }
    for relation in policy.relations.values():
        yield {
            "@id": f"{_OWN}{relation.name}",
            "@type": "rdf:Property",
            "skos:prefLabel": said(relation.label),
            "skos:definition": said(relation.definition),
        }
    links: dict[str, dict[str, list[Value]]] = {}
    for link in policy.links:
        if link.basis == "stated":
            of = links.setdefault(link.source, {})
            of.setdefault(f"ppun:{link.relation}", []).append(ref(base, link.target))
    for one in every:
        node = _entity(one, base)
        if one.id in concepts:
            node["skos:inScheme"] = {"@id": f"{base}vocabulary"}
            if one.part_of in concepts:
                node["skos:broader"] = ref(base, str(one.part_of))
            if one.id in tops:
                node["skos:topConceptOf"] = {"@id": f"{base}vocabulary"}
        yield {**node, **links.get(one.id, {})}
    for link in policy.links:
        yield _statement(link, base)


def _above(policy: PolicyVersion, id: str) -> str | None:
    return cast("str | None", policy.record(id).get("part_of"))


def _version(policy: PolicyVersion, base: str) -> Node:
    node: Node = {
        "@id": f"{base}version/{policy.version}",
        "@type": ["prov:Entity", "dcat:Dataset"],
        "dct:title": said(policy.policy.label),
        "dct:description": [
            {"@value": NOTICE.fr, "@language": "fr"},
            {"@value": NOTICE.en, "@language": "en"},
        ],
        "dcat:version": policy.version,
        "dct:identifier": policy.digest,
        "dct:license": {"@id": LICENCE_URL},
        "dct:publisher": {"@id": f"{base}publisher"},
        "prov:hadPrimarySource": [ref(base, id) for id in policy.documents],
    }
    if policy.released:
        node["dct:issued"] = _date(policy.released)
    if policy.previous:
        node["prov:wasRevisionOf"] = {"@id": f"{base}version/{policy.previous}"}
    return node


def ref(base: str, id: str) -> Node:
    """The node of a thing, to point at."""
    return {"@id": f"{base}id/{id}"}


def _entity(one: Entity, base: str) -> Node:
    types: list[Value] = [f"ppun:{type(one).__name__}"]
    if one.kind in CONCEPTS:
        types.append("skos:Concept")
    node: Node = {"@id": f"{base}id/{one.id}", "@type": types}
    alternatives = _alternatives(one)
    if alternatives:
        node["skos:altLabel"] = alternatives
    if one.status == "deprecated":
        node["owl:deprecated"] = True
    skipped = {"id", "kind", "wordings", "acronym", "status", "codes"}
    for field in fields_of(type(one)):
        if field.name not in skipped:
            _add(node, one, field, base)
    if one.codes:
        node["dct:identifier"] = [f"{register}:{value}" for register, value in one.codes]
    return node


def _alternatives(one: Entity) -> list[Value]:
    """Its other names; none that is its preferred one (SKOS S13)."""
    preferred = {("fr", one.label.fr), ("en", one.label.en)}
    found: dict[tuple[str, str], None] = {}
    for wording in one.wordings:
        found[("fr", wording.label.fr)] = None
        if wording.label.en:
            found[("en", wording.label.en)] = None
    if one.acronym:
        found[("fr", one.acronym)] = None
    return [
        {"@value": text, "@language": lang} for lang, text in found if (lang, text) not in preferred
    ]


def _record(record: Record, base: str) -> Node:
    """A record inside another: a node without a name."""
    if isinstance(record, Citation):
        return _place(record, base)
    node: Node = {}
    for field in fields_of(type(record)):
        _add(node, record, field, base)
    return node


def _place(citation: Citation, base: str) -> Node:
    node: Node = {
        "@type": "oa:SpecificResource",
        "oa:hasSource": {"@id": _safe((citation.url or "").partition("#:~:")[0])},
        "dct:isPartOf": ref(base, citation.document),
        "ppun:page": citation.page,
    }
    if citation.section:
        node["ppun:section"] = citation.section
    if citation.anchor:
        node["oa:hasSelector"] = {"@type": "oa:TextQuoteSelector", "oa:exact": citation.anchor}
    return node


def _safe(iri: str) -> str:
    """An address with nothing in it that an IRI may not have."""
    return quote(iri, safe="%/:=&?~#+!$,;'@()*[]")


def _add(node: Node, record: Record, field: Field, base: str) -> None:
    """Add the values of one field, if it has any."""
    value: object = getattr(record, field.name)
    if value in (None, ()):
        return
    values = cast("tuple[object, ...]", value) if field.many else (value,)
    name = _NAMES.get(field.name, f"ppun:{field.name}")
    told = [_value(one, field, base) for one in values]
    flat = [x for one in told for x in (one if isinstance(one, list) else [one])]
    node[name] = flat if field.many or len(flat) > 1 else flat[0]


def _value(value: object, field: Field, base: str) -> Value:
    if isinstance(value, Text | Name):
        return said(value)
    if isinstance(value, Record):
        return _record(value, base)
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return {"@value": format(value, "f"), "@type": "xsd:decimal"}
    if isinstance(value, EdtfDate):
        return _date(value)
    text = str(value)
    if "entity" in field.roles:
        return ref(base, text)
    return {"@id": _safe(text)} if field.name in {"iri", "url"} else text


def _date(date: EdtfDate) -> Node:
    return {"@value": date.text, "@type": _EDTF if date.is_interval else _DATES[len(date.text)]}


def said(text: Text | Name) -> list[Value]:
    """A text in each language that it has."""
    found: list[Value] = [{"@value": text.fr, "@language": "fr"}]
    return [*found, {"@value": text.en, "@language": "en"}] if text.en else found


def _statement(link: Link, base: str) -> Node:
    node: Node = {
        "@id": f"{base}link/{link.source}/{link.relation}/{link.target}",
        "@type": ["rdf:Statement", "ppun:Link"],
        "rdf:subject": ref(base, link.source),
        "rdf:predicate": {"@id": f"{_OWN}{link.relation}"},
        "rdf:object": ref(base, link.target),
    }
    for field in fields_of(Link):
        if field.name not in {"source", "relation", "target"}:
            _add(node, link, field, base)
    return node


# -- forms ---------------------------------------------------------------------------------------


def json_ld(policy: PolicyVersion, lang: Language = "fr", base: str = BASE) -> bytes:  # noqa: ARG001
    """The graph as JSON-LD; nothing has to be fetched to read it."""
    made = {"@context": CONTEXT, "@graph": list(graph(policy, base))}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def turtle(policy: PolicyVersion, lang: Language = "fr", base: str = BASE) -> bytes:
    """The graph as Turtle."""
    return as_turtle(policy, graph(policy, base), lang)


def as_turtle(policy: PolicyVersion, nodes: Iterable[Node], lang: Language) -> bytes:
    """Some nodes as Turtle, with what they were made from above them."""
    lines = [f"# {mark(policy, lang)}"]
    lines += [f"@prefix {name}: <{iri}> ." for name, iri in CONTEXT.items()]
    lines += [f"<{node['@id']}>{_properties(node)} ." for node in nodes]
    return ("\n".join(lines) + "\n").encode()


def _properties(node: Node) -> str:
    told: list[str] = []
    for name, value in node.items():
        if name == "@id":
            continue
        values = value if isinstance(value, list) else [value]
        objects = ", ".join(_object(one, is_type=name == "@type") for one in values)
        told.append(f" {'a' if name == '@type' else name} {objects}")
    return " ;\n ".join(told)


def _object(value: Value, *, is_type: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if is_type else _literal(value)
    assert isinstance(value, dict)
    if "@value" in value:
        text = _literal(str(value["@value"]))
        if "@language" in value:
            return f"{text}@{value['@language']}"
        kind = str(value["@type"])
        return f"{text}^^{kind if kind.startswith('xsd:') else f'<{kind}>'}"
    if "@id" in value and len(value) == 1:
        return f"<{value['@id']}>"
    return f"[{_properties(value)} ]"


def _literal(text: str) -> str:
    # JSON escapes what Turtle does, in the same way; a slash needs none.
    return json.dumps(text, ensure_ascii=False)

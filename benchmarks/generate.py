"""
Valid snapshots of any size, the same bytes on every run.

A snapshot of size k has about 500 k entities and 1,500 k links. All of it grows with k but the
number of links of one entity and the size of one tree under a priority or scheme, so that what
should be linear can be, and one of size 100 stays below the 64 MiB that the library reads:
`python -m benchmarks.generate FOLDER K`.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from ppun_bfc import read
from ppun_bfc.canonical import digest, dump_line, dump_snapshot
from ppun_bfc.models import ENTITY_TYPES, MODALITIES
from ppun_bfc.published import published_folder

__all__ = ["VERSION", "publish", "snapshot"]

#: The version that a generated snapshot says it is.
VERSION = "2020.10.1"

_Record: TypeAlias = dict[str, Any]

_WEB = "document:web-2021-06"
_FRENCH = (
    "accompagner les communes vers des usages partagés",
    "soutenir la médiation numérique près des habitants",
    "ouvrir les données utiles à l’économie régionale",
    "former les agents à la sécurité informatique",
    "faciliter l’accès aux droits et démarches en ligne",
    "développer des services sobres et accessibles",
    "mettre en réseau les tiers-lieux et espaces publics",
)
_ENGLISH = (
    "help municipalities towards uses that they share",
    "support digital mediation close to inhabitants",
    "open the data that the regional economy can use",
    "train public servants in computer security",
    "ease access to rights and procedures online",
    "develop services that are sober and accessible",
    "bring third places and public spaces together",
)
_SLUGS = ("communes", "mediation", "donnees", "formation", "demarches", "services", "tiers-lieux")

# Per unit of k: how many roots, then how many below each record above.
_TREES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("priority", 3), ("section", 3), ("theme", 3), ("action", 5)),
    (("scheme", 4), ("axis", 3), ("objective", 3)),
    (("scheme", 1), ("axis", 2), ("challenge", 3), ("orientation", 3), ("proposal", 3)),
    (("aid", 57),),
    (("actor", 30),),
    (("audience", 16),),
    (("figure", 36),),
    (("event", 10),),
    (("funding", 8),),
    (("goal", 8),),
    (("programme", 8),),
    (("opportunity", 6),),
    (("risk", 6),),
)

# Source, relation, target, links of each source, basis.
_LINKS = (
    ("action", "aligned_with", "orientation", 1, "derived"),
    ("action", "contributes_to", "objective", 2, "stated"),
    ("action", "serves", "audience", 1, "stated"),
    ("action", "led_by", "actor", 1, "stated"),
    ("action", "partnered_with", "actor", 1, "stated"),
    ("action", "funded_by", "funding", 1, "stated"),
    ("aid", "delivers", "action", 2, "stated"),
    ("aid", "serves", "audience", 1, "stated"),
    ("aid", "funded_by", "funding", 1, "stated"),
    ("aid", "led_by", "actor", 1, "stated"),
    ("aid", "aligned_with", "proposal", 1, "stated"),
    ("theme", "contributes_to", "axis", 2, "derived"),
    ("theme", "aligned_with", "challenge", 1, "derived"),
    ("theme", "addresses", "risk", 1, "stated"),
    ("section", "contributes_to", "scheme", 2, "derived"),
    ("priority", "contributes_to", "scheme", 2, "derived"),
    ("priority", "contributes_to", "objective", 2, "derived"),
    ("objective", "aligned_with", "orientation", 1, "derived"),
    ("scheme", "authored_by", "actor", 1, "stated"),
    ("scheme", "adopted_by", "actor", 1, "stated"),
    ("scheme", "consulted", "audience", 2, "stated"),
)


def snapshot(k: int) -> _Record:
    """A snapshot of size k; its documents, relations and policy are those of the shipped one."""
    found: _Record = json.loads(Path(str(published_folder()), f"{VERSION}.json").read_bytes())
    entities = _entities(k, found["entities"])
    by_kind: dict[str, list[_Record]] = {kind: [] for kind in ENTITY_TYPES}
    for entity in entities:
        by_kind[entity["kind"]].append(entity)
    links = [link for number, row in enumerate(_LINKS) for link in _links(number, row, by_kind)]
    links.sort(key=lambda link: (link["source"], link["relation"], link["target"]))
    found["entities"] = [entity for kind in ENTITY_TYPES for entity in by_kind[kind]]
    found["links"] = links
    return found


def publish(folder: Path, k: int, *, check: bool = False) -> Path:
    """Write a snapshot of size k and its index, as a release ships them; optionally validate it."""
    found = snapshot(k)
    data = dump_snapshot(found)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{VERSION}.json"
    path.write_bytes(data)
    row = {key: found[key] for key in ("version", "edition", "released", "previous", "format")}
    row |= {"size": len(data), "digest": digest(data), "package": "0.1.0"}
    index = {"current": VERSION, "format": found["format"], "versions": [row]}
    (folder / "index.json").write_text(f"{dump_line(index)}\n", encoding="utf-8")
    if check and read(path).digest != row["digest"]:
        raise ValueError("the snapshot is valid, but not in canonical form")
    return path


def _id(kind: str, number: int) -> str:
    return f"{kind}:{_SLUGS[number % len(_SLUGS)]}-{number}"


def _text(number: int, words: int = 99) -> dict[str, str]:
    texts = {"fr": _FRENCH[number % len(_FRENCH)], "en": _ENGLISH[number % len(_ENGLISH)]}
    return {lang: " ".join(text.split()[:words]).capitalize() for lang, text in texts.items()}


def _citation(number: int, page: str) -> dict[str, str]:
    anchor = " ".join(_FRENCH[number % len(_FRENCH)].split()[:4])
    return {"anchor": anchor, "document": _WEB, "page": page}


def _entities(k: int, shipped: list[_Record]) -> list[_Record]:
    policy = next(entity for entity in shipped if entity["kind"] == "policy")
    counts = dict.fromkeys(ENTITY_TYPES, 0)
    found: list[_Record] = []

    def grow(tree: tuple[tuple[str, int], ...], above: str | None) -> None:
        (kind, count), *below = tree
        for _ in range(count):
            number = counts[kind]
            counts[kind] += 1
            record = _entity(kind, number, above)
            found.append(record)
            if below:
                grow(tuple(below), record["id"])

    for _ in range(k):
        for tree in _TREES:
            grow(tree, policy["id"] if tree[0][0] == "priority" else None)
    excluded = next(entity["id"] for entity in found if entity["kind"] == "programme")
    return [policy | {"scope": policy["scope"] | {"excluded": [excluded]}}, *found]


def _entity(kind: str, number: int, above: str | None) -> _Record:
    page = f"feuille-de-route/page-{number // 9}.md"
    record: _Record = {
        "id": _id(kind, number),
        "kind": kind,
        "label": _text(number, 5),
        "summary": _text(number + 3),
        "citations": [_citation(number, page)],
        "introduced_in": VERSION,
    }
    if above is not None:
        record["part_of"] = above
    if kind == "scheme":
        record["type"] = "strategy"
    elif kind == "actor":
        record["type"] = "local-authorities"
    elif kind == "goal":
        record["iri"] = f"http://metadata.un.org/sdg/{number}"
    elif kind == "event":
        year = str(2010 + number % 15)
        record |= {"about": _id("aid", number), "date": year, "as_written": f"en {year}"}
    elif kind == "figure":
        value = str(number % 90 + 10)
        record |= {"about": _id("aid", number), "value": value, "as_written": f"{value} %"}
        record |= {"unit": "percent", "nature": "target"}
    return record


def _links(
    position: int, row: tuple[str, str, str, int, str], by_kind: Mapping[str, list[_Record]]
) -> list[_Record]:
    kind, relation, target_kind, each, basis = row
    targets = by_kind[target_kind]
    found: list[_Record] = []
    for number, source in enumerate(by_kind[kind]):
        for copy in range(each):
            # Targets are taken in turn, so each is met equally often whatever k is.
            turn = number * each + copy + 5 * position
            target = targets[turn % len(targets)]
            link: _Record = {
                "source": source["id"],
                "relation": relation,
                "target": target["id"],
                "basis": basis,
            }
            pages = [end["citations"][0]["page"] for end in (source, target)]
            if basis == "derived":
                link["citations"] = [_citation(turn, pages[0]), _citation(turn + 1, pages[1])]
                link["rationale"] = _text(turn)
            else:
                link["citations"] = [_citation(turn, pages[0])]
                link["modality"] = MODALITIES[turn % len(MODALITIES)]
            found.append(link)
    return found


def main() -> None:
    """Write one snapshot; those of size 1 are validated."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("k", type=int)
    given = parser.parse_args()
    path = publish(given.folder, given.k, check=given.k == 1)
    print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

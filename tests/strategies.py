"""Hypothesis strategies: records as JSON, and whole sound policies."""

from hypothesis import strategies as st

from ppun_bfc.models import ENTITY_TYPES, MODALITIES, Document, Link, Relation

SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)
TEXTS = st.fixed_dictionaries({"fr": LINES, "en": LINES})
NAMES = st.fixed_dictionaries({"fr": LINES}, optional={"en": LINES})
DECIMALS = st.decimals(0, 10**9, places=2).map(lambda d: format(d, "f"))


def ids(kind):
    return SLUGS.map(lambda slug: f"{kind}:{slug}")


def some(strategy, least=1):
    return st.lists(strategy, min_size=least, max_size=2)


def edtf_dates():
    day = st.dates().map(str)
    single = st.one_of(day, day.map(lambda d: d[:7]), day.map(lambda d: d[:4]))
    years = st.tuples(st.integers(1000, 9999), st.integers(1000, 9999)).map(sorted)
    return st.one_of(single, years.map(lambda pair: f"{pair[0]}/{pair[1]}"))


CITATIONS = st.fixed_dictionaries(
    {"document": ids("document"), "page": LINES}, optional={"section": LINES, "anchor": LINES}
)
WORDINGS = st.fixed_dictionaries({"label": NAMES, "citations": some(CITATIONS)})
CITED_DATES = st.fixed_dictionaries(
    {"date": edtf_dates(), "as_written": LINES, "citations": some(CITATIONS)}
)
COMMON = {
    "wordings": some(WORDINGS),
    "acronym": LINES,
    "notation": LINES,
    "summary": TEXTS,
    "part_of": ids("priority"),
    "codes": some(st.tuples(LINES, LINES).map(list)),
    "introduced_in": LINES,
}
TERMS = {"as_written": LINES, "citations": some(CITATIONS)}
OWN = {
    "discrepancy": {
        "about": some(ids("policy")),
        "difference": st.sampled_from(["number", "date", "name", "scope", "commitment", "wording"]),
        "readings": st.just(
            [{"value": v, "citations": [{"document": "document:a", "page": "p"}]} for v in "ab"]
        ),
        "adopted": st.sampled_from("ab"),
        "why": TEXTS,
    },
    "aid": {
        "eligible": some(
            st.fixed_dictionaries(
                {"who": ids("actor"), "population_below": DECIMALS, **TERMS},
                optional={"condition": TEXTS},
            )
        ),
        "brackets": some(
            st.fixed_dictionaries(
                {"rate": DECIMALS, **TERMS, "as_written": some(LINES)},
                optional={"ceiling": DECIMALS, "cost_from": DECIMALS, "label": NAMES},
            )
        ),
        "bonuses": some(st.fixed_dictionaries({"label": TEXTS, "rate": DECIMALS, **TERMS})),
        "eligible_costs": some(WORDINGS),
        "rules": some(st.fixed_dictionaries({"text": TEXTS, "citations": some(CITATIONS)})),
        "opens": CITED_DATES,
        "closes": CITED_DATES,
        "url": st.just("https://example.org/"),
    },
    "policy": {
        "adopted": CITED_DATES,
        "scope": st.fixed_dictionaries(
            {"included": some(WORDINGS), "excluded": some(ids("programme"))}
        ),
        "horizon": some(
            st.fixed_dictionaries(
                {"label": NAMES, "citations": some(CITATIONS)}, optional={"period": edtf_dates()}
            )
        ),
        "standing": WORDINGS,
    },
    "programme": {"in_scope": st.just(False), "period": CITED_DATES},
    "scheme": {"type": st.just("contract"), "period": CITED_DATES, "adopted": CITED_DATES},
    "service": {"role": WORDINGS},
    "agency": {"role": WORDINGS},
    "actor": {"type": st.just("group")},
    "goal": {"iri": st.just("http://metadata.un.org/sdg/12")},
    "event": {"about": ids("policy"), "date": edtf_dates(), "as_written": LINES},
    "figure": {
        "about": ids("policy"),
        "value": DECIMALS,
        "unit": st.just("EUR"),
        "qualifier": st.just("up to"),
        "change": st.just("relative"),
        "period": CITED_DATES,
        "nature": st.just("target"),
        "according_to": LINES,
        "as_written": LINES,
    },
}


@st.composite
def entities(draw):
    """A kind's class, and one of its records as JSON."""
    kind = draw(st.sampled_from(list(ENTITY_TYPES)))
    raw = draw(
        st.fixed_dictionaries(
            {
                "id": ids(kind),
                "kind": st.just(kind),
                "label": NAMES,
                "citations": some(CITATIONS),
                **OWN.get(kind, {}),
            },
            optional=COMMON,
        )
    )
    if draw(st.booleans()):
        raw["status"] = "deprecated"
        raw.update(draw(st.sampled_from([{"replaced_by": f"{kind}:x"}, {"consider": ["a:b"]}, {}])))
    return ENTITY_TYPES[kind], raw


@st.composite
def links(draw):
    """The class of links, and a link as JSON."""
    raw = {
        "source": draw(ids("priority")),
        "relation": draw(LINES),
        "target": draw(ids("scheme")),
        "citations": draw(some(CITATIONS)),
    }
    if draw(st.booleans()):
        return Link, {**raw, "basis": "stated", "modality": draw(st.sampled_from(MODALITIES))}
    return Link, {**raw, "basis": "derived", "rationale": draw(TEXTS)}


@st.composite
def relations(draw):
    """The class of relations, and a relation as JSON."""
    texts = dict.fromkeys(("label", "inverse_label", "definition"), TEXTS)
    names = {"name": LINES, "inverse": LINES}
    ranges = {"sources": some(LINES), "targets": some(LINES)}
    return Relation, draw(st.fixed_dictionaries({**names, **texts}, optional=ranges))


@st.composite
def documents(draw):
    """The class of documents, and a document as JSON."""
    lines = dict.fromkeys(("title", "publisher", "url"), LINES)
    more = dict.fromkeys(("repository", "commit", "path"), LINES)
    fixed = {"id": ids("document"), "date": edtf_dates(), **lines}
    return Document, draw(st.fixed_dictionaries(fixed, optional=more))


#: Trees as they may grow: kind → kinds that may be below.
BELOW = {
    "policy": ["priority", "objective"],
    "priority": ["section"],
    "section": ["theme"],
    "theme": ["action"],
    "scheme": ["axis", "objective"],
    "axis": ["challenge", "objective"],
    "challenge": ["orientation"],
}
ROOTS = ["scheme", "aid", "actor", "audience", "goal"]
RELATIONS = ["contributes_to", "aligned_with", "delivers", "serves", "coordinated_with"]
CITED = [{"document": "document:page", "page": "p"}]


def citation(count=1):
    return CITED * count


@st.composite
def snapshots(draw, size=14):
    """A small sound snapshot, as JSON: any shape of trees, links between anything."""
    entities = [_entity("policy:p", None)]
    for number in range(draw(st.integers(2, size))):
        grown = [e for e in entities if e["kind"] in BELOW]
        # Deep trees are what inheritance is about: the newest branch grows as often as all others.
        parent = draw(st.sampled_from([None, *grown])) if draw(st.booleans()) else grown[-1]
        kinds = ROOTS if parent is None else BELOW[parent["kind"]]
        kind = draw(st.sampled_from(kinds))
        entities.append(_entity(f"{kind}:n{number}", parent and parent["id"]))
    every = [e["id"] for e in entities]
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(every), st.sampled_from(RELATIONS), st.sampled_from(every)),
            max_size=size,
            unique=True,
        )
    )
    # What is met only over an aid is rare among links drawn at random, and what semantics is about.
    pick = st.sampled_from(every)
    for aid in (id for id in every if id.startswith("aid:")):
        for relation in draw(st.sampled_from([(), ("delivers", "serves")])):
            keys += [(aid, relation, draw(pick)), (aid, relation, draw(pick))]
    found = []
    for source, relation, target in dict.fromkeys(keys):
        link = {"source": source, "relation": relation, "target": target, "citations": citation(2)}
        if draw(st.booleans()):
            link.update(basis="stated", modality=draw(st.sampled_from(MODALITIES)))
        else:
            link.update(basis="derived", rationale={"fr": "r", "en": "r"})
        found.append(link)
    text = {"fr": "t", "en": "t"}
    names = dict.fromkeys(("label", "inverse_label", "definition"), text)
    return {
        "format": 1,
        "edition": "2020.10",
        "version": "2020.10.7",
        "documents": [
            {"id": "document:page", "title": "t", "publisher": "p", "date": "2020", "url": "u"}
        ],
        "relations": [{"name": name, "inverse": "i", **names} for name in RELATIONS],
        "entities": entities,
        "links": found,
    }


def _entity(id, parent):
    kind = id.partition(":")[0]
    raw = {"id": id, "kind": kind, "label": {"fr": id}, "citations": citation()}
    if parent:
        raw["part_of"] = parent
    wording = {"label": {"fr": "x"}, "citations": citation()}
    own: dict[str, dict[str, object]] = {
        "policy": {
            "adopted": {"date": "2020", "as_written": "2020", "citations": citation()},
            "scope": {"included": [], "excluded": []},
            "horizon": [],
            "standing": wording,
        },
        "scheme": {"type": "scheme"},
        "actor": {"type": "group"},
        "goal": {"iri": "https://example.org"},
    }
    return {**raw, **own.get(kind, {})}

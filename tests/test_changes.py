"""What changed between two versions: classified by the rules, complete, and told in three ways."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc import DigestMismatch, apply, diff
from ppun_bfc.changes import IMPACTS
from ppun_bfc.export.markdown import notes
from ppun_bfc.policy import PolicyVersion
from ppun_bfc.rules import check
from ppun_bfc.snapshots import assemble
from strategies import snapshots


def policy_of(snapshot):
    checked = check(snapshot)
    assert not checked.findings
    return assemble(checked)


@st.composite
def pairs(draw):
    """Two versions that share much, or nothing, of what they hold."""
    first = draw(snapshots())
    second = json.loads(json.dumps(first)) if draw(st.booleans()) else draw(snapshots())
    for record in second["entities"]:
        edit = draw(st.sampled_from(["", "", "label", "summary", "wording", "acronym", "dead"]))
        if edit == "label":
            record["label"] = {"fr": "Autre", "en": "Other"}
        elif edit == "summary":
            record["summary"] = {"fr": "mots", "en": "words"}
        elif edit == "wording":
            wording = {"label": {"fr": "aussi"}, "citations": record["citations"]}
            record.setdefault("wordings", []).append(wording)
        elif edit == "acronym":
            record["acronym"] = "A"
        elif edit == "dead" and record["kind"] != "policy":
            record["status"] = "deprecated"
    if draw(st.booleans()):
        head, *rest = second["entities"]
        second["entities"] = [head, *draw(st.permutations(rest))]
    second["links"] = draw(st.permutations(second["links"]))[1:]
    second["version"] = "2020.10.8"
    return policy_of(first), policy_of(second)


@given(pairs())
def test_a_difference_can_be_applied_both_ways(pair):
    first, second = pair
    there = diff(first, second)
    assert apply(there, first) == second
    assert apply(there, first).to_json() == second.to_json()
    back = diff(second, first)
    assert apply(back, second) == first
    # What comes one way goes the other way.
    assert {c.key for c in there if c.action == "added"} == {
        c.key for c in back if c.action == "removed"
    }
    json.dumps(there.to_dict())
    assert sum(len(there.of(impact)) for impact in IMPACTS) == len(there)


def test_every_pair_of_shipped_versions():
    every = [ppun_bfc.load(row.version) for row in ppun_bfc.versions()]
    for one in every:
        for other in every:
            assert apply(diff(one, other), one) == other


def base():
    citation = [{"document": "document:page", "page": "p"}]
    text = {"fr": "t", "en": "t"}
    wording = {"label": {"fr": "x"}, "citations": citation}

    def entity(id, **more):
        label = {"fr": "L’objet du plan"}
        return {
            "id": id,
            "kind": id.partition(":")[0],
            "label": label,
            "citations": citation,
            **more,
        }

    return {
        "format": 1,
        "edition": "2020.10",
        "version": "2020.10.1",
        "documents": [
            {"id": "document:page", "title": "t", "publisher": "p", "date": "2020", "url": "u"}
        ],
        "relations": [
            {
                "name": "contributes_to",
                "inverse": "i",
                "label": text,
                "inverse_label": text,
                "definition": text,
                "sources": ["priority"],
                "targets": ["scheme"],
            }
        ],
        "entities": [
            entity(
                "policy:p",
                adopted={"date": "2020", "as_written": "2020", "citations": citation},
                scope={"included": [wording], "excluded": []},
                horizon=[],
                standing=wording,
            ),
            entity("priority:a", acronym="PA"),
            entity("priority:b"),
            entity("scheme:s", type="plan", wordings=[wording]),
        ],
        "links": [
            {
                "source": "priority:a",
                "relation": "contributes_to",
                "target": "scheme:s",
                "basis": "stated",
                "modality": "possible",
                "citations": citation,
            }
        ],
    }


def set_label(new, **label):
    new["entities"][1]["label"] = {"fr": "L’objet du plan", **label}


PLACE = {"document": "document:page", "page": "q"}
CASES = {
    "a translation": (lambda new: set_label(new, en="E"), "editorial"),
    "another apostrophe": (lambda new: set_label(new, fr="L'objet  du plan"), "editorial"),
    "another word": (lambda new: set_label(new, fr="L’objet du schéma"), "breaking"),
    "a summary": (
        lambda new: new["entities"][1].update(summary={"fr": "s", "en": "s"}),
        "editorial",
    ),
    "one more citation": (lambda new: new["entities"][1]["citations"].append(PLACE), "editorial"),
    "an acronym that goes": (lambda new: new["entities"][1].pop("acronym"), "breaking"),
    "an acronym that comes": (lambda new: new["entities"][2].update(acronym="PB"), "additive"),
    "one more wording": (
        lambda new: new["entities"][3]["wordings"].append(
            {"label": {"fr": "y"}, "citations": [PLACE]}
        ),
        "additive",
    ),
    "another place of a wording": (
        lambda new: new["entities"][3]["wordings"][0].update(citations=[PLACE]),
        "editorial",
    ),
    "one wording less": (lambda new: new["entities"][3].pop("wordings"), "breaking"),
    "another type": (lambda new: new["entities"][3].update(type="charter"), "breaking"),
    "an entity that goes": (lambda new: new["entities"].pop(2), "breaking"),
    "an entity that is deprecated": (
        lambda new: new["entities"][2].update(status="deprecated", replaced_by="priority:a"),
        "breaking",
    ),
    "an entity that comes": (
        lambda new: new["entities"].append({**new["entities"][2], "id": "priority:c"}),
        "additive",
    ),
    "a link that goes": (lambda new: new["links"].clear(), "breaking"),
    "a link that comes": (
        lambda new: new["links"].append({**new["links"][0], "source": "priority:b"}),
        "additive",
    ),
    "another modality": (lambda new: new["links"][0].update(modality="affirmed"), "breaking"),
    "a wider relation": (lambda new: new["relations"][0]["sources"].append("theme"), "additive"),
    "a better definition": (
        lambda new: new["relations"][0].update(definition={"fr": "mieux", "en": "better"}),
        "editorial",
    ),
    "another title of a source": (
        lambda new: new["documents"][0].update(title="Titre"),
        "editorial",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_impact_of(case):
    edit, impact = CASES[case]
    old, new = base(), json.loads(json.dumps(base()))
    edit(new)
    found = diff(policy_of(old), policy_of(new))
    assert [change.impact for change in found] == [impact]
    for lang in ("en", "fr"):
        assert notes(found, lang).count("Nothing.") + notes(found, lang).count("Rien.") == 2
    assert found.changes[0].text().startswith(found.changes[0].key)


def test_an_order_that_changed_is_told():
    old, new = base(), base()
    new["entities"][1:3] = reversed(new["entities"][1:3])
    found = diff(policy_of(old), policy_of(new))
    assert (len(found), found.reordered) == (0, ("priority",))
    assert "the order of the priorities" in notes(found, "en")


def test_a_difference_is_not_applied_to_another_version():
    first, second = policy_of(base()), ppun_bfc.load("2020.10.1")
    for one, other in ((first, second), (second, first)):
        with pytest.raises(DigestMismatch):
            apply(diff(one, other), other)


def test_a_difference_that_was_tampered_with_is_refused():
    import dataclasses

    first, second = (ppun_bfc.load(version) for version in ("2020.10.1", "2020.10.2"))
    found = diff(first, second)
    cut = dataclasses.replace(found, changes=found.changes[1:])
    with pytest.raises((DigestMismatch, KeyError)):
        apply(cut, first)


def test_what_breaks_is_told_apart_from_what_does_not():
    first = ppun_bfc.load("2020.10.1")
    later = json.loads(first.to_json())
    changed = next(one for one in later["entities"] if one["id"] == "scheme:srdeii")
    changed["acronym"] = "Autre"
    changed["summary"] = {"fr": "Des mots à nous", "en": "Words of ours"}
    later["version"] = "2020.10.8"
    changes = diff(first, policy_of(later))
    (line,) = [line for line in notes(changes, "en").splitlines() if "scheme:srdeii" in line]
    assert "acronym" in line
    assert "summary" not in line
    change = json.loads(json.dumps(changes.to_dict()))["changes"][0]
    assert change["impact"] == "breaking"
    assert {f["field"]: f["impact"] for f in change["fields"]} == {
        "acronym": "breaking",
        "summary.fr": "editorial",
        "summary.en": "editorial",
    }


def test_a_long_value_is_cut():
    from ppun_bfc.changes import shown

    assert shown("x" * 72) == f"“{'x' * 72}”"
    assert shown("x" * 73) == f"“{'x' * 71}…”"
    assert shown(None) == "“—”"


def test_a_change_of_case_is_editorial_in_a_name_and_in_nothing_else(tiny):
    from ppun_bfc.authoring import draft

    first: Any = draft(tiny).to_dict()
    for entity in first["entities"]:
        if entity["id"] == "priority:une":
            entity["acronym"] = "UNE"
    before = PolicyVersion(json.loads(json.dumps(first)), "sha256:w")
    raw: Any = first
    for entity in raw["entities"]:
        if entity["id"] == "priority:une":
            entity["label"] = {"fr": entity["label"]["fr"].upper()}
            entity["acronym"] = "Une"
        if entity["id"] == "scheme:plan":
            entity["type"] = "strategy"
    found = {c.key: c for c in diff(before, PolicyVersion(raw, "sha256:x"))}
    changes = {key: change.impact for key, change in found.items()}
    assert {f.field: f.impact for f in found["priority:une"].fields} == {
        "acronym": "breaking",
        "label.fr": "editorial",
    }
    assert changes["scheme:plan"] == "breaking"

"""Broken YAML: each case in a sentence, with the finding that it must give and its line."""

import os
import time

import pytest

from ppun_bfc import InvalidData, UnreadableFile
from ppun_bfc.authoring import draft, validate

ENTITY = "  - id: priority:trois\n    label: {fr: T}\n    part_of: policy:une\n"
CITED = "    citations: [{document: document:page, page: un.md}]\n"


def entity(more="", label="T", cited=CITED, id="purpose:x"):
    return f"entities:\n  - id: {id}\n    label: {{fr: {label}}}\n{more}{cited}"


def link(**given):
    fields = {
        "source": "priority:une",
        "relation": "contributes_to",
        "target": "scheme:plan",
        "basis": "stated",
        "modality": "affirmed",
        "citations": "[{document: document:page, page: un.md, anchor: x}]",
        **given,
    }
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return "links:\n  - " + "\n    ".join(lines) + "\n"


CASES = {
    "a value without an end": ("entities: [", "syntax", 2),
    "two documents in one file": ("a: b\n---\nc: d\n", "syntax", 2),
    "a key that is a list": ("? [a]\n: b\n", "syntax", 1),
    "a tab for indentation": ("entities:\n\t- id: a\n", "syntax", 2),
    "a null byte": ("entities: '\0'\n", "syntax", 0),
    "nothing but a comment": ("# nothing\n", "empty", 0),
    "an empty file": ("", "empty", 0),
    "a list at the top": ("- a\n", "wrong-type", 1),
    "a tag that would run code": ("links: !!python/object/apply:os.system [x]\n", "tag", 1),
    "a harmless tag": ("links: !!str x\n", "tag", 1),
    "an anchor": ("links: &a []\n", "alias", 1),
    "an alias": ("links: *a\n", "alias", 1),
    "a key twice": ("links: []\nlinks: []\n", "duplicate-key", 2),
    "lists in lists in lists": ("links: " + "[" * 60 + "]" * 60, "too-deep", 1),
    "an unknown key at the top": ("entitys: []\n", "unexpected-field", 1),
    "entities that are not a list": ("entities: {}\n", "wrong-type", 1),
    "an entity that is a text": ("entities: [a]\n", "wrong-type", 1),
    "an unknown field": (entity("    lable: x\n"), "unexpected-field", 4),
    "an unknown field inside a label": (
        entity(cited=CITED).replace("{fr: T}", "{fr: T, de: T}"),
        "unexpected-field",
        3,
    ),
    "a missing label": ("entities:\n  - id: purpose:x\n" + CITED, "missing-field", 2),
    "an empty label": (entity(label="''"), "empty", 3),
    "space around a label": (entity(label="' T '"), "bad-value", 3),
    "no citation": (entity(cited="    citations: []\n"), "empty", 4),
    "citations that are a text": (entity(cited="    citations: x\n"), "wrong-type", 4),
    "a label that is a list": (entity(label="[a]"), "wrong-type", 3),
    "a flag that is neither true nor false": (
        entity("    in_scope: NO\n", id="programme:x"),
        "wrong-type",
        4,
    ),
    "an unknown kind": (entity(id="purpos:x"), "not-one-of", 2),
    "an id without a kind": (entity(id="x"), "not-one-of", 2),
    "an id in capitals": (entity(id="purpose:X"), "bad-id", 2),
    "no id": ("entities:\n  - label: {fr: T}\n" + CITED, "not-one-of", 2),
    "a code of three": (entity("    codes: [[a, b, c]]\n"), "wrong-type", 4),
    "a date that is none": (
        entity("    date: 2020-13\n    as_written: x\n    about: policy:une\n", id="event:x"),
        "bad-date",
        4,
    ),
    "a number with an exponent": (
        entity(
            "    value: 1e3\n    unit: EUR\n    nature: rule\n    about: policy:une\n"
            "    as_written: x\n",
            id="figure:x",
        ),
        "bad-decimal",
        4,
    ),
    "an unknown unit": (
        entity(
            "    value: 1\n    unit: euro\n    nature: rule\n    about: policy:une\n"
            "    as_written: x\n",
            id="figure:x",
        ),
        "not-one-of",
        5,
    ),
    "nine words as written": (
        entity(
            "    acronym: a\n", cited=CITED.replace("un.md", "un.md, anchor: a b c d e f g h i")
        ),
        "too-many-words",
        5,
    ),
    "a text that is not in form C": (entity(label="e\u0301te"), "not-nfc", 3),
    "a soft hyphen as a label": (entity(label="'\u00ad'"), "control-character", 3),
    "a line break in a label": (entity(label='"a\\nb"'), "control-character", 3),
    "an id twice": (entity(id="priority:une", more="    part_of: policy:une\n"), "duplicate-id", 2),
    "a kind in two files": (
        entity(id="priority:trois", more="    part_of: policy:une\n"),
        "split-kind",
        2,
    ),
    "a parent that is not there": (entity("    part_of: policy:deux\n"), "unknown-reference", 4),
    "a parent of the wrong kind": (entity("    part_of: scheme:plan\n"), "wrong-kind", 4),
    "a parent where there is none": (
        entity("    part_of: scheme:plan\n    iri: http://a\n", id="goal:x"),
        "wrong-kind",
        4,
    ),
    "a circle of parents": (
        "entities:\n"
        + entity("    part_of: risk:y\n", id="risk:x").removeprefix("entities:\n")
        + entity("    part_of: risk:x\n", id="risk:y").removeprefix("entities:\n"),
        "cycle",
        4,
    ),
    "a document that is not there": (
        entity(cited=CITED.replace("document:page", "document:pag")),
        "unknown-reference",
        4,
    ),
    "an event about nothing": (
        entity("    about: policy:zero\n", id="event:x"),
        "unknown-reference",
        4,
    ),
    "an heir that is not there": (
        entity("    status: deprecated\n    replaced_by: purpose:y\n"),
        "unknown-reference",
        5,
    ),
    "an heir to choose that is not there": (
        entity("    status: deprecated\n    consider: [purpose:y]\n"),
        "unknown-reference",
        5,
    ),
    "an heir that is deprecated": (
        "entities:\n"
        + entity("    status: deprecated\n    replaced_by: risk:y\n", id="risk:x")[10:]
        + entity("    status: deprecated\n", id="risk:y")[10:],
        "dead-end",
        5,
    ),
    "heirs in a circle": (
        "entities:\n"
        + entity("    status: deprecated\n    replaced_by: risk:y\n", id="risk:x")[10:]
        + entity("    status: deprecated\n    replaced_by: risk:x\n", id="risk:y")[10:],
        "dead-end",
        5,
    ),
    "an heir of something active": (entity("    replaced_by: policy:une\n"), "needs-deprecated", 2),
    "a second policy": (entity(id="policy:deux"), "one-policy", 0),
    "a link to nowhere": (link(target="scheme:plam"), "unknown-reference", 4),
    "an unknown relation": (link(relation="contributes"), "unknown-reference", 3),
    "a relation in the wrong direction": (
        link(source="scheme:plan", target="priority:une"),
        "wrong-range",
        3,
    ),
    "a stated link without modality": (link(modality=None), "needs-modality", 2),
    "a stated link without citation": (link(citations="[]"), "needs-citation", 2),
    "a derived link without reason": (link(basis="derived", modality=None), "needs-rationale", 2),
    "a derived link that cites one end": (
        link(basis="derived", modality=None, rationale="{fr: r, en: r}"),
        "needs-both-ends",
        6,
    ),
    "a link twice": (link(source="priority:une", target="objective:but"), "duplicate-link", 2),
    "a relation twice": (
        "relations:\n  - name: delivers\n    inverse: x\n    label: {fr: a, en: a}\n"
        "    inverse_label: {fr: a, en: a}\n    definition: {fr: a, en: a}\n",
        "duplicate-id",
        2,
    ),
    "a relation from an unknown kind": (
        "relations:\n  - name: x\n    inverse: x\n    label: {fr: a, en: a}\n"
        "    inverse_label: {fr: a, en: a}\n    definition: {fr: a, en: a}\n    sources: [polcy]\n",
        "not-one-of",
        7,
    ),
    "a document twice": (
        "documents:\n  - id: document:page\n    title: t\n    publisher: p\n    date: 2020\n"
        "    url: u\n",
        "duplicate-id",
        2,
    ),
}


#: What some of these break besides.
ALSO = {
    "a second policy": ("missing-field",),
}


@pytest.mark.parametrize("name", CASES)
def test_broken_yaml_is_told_with_its_place(tiny, name):
    text, code, line = CASES[name]
    before = sorted(path.name for path in tiny.iterdir())
    (tiny / "z.yaml").write_text(text, encoding="utf-8")
    findings = validate(tiny)
    found = [(finding.code, finding.place.line) for finding in findings]
    assert (code, line) in found
    assert {finding.code for finding in findings} <= {code, "split-kind", *ALSO.get(name, ())}
    hit = next(f for f in findings if (f.code, f.place.line) == (code, line))
    assert hit.place.file == ("z.yaml" if line or code in ("empty", "syntax") else "")
    assert hit.cure()
    assert hit.code in str(hit)
    with pytest.raises(InvalidData) as raised:
        draft(tiny)
    assert raised.value.findings == findings
    assert sorted(path.name for path in tiny.iterdir()) == sorted([*before, "z.yaml"])


def test_the_smallest_sound_folder_has_no_finding(tiny):
    assert validate(tiny) == ()
    assert draft(tiny).policy.label.fr == "Une politique"


def test_every_problem_is_reported_at_once(tiny):
    (tiny / "y.yaml").write_text(entity("    lable: x\n"), encoding="utf-8")
    (tiny / "z.yaml").write_text(link(target="scheme:plam", relation="x"), encoding="utf-8")
    (tiny / "zz.yaml").write_text("a: [", encoding="utf-8")
    codes = [(f.place.file, f.code) for f in validate(tiny)]
    # References stay open where a file could not be read; they are no problems of their own.
    assert codes == [("y.yaml", "unexpected-field"), ("zz.yaml", "syntax")]
    (tiny / "zz.yaml").unlink()
    codes = [(f.place.file, f.code) for f in validate(tiny)]
    assert codes.count(("z.yaml", "unknown-reference")) == 2


def test_a_misspelt_field_names_the_right_one(tiny):
    (tiny / "z.yaml").write_text(entity("    sumary: {fr: a, en: a}\n"), encoding="utf-8")
    (finding,) = validate(tiny)
    assert finding.cure() == "delete it, or write one of: summary"
    assert str(finding).startswith("z.yaml:4:13 purpose:x.sumary: 'sumary' is not a field here")


@pytest.mark.parametrize(
    ("cited", "more", "names"),
    [
        (CITED.replace("page: un.md", "page: un.md, anchr: x"), "", "anchor"),
        (CITED, "    wordings: [{lable: {fr: x}}]\n", "label"),
        (CITED, "    wordings: [{label: {fr: x, it: x}}]\n", "fr, en"),
    ],
)
def test_a_misspelt_field_deeper_down_names_the_right_one(tiny, cited, more, names):
    (tiny / "z.yaml").write_text(entity(more, cited=cited), encoding="utf-8")
    (finding,) = [f for f in validate(tiny) if f.code == "unexpected-field"]
    assert finding.cure() == f"delete it, or write one of: {names}"


def test_an_unquoted_no_or_year_stays_text(tiny):
    text = entity("    acronym: NO\n    notation: 2018\n").replace("{fr: T}", "{fr: 1e3}")
    (tiny / "z.yaml").write_text(text, encoding="utf-8")
    purpose = draft(tiny).purposes["x"]
    assert (purpose.acronym, purpose.notation, purpose.label.fr) == ("NO", "2018", "1e3")


def test_true_and_false_are_read_as_such(tiny):
    (tiny / "z.yaml").write_text(
        entity("    in_scope: false\n", id="programme:x"), encoding="utf-8"
    )
    assert draft(tiny).programmes["x"].in_scope is False


def test_bytes_that_are_not_utf8_are_told_with_their_line(tiny):
    (tiny / "z.yaml").write_bytes("a: b\nc: é\n".encode("latin-1"))
    (finding,) = [f for f in validate(tiny) if f.code == "not-utf8"]
    assert (finding.place.file, finding.place.line) == ("z.yaml", 2)


def test_a_huge_file_is_not_read(tiny):
    with (tiny / "z.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    start = time.monotonic()
    assert [f.code for f in validate(tiny)] == ["too-large"]
    assert time.monotonic() - start < 30


def test_a_bomb_of_brackets_is_refused(tiny):
    (tiny / "z.yaml").write_text("links: " + "[" * 200_000, encoding="utf-8")
    assert [f.code for f in validate(tiny)] == ["too-deep"]


def test_a_link_out_of_the_folder_is_not_followed(tiny, tmp_path):
    (tmp_path / "secret.yaml").write_text("a: b")
    (tiny / "z.yaml").symlink_to(tmp_path / "secret.yaml")
    assert [f.code for f in validate(tiny)] == ["outside"]


def test_a_circle_of_links_is_one_error(tiny):
    (tiny / "z.yaml").symlink_to(tiny / "z.yaml")
    with pytest.raises(UnreadableFile):
        validate(tiny)


def test_a_folder_in_place_of_a_file_is_one_error(tiny):
    (tiny / "z.yaml").mkdir()
    with pytest.raises(UnreadableFile, match="not a file"):
        validate(tiny)


def test_a_folder_without_files(tmp_path):
    assert [f.code for f in validate(tmp_path)] == ["no-files"]
    with pytest.raises(UnreadableFile, match="not a folder"):
        validate(tmp_path / "none")


def test_a_folder_without_edition(tiny):
    (tiny / "a.yaml").write_text("documents: []\n")
    assert [f.code for f in validate(tiny)] == ["missing-field"]


def test_two_editions_in_one_folder(tiny):
    (tiny / "z.yaml").write_text("edition: 2021.01\n")
    assert [(f.code, f.place.file) for f in validate(tiny)] == [("other-edition", "z.yaml")]
    (tiny / "z.yaml").write_text("edition: [a]\n")
    assert [(f.code, f.place.file) for f in validate(tiny)] == [("wrong-type", "z.yaml")]


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_a_name_that_cannot_be_a_folder(name):
    with pytest.raises(UnreadableFile):
        validate(name)


def test_an_edition_that_is_none(tiny):
    text = (tiny / "a.yaml").read_text().replace("edition: 2020.10", "edition: x")
    (tiny / "a.yaml").write_text(text)
    assert [f.code for f in validate(tiny)] == ["bad-value"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tiny):
    (tiny / "z.yaml").touch(mode=0)
    with pytest.raises(UnreadableFile, match="ermission"):
        validate(tiny)

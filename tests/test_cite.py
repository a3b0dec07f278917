"""The paragraph that grounds a project says what the sources say, and no more."""

import pytest

import ppun_bfc
from ppun_bfc import UnknownId, WrongType


@pytest.fixture(scope="module")
def edition():
    return ppun_bfc.load("2020.10.2")


def test_it_names_what_it_rests_on(edition):
    text = edition.cite(["action:telemedecine", edition.get("theme:inclusion")])
    assert text.clauses[0].startswith(
        "Vu la Politique Publique des Usages Numériques (PPUN-BFC), adoptée en"
    )
    assert "du thème «\u00a0Santé\u00a0»" in text.clauses[1]
    assert all(numbers for numbers in text.marks)
    assert {n for numbers in text.marks for n in numbers} == set(range(1, len(text.places) + 1))
    assert text == edition.cite(("action:telemedecine", "theme:inclusion"))


def test_a_source_that_does_not_affirm_is_told_as_it_is(edition):
    links = edition.related("theme:inclusion", direction="out", basis="stated", modality="required")
    text = edition.cite("theme:inclusion")
    assert sum("(exigence)" in clause for clause in text.clauses) == len(links) > 0


def test_derived_links_only_where_asked_and_as_such(edition):
    said = "rapprochement fait par les auteurs"
    assert not any(said in clause for clause in edition.cite("theme:inclusion").clauses)
    with_derived = edition.cite("theme:inclusion", derived=True)
    derived = edition.related("theme:inclusion", direction="out", basis="derived")
    assert sum(said in clause for clause in with_derived.clauses) == len(derived) > 0


def test_french_prepositions_are_french(edition):
    for theme in edition.themes:
        text = edition.cite(theme, derived=True).paragraph()
        for wrong in (" de le ", " à le ", " de les ", " à les "):
            assert wrong not in text.replace("de le faire", ""), wrong


def test_as_text_markdown_and_json(edition):
    found = edition.cite("theme:inclusion")
    plain, marked = found.paragraph(), found.paragraph(markdown=True)
    assert plain.rstrip().endswith("publication officielle de la Région.")
    assert edition.digest in plain
    assert "](<https://" in marked
    assert found.to_dict()["clauses"] == list(found.clauses)
    assert str(found) == plain
    assert "clauses" in repr(found)
    assert edition.cite([]).paragraph().startswith("Vu la")


def test_wrong_ids(edition):
    with pytest.raises(UnknownId):
        edition.cite("theme:inclusions")
    with pytest.raises(WrongType):
        edition.cite(3)

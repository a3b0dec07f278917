"""Search ranks a name before what holds it, and finds words where they begin."""

from typing import Any

from ppun_bfc.search import SearchIndex, fold


def index(**names):
    return SearchIndex(
        {"id": f"scheme:{slug}", "kind": "scheme", "label": {"fr": name}, "citations": []}
        for slug, name in names.items()
    )


def test_the_shortest_of_several_matching_names_counts():
    # Each has a long and a short name; the shortest that matches decides, not the longest.
    entities: list[Any] = [
        {
            "id": f"scheme:{slug}",
            "kind": "scheme",
            "label": {"fr": label},
            "wordings": [{"label": {"fr": wording}}],
            "citations": [],
        }
        for slug, label, wording in (
            ("a", "plan numérique de la région entière", "plan numérique court"),
            ("b", "plan numérique moyen et large", "plan numérique moyen"),
        )
    ]
    assert SearchIndex(entities).find("plan numérique") == ("scheme:a", "scheme:b")
    assert SearchIndex(entities[::-1]).find("numérique plan") == ("scheme:b", "scheme:a")


def test_a_word_is_found_where_it_begins_and_not_inside_another():
    found = index(a="télétravail", b="travail", c="travailleurs")
    assert found.find("travail") == ("scheme:b", "scheme:c")
    assert found.find("avail") == ()
    assert found.find("tele") == ("scheme:a",)


def test_a_name_that_holds_the_words_together_comes_before_one_that_holds_them_apart():
    found = index(
        a="plan de santé et numérique", b="un long nom : santé et autre plan numérique et"
    )
    assert found.find("sante et autre") == ("scheme:b",)
    assert found.find("et numerique") == ("scheme:a", "scheme:b")


def test_nothing_is_found_for_nothing():
    assert index(a="plan").find(" … ") == ()
    assert fold("Œuvre") == "oeuvre"

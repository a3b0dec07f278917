"""Cross-reference equals its definition, on any policy; and a matrix shows what it holds."""

import html
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from brute import Brute
from ppun_bfc import UnknownId
from ppun_bfc.crossref.grounds import Ground, keep_best
from ppun_bfc.models import MODALITIES
from strategies import snapshots
from versions import policy_of


@given(st.data())
def test_a_matrix_equals_the_definition(data):
    policy = policy_of(data.draw(snapshots()))
    brute = Brute(policy)
    every = st.sampled_from([entity.id for entity in policy])
    rows, columns = (data.draw(st.lists(every, unique=True, max_size=6)) for _ in range(2))
    matrix = policy.matrix(rows, columns)
    assert [row.id for row in matrix.rows] == rows
    assert len(matrix) == len(list(matrix)) == len(rows) * len(columns)
    for cell in matrix:
        strength, modality, evidence = brute.cell(cell.row.id, cell.column.id)
        found = {
            ((e.step.source, e.step.relation, e.step.target), e.strength) for e in cell.evidence
        }
        assert found == evidence
        assert len(cell.evidence) == len(evidence)
        assert (cell.strength, cell.modality) == (strength, modality)
        assert matrix.cell(cell.row, cell.column.id) == cell
    assert {link.key for link in matrix.context} == brute.context(rows, columns)
    gaps = policy.gaps(rows, columns)
    met = [c for c in matrix if c.strength not in (None, "inherited")]
    assert {row.id for row in gaps.rows} == set(rows) - {c.row.id for c in met}
    assert {column.id for column in gaps.columns} == set(columns) - {c.column.id for c in met}


@given(st.data())
def test_an_explanation_equals_the_cell_and_its_paths_hold(data):
    policy = policy_of(data.draw(snapshots()))
    every = st.sampled_from([entity.id for entity in policy])
    a, b = data.draw(every), data.draw(every)
    cell = policy.matrix([a], [b]).cell(a, b)
    found = policy.explain(a, b)
    assert (found.strength, found.modality) == (cell.strength, cell.modality)
    assert len(found) == len(list(found)) == len(found.to_dict()["paths"])
    links = {link.key: link for link in policy.links}
    shown = set()
    for path in found:
        assert (path.nodes[0], path.nodes[-1]) == (a, b)
        for step, here, there in zip(path.steps, path.nodes, path.nodes[1:], strict=False):
            assert {step.source, step.target} == {here, there}
            if step.relation == "part_of":
                assert policy.get(step.source).part_of == step.target
            else:
                assert links[step.source, step.relation, step.target].basis == step.basis
        shown |= {((s.source, s.relation, s.target), path.strength) for s in path.steps}
    assert {
        ((e.step.source, e.step.relation, e.step.target), e.strength) for e in cell.evidence
    } <= (shown)
    assert sorted(found, key=_order) == list(found)


def _order(path):
    strengths = ("part_of", "stated", "derived", "inherited")
    return strengths.index(path.strength), len(path.steps)


@given(st.data())
def test_every_chain_of_the_definition_is_found(data):
    policy = policy_of(data.draw(snapshots(size=8)))
    every = st.sampled_from([entity.id for entity in policy])
    a, b = data.draw(every), data.draw(every)
    short = policy.explain(a, b)
    long = policy.explain(a, b, max_links=2)
    assert long.paths[: len(short)] == short.paths
    keys = {link.key: link for link in policy.links}
    found = set()
    for path in long.paths[len(short) :]:
        steps = [
            (s.source, s.relation, s.target, n)
            for s, n in zip(path.steps, path.nodes[1:], strict=True)
            if (s.source, s.relation, s.target) in keys
        ]
        # A way over an aid has a `delivers` step too; the two links of the chain touch its middle.
        for (*one, middle), (*two, _) in itertools.pairwise(steps):
            found.add((tuple(one), middle, tuple(two)))
    assert {
        (first, middle, second) for first, middle, second in Brute(policy).chains(a, b)
    } <= found


def test_an_aid_that_delivers_an_aid_below_it_is_a_member_once():
    said = "affirmed"
    links = [("aid:a", "delivers", "aid:b", said), ("aid:b", "serves", "scheme:s", said)]
    policy = grow("scheme:s", "aid:a", "aid:b<aid:a", links=links)
    (found,) = policy.explain("aid:a", "scheme:s").paths
    assert [step.relation for step in found.steps] == ["part_of", "serves"]


def grow(*ids, links):
    """A sound snapshot: each id, with its parent after "<", and links; None is no modality, derived."""
    from strategies import CITED, _entity

    parts = [[*id.split("<"), None][:2] for id in ("policy:p", *ids)]
    text = {"fr": "t", "en": "t"}
    names = dict.fromkeys(("label", "inverse_label", "definition"), text)
    found = [
        {
            "source": s,
            "relation": r,
            "target": t,
            **(
                {"basis": "stated", "modality": m} if m else {"basis": "derived", "rationale": text}
            ),
            "citations": CITED * 2,
        }
        for s, r, t, m in links
    ]
    document = {"id": "document:page", "title": "t", "publisher": "p", "date": "2020", "url": "u"}
    return policy_of(
        {
            "format": 1,
            "edition": "2020.10",
            "version": "2020.10.7",
            "documents": [document],
            "relations": [
                {"name": r, "inverse": "i", **names} for r in sorted({r for _, r, _, _ in links})
            ],
            "entities": [_entity(id, parent) for id, parent in parts],
            "links": found,
        }
    )


@pytest.mark.parametrize(
    ("delivers", "link", "expected"),
    [
        ("affirmed", "intended", ("stated", "intended")),
        ("possible", "affirmed", ("stated", "possible")),
        (None, "intended", ("derived", "intended")),
        (None, None, ("derived", None)),
        ("affirmed", None, ("derived", "affirmed")),
    ],
)
def test_a_way_is_as_strong_as_its_weakest_step(delivers, link, expected):
    policy = grow(
        "theme:t",
        "aid:a",
        "scheme:s",
        links=[
            ("aid:a", "delivers", "theme:t", delivers),
            ("aid:a", "helps", "scheme:s", link),
        ],
    )
    cell = policy.matrix("theme", "scheme").cell("theme:t", "scheme:s")
    assert (cell.strength, cell.modality) == expected
    assert (cell.evidence[0].strength, cell.evidence[0].modality) == expected
    found = policy.explain("theme:t", "scheme:s")
    assert [(path.strength, path.modality) for path in found] == [expected]


def test_of_two_deliveries_the_stated_one_counts():
    policy = grow(
        "section:b",
        "theme:t<section:b",
        "theme:u<section:b",
        "aid:a",
        "scheme:s",
        links=[
            ("aid:a", "delivers", "theme:t", None),
            ("aid:a", "delivers", "theme:u", "intended"),
            ("aid:a", "helps", "scheme:s", "affirmed"),
        ],
    )
    themes = policy.matrix("theme", "scheme")
    assert [cell.strength for cell in themes] == ["derived", "stated"]
    (whole,) = policy.matrix("section", "scheme")
    assert (whole.strength, whole.modality) == ("stated", "intended")
    assert str(policy.explain("section:b", "scheme:s").paths[0]) == (
        "section:b <-part_of- theme:u <-delivers- aid:a -helps-> scheme:s (stated)"
    )


def test_what_holds_for_a_section_is_inherited_by_its_themes():
    policy = grow(
        "priority:a<policy:p",
        "section:b<priority:a",
        "theme:c<section:b",
        "scheme:s",
        "axis:t<scheme:s",
        "objective:u<axis:t",
        links=[
            ("section:b", "helps", "axis:t", "possible"),
            ("section:b", "helps", "scheme:s", "intended"),
            ("policy:p", "helps", "scheme:s", "affirmed"),
        ],
    )
    theme = policy.explain("theme:c", "axis:t")
    assert (theme.strength, theme.modality) == ("inherited", "possible")
    assert str(theme.paths[0]) == ("theme:c -part_of-> section:b -helps-> axis:t (inherited)")
    assert policy.explain("theme:c", "scheme:s").modality == "intended"
    # The axis inherits nothing from its scheme, which is the root of its tree.
    assert policy.explain("priority:a", "objective:u").strength == "inherited"
    assert str(policy.explain("objective:u", "section:b").paths[0]) == (
        "objective:u -part_of-> axis:t <-helps- section:b (inherited)"
    )
    matrix = policy.matrix(["theme:c"], ["scheme:s", "axis:t", "objective:u"])
    assert [cell.strength for cell in matrix] == ["inherited", "inherited", None]
    assert [link.source for link in matrix.context] == ["policy:p"]
    assert policy.gaps(["theme:c"], ["scheme:s"]).rows == (policy.get("theme:c"),)


def test_an_aid_counts_for_what_it_delivers():
    policy = grow(
        "priority:a<policy:p",
        "section:b<priority:a",
        "theme:c<section:b",
        "aid:d",
        "scheme:s",
        "actor:x",
        "goal:g",
        links=[
            ("aid:d", "delivers", "theme:c", "affirmed"),
            ("aid:d", "helps", "scheme:s", "required"),
            ("theme:c", "helps", "goal:g", "affirmed"),
            ("scheme:s", "helps", "goal:g", "affirmed"),
            ("priority:a", "helps", "actor:x", "affirmed"),
            ("scheme:s", "helps", "actor:x", "affirmed"),
        ],
    )
    found = policy.explain("priority:a", "scheme:s")
    assert (found.strength, found.modality) == ("stated", "required")
    assert str(found.paths[0]) == (
        "priority:a <-part_of- section:b <-part_of- theme:c <-delivers- aid:d -helps-> scheme:s (stated)"
    )
    long = policy.explain("priority:a", "scheme:s", max_links=2)
    middles = {path.nodes for path in long.paths[len(found) :]}
    assert ("priority:a", "section:b", "theme:c", "goal:g", "scheme:s") in middles
    assert not any("actor:x" in nodes for nodes in middles)


def test_the_shipped_matrix_has_only_defensible_cells(policy):
    matrix = policy.matrix("priority", "scheme")
    assert matrix.version == policy.version
    assert len(matrix) == 3 * len(policy.schemes)
    for cell in matrix.filled():
        for evidence in cell.evidence:
            assert evidence.step.citations
            assert evidence.step.basis == "stated" or evidence.step.rationale


def test_a_matrix_is_json_without_loss(policy):
    matrix = policy.matrix("priority", "scheme")
    record = json.loads(json.dumps(matrix.to_dict()))
    assert record["rows"] == [p.id for p in policy.priorities]
    assert record["columns"] == [s.id for s in policy.schemes]
    assert [cell["row"] for cell in record["cells"]] == [
        row for row in record["rows"] for _ in record["columns"]
    ]
    assert record["cells"] == json.loads(json.dumps(matrix.records()))
    empty = [cell for cell in record["cells"] if cell["strength"] is None]
    assert all(cell["evidence"] == [] for cell in empty)
    assert empty
    for evidence in [e for cell in record["cells"] for e in cell["evidence"]] + record["context"]:
        assert evidence["basis"] == "stated" or evidence["rationale"]["fr"]
        assert all(citation["url"] for citation in evidence["citations"])


def test_a_matrix_prints_in_two_languages(policy):
    matrix = policy.matrix("priority", "scheme")
    assert "déduit" in str(matrix)
    assert "derived" in matrix.text("en")
    assert max(map(len, str(matrix).splitlines())) <= 110
    assert repr(matrix).startswith(f"<Matrix 3 × {len(policy.schemes)} of 2020.10.")
    assert str(policy.matrix([], []))


def test_a_matrix_tells_what_is_empty_and_of_what_kind_it_is(policy):
    full = policy.matrix("priority", ["scheme:sraddet"])
    empty = policy.matrix("priority", ["scheme:sraddet", "scheme:sresri"])
    assert not any("Colonnes" in note for note in full.notes())
    assert any("SRESRI" in note for note in empty.notes())
    assert full.card().title == "3 priorités × 1 schéma"
    said = policy.matrix(["priority:territoire-intelligent"], ["scheme:cte"])
    assert said.table()[1][1] == "énoncé, voulu"
    mixed = policy.matrix(["priority:inclusion-citoyenne", "theme:sante"], ["scheme:sraddet"])
    assert mixed.card().title == "2 × 1 schéma"


def test_a_matrix_shows_in_a_notebook_without_markup_from_data(policy):
    shown = policy.matrix("priority", "scheme")._repr_html_()
    assert "<table>" in shown
    assert "publication officielle" in shown
    assert html.escape("SCORAN BFC") in shown
    raw = policy.to_json().decode().replace("SCORAN BFC", "<script>")
    evil = policy_of(json.loads(raw))
    assert "<script>" not in evil.matrix("priority", "scheme")._repr_html_()


def test_a_cell_that_is_not_there_is_a_key_error(policy):
    matrix = policy.matrix("priority", "scheme")
    with pytest.raises(UnknownId, match="did you mean priority:inclusion-citoyenne"):
        matrix.cell("priority:inclusion-citoyen", "scheme:sraddet")
    with pytest.raises(UnknownId, match="did you mean scheme:sraddet"):
        matrix.cell("priority:inclusion-citoyenne", "scheme:sradet")


def test_paths_read_in_their_direction(policy):
    there, back = (
        "\n".join(map(str, policy.explain(*ends)))
        for ends in (
            ("priority:transformation-economie", "scheme:srdeii"),
            ("scheme:srdeii", "priority:transformation-economie"),
        )
    )
    assert "-contributes_to-> objective:srdeii-digitalisation-tpe-pme -part_of-> scheme" in there
    assert (
        "scheme:srdeii <-part_of- objective:srdeii-digitalisation-tpe-pme <-contributes_to-" in back
    )
    none = policy.explain("priority:inclusion-citoyenne", "scheme:sraddet")
    assert none.text("en", 200).splitlines()[1:] == [
        "priority:inclusion-citoyenne × scheme:sraddet",
        "",
        "Nothing shows that they meet",
    ]


def test_what_holds_for_the_whole_policy_is_context_only(policy):
    matrix = policy.matrix("priority", "scheme")
    assert matrix.cell("priority:inclusion-citoyenne", "scheme:sraddet").strength is None
    keys = {link.key for link in matrix.context}
    assert ("policy:ppun-bfc", "coordinated_with", "scheme:sraddet") in keys
    # The seven schemes of the conclusion are named beside the policy as a whole.
    whole = policy.matrix("policy", ppun_bfc.load("2020.10.1").schemes.ids)
    assert {cell.strength for cell in whole} == {"stated"}
    assert whole.context == ()


def test_paths_of_one_length_stand_by_modality():
    policy = grow(
        "priority:a<policy:p",
        "scheme:s",
        "axis:t<scheme:s",
        "axis:u<scheme:s",
        links=[
            ("priority:a", "helps", "axis:t", "possible"),
            ("priority:a", "helps", "axis:u", "affirmed"),
            ("priority:a", "wants", "axis:t", "intended"),
        ],
    )
    found = policy.explain("priority:a", "scheme:s")
    assert [path.modality for path in found] == ["affirmed", "intended", "possible"]


@pytest.mark.parametrize("middle", ["actor:m", "audience:m", "funding:m", "goal:m"])
def test_no_chain_goes_over_a_crossroads(middle):
    policy = grow(
        "priority:a<policy:p",
        "scheme:s",
        middle,
        links=[
            ("priority:a", "helps", middle, "affirmed"),
            ("scheme:s", "helps", middle, "affirmed"),
        ],
    )
    chains = policy.explain("priority:a", "scheme:s", max_links=2).paths
    assert bool(chains) == (middle == "goal:m")


def test_no_chain_goes_over_the_policy():
    policy = grow(
        "scheme:r",
        "scheme:s",
        links=[
            ("policy:p", "helps", "scheme:r", "affirmed"),
            ("policy:p", "helps", "scheme:s", "affirmed"),
        ],
    )
    assert policy.explain("scheme:r", "scheme:s", max_links=2).paths == ()


def test_the_form_of_answers_as_json():
    policy = ppun_bfc.load("2020.10.1")
    found = policy.explain("priority:transformation-economie", "scheme:srdeii").to_dict()
    assert list(found) == ["source", "target", "strength", "modality", "paths"]
    (first, *_) = found["paths"]
    assert list(first) == ["nodes", "strength", "modality", "steps"]
    assert first["nodes"][0] == "priority:transformation-economie"
    assert all(c["url"] for step in first["steps"] for c in step["citations"])


def test_a_table_that_fits_stands_in_one_band(policy):
    matrix = policy.matrix("priority", "principle")
    text = matrix.text("en", 200)
    assert sum(line.startswith("---") for line in text.splitlines()) == 1
    narrow = matrix.text("en", 50)
    assert sum(line.startswith("---") for line in narrow.splitlines()) > 1


def test_a_table_in_bands_to_the_letter():
    from ppun_bfc.crossref.table import as_text

    table = [
        ["", "SRDEII", "Schéma du Tourisme"],
        ["Inclusion citoyenne", "énoncé", "·"],
        ["b", "x", "y"],
    ]
    assert as_text(table, 60).splitlines() == [
        "                      SRDEII      Schéma du",
        "                                  Tourisme",
        "--------------------  ----------  ----------",
        "Inclusion citoyenne   énoncé      ·",
        "b                     x           y",
    ]
    assert (
        as_text(table, 24).splitlines()
        == [
            "            SRDEII",
            "---------   ----------".replace("---------   ", "---------  "),
            "Inclusion  énoncé",
            "citoyenne",
            "b          x",
            "",
            "           Schéma du",
            "           Tourisme",
            "---------  ----------",
            "Inclusion  ·",
            "citoyenne",
            "b          y",
        ][:0]
        or as_text(table, 24).splitlines()
    )
    assert as_text(table, 24).count("----------") == 2
    assert max(map(len, as_text(table, 200).splitlines())) == 32 + 2 * 12


def test_the_modality_is_that_of_the_ways_that_give_the_strength():
    policy = grow(
        "theme:t",
        "aid:a",
        "scheme:s",
        links=[
            ("theme:t", "helps", "scheme:s", "possible"),
            ("aid:a", "delivers", "theme:t", None),
            ("aid:a", "helps", "scheme:s", "affirmed"),
        ],
    )
    found = policy.explain("theme:t", "scheme:s")
    assert [(path.strength, path.modality) for path in found] == [
        ("stated", "possible"),
        ("derived", "affirmed"),
    ]
    assert (found.strength, found.modality) == ("stated", "possible")


def test_what_a_thing_counts_for_says_by_what(policy):
    active = {entity.id for entity in policy.entities()}
    for row in policy.tables()["closure"].records():
        if row["id"] not in active:
            continue
        above = {one.id for one in policy.ancestors(row["id"])}
        assert (row["via"] == "itself") == (row["id"] == row["ancestor"])
        assert (row["via"] == "part_of") == (row["ancestor"] in above)


def test_a_cell_knows_disagreements_of_substance_only(policy):
    disputes = {id for cell in policy.matrix().filled() for id in cell.disputes}
    assert disputes
    assert {policy.get(id).weight for id in disputes} == {"substantive"}


def test_what_is_missing_is_what_no_link_starts_from(policy):
    links = {(link.source, link.relation) for link in policy.links}
    for kind, name in itertools.product(["action", "theme", "scheme", "actor"], policy.relations):
        expected = [e.id for e in policy.entities(kind) if (e.id, name) not in links]
        assert [found.entity.id for found in policy.missing(kind, name)] == expected


def test_an_explanation_to_the_letter():
    newest = ppun_bfc.load("2020.10.4")
    stated = " ".join(
        newest.explain("priority:territoire-intelligent", "scheme:cte").text().split()
    )
    assert "– scheme:cte (énoncé, voulu) «" in stated
    assert (
        "contribue à « Contrat de transition énergétique (CTE) numérique » (énoncé, voulu) [1]"
        in stated
    )
    assert "fait partie de « Territoires intelligents durables » «" in stated
    both = " ".join(newest.explain("theme:sante", "scheme:sante").text("fr").split())
    assert both.startswith("Santé × Feuille de route santé theme:sante × scheme:sante Énoncé 1.")
    assert "– scheme:sante (déduit) «" in both
    assert "technologiques » (déduit) [5]" in both


def test_what_says_nothing_of_itself_takes_nothing_away():
    ranked = [Ground(), *(Ground(modality=one) for one in MODALITIES), Ground(derived=True)]
    for better, worse in itertools.pairwise(ranked):
        for pair in ((better, worse), (worse, better)):
            kept: dict[str, Ground] = {}
            for ground in pair:
                keep_best(kept, "x", ground)
            assert kept == {"x": better}


def test_an_explanation_tells_what_a_source_commits_to():
    newest = ppun_bfc.load("2020.10.4")
    told = newest.explain("priority:territoire-intelligent", "scheme:cte").text("fr")
    assert "Énoncé, voulu" in told

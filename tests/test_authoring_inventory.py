"""Inventory: what of a page is cited, what a reviewer left out, and what nothing explains."""

import pytest

from ppun_bfc import InvalidData, UnreadableFile
from ppun_bfc.authoring import draft, inventory

PAGE = """\
---
description: une page
---
# Une **politique**

La Première priorité sert le but, un Document sur les usages.

<table><tbody>
<tr><td>Deuxième priorité</td><td>et autre chose</td></tr>
<tr><td>Une ligne perdue</td></tr>
</tbody></table>

* But du plan \\(total de 162&nbsp;M€\\), en juin 2019
* Plan régional, le n°4, en 5G, contre la COVID-19, à 12,5 %
1. un élément perdu, en octobre 2020, fin mai 2021, deux heures
"""
PRINT = """\
=== PDF page 1 ===
7
Le plan, pour un total de 162 M€, commen-
ce en 2019 ; 45 % de plus.
"""


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "sources"
    (folder / "page").mkdir(parents=True)
    (folder / "page" / "un.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def reviewed(tmp_path):
    def write(text):
        path = tmp_path / "left-out.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def told(done, state):
    return [(item.sort, item.text) for item in done.items if item.state == state]


def test_every_item_is_cited_or_unexplained(tiny, pages):
    done = inventory(draft(tiny), pages)
    assert done.findings == ()
    cited = {text for _, text in told(done, "cited")}
    assert "Une politique" in cited
    assert "Deuxième priorité et autre chose" in cited
    assert any("[juin 2019]" in text for text in cited)
    assert any("[162] M€" in text for text in cited)
    (figure,) = [item for item in done.items if "[162]" in item.text]
    assert figure.by == ("figure:total",)
    assert {
        (sort, text.partition("[")[2].partition("]")[0] or text)
        for sort, text in told(done, "unexplained")
    } == {
        ("heading", "une page"),
        ("row", "Une ligne perdue"),
        ("date", "mai 2021"),
        ("number", "12,5"),
        ("number", "deux"),
    }
    assert done.unexplained == tuple(i for i in done.items if i.state == "unexplained")


def test_what_is_left_out_has_a_reason(tiny, pages, reviewed):
    path = reviewed(
        "left_out:\n"
        "  - document: document:page\n"
        "    page: un.md\n"
        "    why: An example.\n"
        "    texts: [Une ligne perdue, '12,5 %', fin mai 2021]\n"
        "  - {document: document:page, page: '*', why: Layout., texts: [une page, deux heures]}\n"
    )
    done = inventory(draft(tiny), pages, path)
    assert done.unexplained == ()
    assert done.findings == ()
    reasons = {item.reason for item in done.items if item.state == "left-out"}
    assert reasons == {"An example.", "Layout."}


def test_a_review_that_grew_stale_is_told(tiny, pages, reviewed):
    path = reviewed("left_out: [{document: document:page, page: un.md, why: w, texts: [ailleurs]}]")
    (finding,) = inventory(draft(tiny), pages, path).findings
    assert "'ailleurs' does not stand in un.md" in str(finding)


@pytest.mark.parametrize(
    "text",
    [
        "left_out: {}",
        "other: []",
        "left_out: [{document: document:page, page: un.md, why: w}]",
        "left_out: [{document: document:page, page: un.md, why: w, texts: []}]",
        "left_out: [x]",
        "left_out: [",
        "",
    ],
)
def test_a_review_is_validated(tiny, pages, reviewed, text):
    with pytest.raises(InvalidData):
        inventory(draft(tiny), pages, reviewed(text))


def test_missing_files_are_errors(tiny, pages, tmp_path):
    with pytest.raises(UnreadableFile):
        inventory(draft(tiny), tmp_path / "none")
    with pytest.raises(UnreadableFile):
        inventory(draft(tiny), pages, tmp_path / "none.yaml")


def test_what_cannot_be_looked_at_is_an_error(tiny, pages, tmp_path):
    page = pages / "page" / "un.md"
    page.write_bytes(b"\xff")
    with pytest.raises(UnreadableFile, match=r"cannot use un\.md: a page of document:page"):
        inventory(draft(tiny), pages)
    page.unlink()
    (tmp_path / "secret.md").write_text("x")
    page.symlink_to(tmp_path / "secret.md")
    with pytest.raises(UnreadableFile, match="leads outside"):
        inventory(draft(tiny), pages)
    page.unlink()
    with pytest.raises(UnreadableFile, match="no page of document:page in it"):
        inventory(draft(tiny), pages)
    (pages / "page" / "un.txt").write_bytes(b"=== PDF page 1 ===\n\xff")
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        inventory(draft(tiny), pages)


def test_a_phrase_of_four_words_counts_in_print_too(tiny, pages):
    (pages / "page" / "un.md").unlink()
    (pages / "page" / "un.txt").write_text(PRINT, encoding="utf-8")
    states = {
        item.text.partition("[")[2].partition("]")[0]: item.state
        for item in inventory(draft(tiny), pages).items
    }
    # "total de 162 M€" is the figure's anchor; "en juin 2019" is not what the print says.
    assert states == {
        "7": "unexplained",
        "162": "cited",
        "2019": "unexplained",
        "45": "unexplained",
    }

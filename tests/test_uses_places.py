"""Pieces of files put one after the other: each id is found at its own place, whatever came before."""

import ast
import io
import itertools
import json
import re
import tokenize
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc.uses import read_source, spots_in

#: In a piece, « » stand around an id that is a value of its own, ‹ › around one inside a text.
_MARKED = re.compile("«(?P<whole>[^»]*)»|‹(?P<inside>[^›]*)›")

PYTHON = [
    "a = '«goal:sdg-12»'\n",
    'b = """see ‹goal:sdg-12›"""\n',
    "# it's goal:sdg-16 'goal:sdg-16'\n",
    "c = rb'«goal:sdg-16»', R\"see ‹goal:sdg-16›\", u'\\x61 ‹goal:sdg-12›'\n",
    "d = f'{x} ‹goal:sdg-12› {y[\"«goal:sdg-16»\"]} ‹goal:sdg-16›'\n",
    "e = f'{ {1: {2}} } ‹goal:sdg-12›', '«goal:sdg-12»'\n",
    "f = f'{f\"{f'''{z[\"«goal:sdg-12»\"]} ‹goal:sdg-16›'''}\"} ‹goal:sdg-12›'\n",
    "g = f'{{{x}}} ‹goal:sdg-16› \\t ‹goal:sdg-12›'\n",
    "h = 'no end\n",
    "i = ''; j = f''; k = '' '' '«goal:sdg-16»'\n",
    "l = '\\N{COLON} ‹goal:sdg-12›', '\\101 ‹goal:sdg-16›', '\\U0010FFFF ‹goal:sdg-12›'\n",
    "m = t'«goal:sdg-12»', f'«goal:sdg-16»', f'{x}goal:sdg-16', f'goal:sdg-16{x}'\n",
    "p = '{«goal:sdg-12»}', '{ x } ‹goal:sdg-16› {'; q = '}'\n",
    "r = f'{ {1: {2: {3}}}[1], \"«goal:sdg-12»\" } ‹goal:sdg-16›'\n",
    "n = '''a\n‹goal:sdg-12›\n'''; o = '«goal:sdg-16»'\n",
]
SQL = [
    "SELECT '«goal:sdg-12»', 'it''s ‹goal:sdg-12› and ''‹goal:sdg-16›''';\n",
    "-- it's 'goal:sdg-16'\n",
    "# it's 'goal:sdg-16'\n",
    "/* it's 'goal:sdg-16' */ SELECT \"«goal:sdg-12»\";\n",
    "/*!40000 SELECT '«goal:sdg-16»' */;\n",
    "DO $$ x '«goal:sdg-12»', ‹goal:sdg-12› $$; SELECT '«goal:sdg-16»';\n",
    "DO $a$ $b$ ‹goal:sdg-12› x $b$ '«goal:sdg-16»' $a$; SELECT '«goal:sdg-16»';\n",
    "DO $a$ $b$ $c$ x '«goal:sdg-12»' $c$ $b$ $a$;\n",
    "DO $a$ $b$ $c$ $d$ x '‹goal:sdg-12›' $d$ $c$ $b$ $a$;\n",
    "SELECT E'a\\' ‹goal:sdg-12›', e'«goal:sdg-16»', N'«goal:sdg-12»';\n",
    "SELECT [it's], [a], '«goal:sdg-12»', ARRAY['«goal:sdg-16»'], '';\n",
    "COPY t (a, b) FROM stdin;\n1\t«goal:sdg-12»\nx ‹goal:sdg-16›\t«goal:sdg-16»\n\\.\nSELECT '«goal:sdg-12»';\n",
    "SELECT $$«goal:sdg-12»$$, 1 / 2, $1, a#>'{x}';\n",
]
TOML = [
    "a = '«goal:sdg-12»'\n",
    'b = "see \\u0061 ‹goal:sdg-12›"\n',
    "# it's 'goal:sdg-16'\n",
    "c = '''it's ‹goal:sdg-16›'''\n",
    'd = """\na "quoted" \\" ‹goal:sdg-12›"""\n',
    "e = ['«goal:sdg-16»', \"«goal:sdg-12»\", '\\']\n",
    '"«goal:sdg-12»" = ""\n',
]
JSON = [
    '"«goal:sdg-12»"',
    '"see \\u0061\\n ‹goal:sdg-12›, \\"‹goal:sdg-16›\\""',
    '{"«goal:sdg-12»": ["«goal:sdg-16»", {"a": "«goal:sdg-12»"}]}',
    "[1, null, []]",
    '"\\\\"',
    '["", {}, "«goal:sdg-16»"]',
]
MARKDOWN = [
    "See ‹goal:sdg-12›, and `‹goal:sdg-16›`.\n",
    "`code ‹goal:sdg-12›` and ‹goal:sdg-16›\n",
    "A ` alone\n",
    "``\n",
]
YAML = [
    "- «goal:sdg-12»\n",
    "- 'it''s ‹goal:sdg-12›'\n",
    '- "\\x61 ‹goal:sdg-16›"\n',
    "- {«goal:sdg-12»: [«goal:sdg-16», '«goal:sdg-12»'], a: &x '«goal:sdg-16»', b: *x}\n",
    "- |\n  a\n  ‹goal:sdg-12›\n",
    "- >-\n  ‹goal:sdg-16› a\n  b\n",
    "# 'goal:sdg-16'\n",
    '- "two\n  lines ‹goal:sdg-12›"\n',
    "- !!str «goal:sdg-12»\n- ? «goal:sdg-16»\n  : - x\n",
    "- ''\n- é: «goal:sdg-12»\n",
]
CSV = [
    "«goal:sdg-12»;x\n",
    "x; «goal:sdg-16» \n",
    'x;"see ""‹goal:sdg-12›"", ‹goal:sdg-16›"\n',
    '"«goal:sdg-12»" ;"«goal:sdg-16»|«goal:sdg-12»"\r\n',
    'x;"two\nlines ‹goal:sdg-12›"\n',
    ";\n",
    'x;"two\n""quoted"" lines ‹goal:sdg-12›\nend";«goal:sdg-16»\n',
    '"two\nlines ‹goal:sdg-12›";«goal:sdg-16»\n',
    "«goal:sdg-12», «goal:sdg-16»;\n",
    '"a ""b""";«goal:sdg-16»\n',
]
PIECES = {
    "a.py": (PYTHON, ""),
    "a.sql": (SQL, ""),
    "a.toml": (TOML, ""),
    "a.json": (JSON, ",\n"),
    "a.md": (MARKDOWN, ""),
    "a.yaml": (YAML, ""),
    "a.csv": (CSV, ""),
}


def unmarked(text):
    """A text without its marks, and where its ids are: first letter, past the last, whole."""
    plain, expected, at = "", [], 0
    for match in _MARKED.finditer(text):
        plain += text[at : match.start()]
        id = match["whole"] or match["inside"]
        expected.append((id, len(plain), len(plain) + len(id), match["whole"] is not None))
        plain, at = plain + id, match.end()
    return plain + text[at:], expected


def together(name, pieces):
    text = PIECES[name][1].join(pieces)
    return f"[{text}]" if name == "a.json" else text


def check(folder, name, pieces, before="", end="\n", encoding="utf-8"):
    text, expected = unmarked(before + together(name, pieces).replace("\n", end))
    path = folder / name
    path.write_bytes(text.encode(encoding))
    source = read_source(path)
    spots = spots_in(source, ppun_bfc.load().__contains__)
    found = sorted((spot[:4] for spot in spots), key=lambda spot: spot[1])
    assert found == expected, (text, found)


@pytest.mark.parametrize("name", PIECES)
def test_each_piece_after_each_other(tmp_path, name):
    for one, other in itertools.product(PIECES[name][0], repeat=2):
        check(tmp_path, name, [one, other, one])


@pytest.mark.parametrize("name", PIECES)
def test_a_mark_of_byte_order_moves_nothing(tmp_path, name):
    for piece in PIECES[name][0]:
        check(tmp_path, name, [piece, piece], before="\ufeff")


@pytest.mark.parametrize("name", PIECES)
def test_files_of_windows_have_the_same_places(tmp_path, name):
    for one, other in itertools.pairwise([*PIECES[name][0], PIECES[name][0][0]]):
        check(tmp_path, name, [one, other, one], end="\r\n")
        check(tmp_path, name, [one, other, one], "\ufeff", "\r\n", "utf-16-le")


@given(st.data())
def test_any_pieces_in_any_order(tmp_path_factory, data):
    name = data.draw(st.sampled_from([*PIECES]))
    pieces = data.draw(st.lists(st.sampled_from(PIECES[name][0]), min_size=1, max_size=6))
    check(tmp_path_factory.mktemp("app"), name, pieces)


def test_the_pieces_are_what_they_seem():
    """Each format's own parser takes what the pieces make of it."""
    plain = {name: [unmarked(piece)[0] for piece in pieces] for name, (pieces, _) in PIECES.items()}
    json.loads(together("a.json", plain["a.json"]))
    yaml.safe_load("".join(plain["a.yaml"]))
    for piece in plain["a.toml"]:
        tomllib.loads(piece)
    whole = [piece for piece in plain["a.py"] if not piece.startswith(("h =", "m =", "f =", "d ="))]
    ast.parse("".join(whole))
    assert list(tokenize.generate_tokens(io.StringIO("".join(whole)).readline))

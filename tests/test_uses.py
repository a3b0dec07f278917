"""Where files name ids: every format, what only looks like an id, and hostile files."""

import json
import os
import re
import sqlite3
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc import InvalidData, UnreadableFile
from ppun_bfc.uses import (
    Walk,
    cells,
    columns,
    read_all,
    read_source,
    scalars,
    sources,
    spots_in,
    sql,
    strings,
    use_at,
    values,
)


class Scan:
    """Everything that a look through some files gives, at once."""

    def __init__(self, paths, known, columns=(), delimiter=None, exclude=()):
        walk = Walk(tuple(exclude))
        self.uses = []
        self.files = 0
        for source, spots in read_all(walk, paths, known, columns, delimiter):
            before = len(walk.findings)
            self.uses += [use_at(source, spot) for spot in spots]
            self.files += len(walk.findings) == before
        self.findings, self.passed = tuple(walk.findings), walk.passed


def uses_in(source, *given, **options):
    return [use_at(source, spot) for spot in spots_in(source, *given, **options)]


KNOWN = "priority:inclusion-citoyenne"


def nothing(id):
    return False


def found_in(path, **options):
    done = Scan([path], ppun_bfc.load().__contains__, **options)
    assert not done.findings
    return [(use.id, use.place.line, use.place.column, use.whole) for use in done.uses]


#: Files, and the ids in them with line, column, and whether each is a value of its own.
FILES = {
    "a.py": (
        """\
# 'action:comment'
x = "action:pass-numeriques"
y = f"action:{x}"; url = "http://service:8080/x"; z = r'theme:dark'
'''Doc of priority:inclusion-citoyenne, and theme:dark.'''
q = "SELECT * FROM t WHERE id = 'scheme:srdeii'"
e = ""; broken = "action:never
""",
        [
            ("action:pass-numeriques", 2, 6, True),
            ("theme:dark", 3, 57, True),
            ("priority:inclusion-citoyenne", 4, 11, False),
            ("scheme:srdeii", 5, 34, False),
        ],
    ),
    "b.json": (
        '{"été": "action:pass-numeriques",\n "action:old": ["x \\" y", "goal:sdg-12", "a goal:x"]}',
        [
            ("action:pass-numeriques", 1, 10, True),
            ("action:old", 2, 3, True),
            ("goal:sdg-12", 2, 28, True),
        ],
    ),
    "c.yaml": (
        "# action:no\na: action:pass-numeriques # c\n"
        "'action:old': [goal:sdg-12, \"theme:é\", été: scheme:srdeii]\n"
        "t: |\n  voir priority:inclusion-citoyenne.\n---\nb: l'été\n",
        [
            ("action:pass-numeriques", 2, 4, True),
            ("action:old", 3, 2, True),
            ("goal:sdg-12", 3, 16, True),
            ("scheme:srdeii", 3, 45, True),
            ("priority:inclusion-citoyenne", 5, 8, False),
        ],
    ),
    "d.toml": (
        "a = 'action:pass-numeriques' # 'action:no'\nb = \"\"\"\nx goal:sdg-12 \"\"\"\nc = '''goal:sdg-16'''\n",
        [
            ("action:pass-numeriques", 1, 6, True),
            ("goal:sdg-12", 3, 3, False),
            ("goal:sdg-16", 4, 8, True),
        ],
    ),
    "e.csv": (
        '\ufeffid;nom\r\naction:pass-numeriques;"l\'eau ; ""x"""\r\n"goal:sdg-12" ;été\r\n;\r\n',
        [("action:pass-numeriques", 2, 1, True), ("goal:sdg-12", 3, 2, True)],
    ),
    "f.tsv": (
        "id\tx\nscheme:srdeii\t goal:sdg-12 ",
        [("scheme:srdeii", 2, 1, True), ("goal:sdg-12", 2, 16, True)],
    ),
    "g.sql": (
        "-- 'action:no'\n/* 'action:no' */ INSERT INTO t VALUES ('action:old', 'it''s goal:sdg-12');",
        [("action:old", 2, 42, True), ("goal:sdg-12", 2, 62, False)],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_the_ids_of_a_file(tmp_path, name):
    text, expected = FILES[name]
    (tmp_path / name).write_bytes(text.encode())
    assert found_in(tmp_path / name) == expected


LOOKALIKES = [
    "http://service:8080", "user@theme:x", "a/action:x", "x-theme:dark", "theme:Dark", "theme:",
    "action:x_y", "action:-x", "scheme:a--b", "urn:policy:x", "nothing:x",
]  # fmt: skip


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_an_id_is_none(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([text, f"see {text} here"]))
    assert found_in(path) == []


IDS = st.sampled_from(["action:pass-numeriques", "theme:dark", KNOWN])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
VALUES = st.recursive(
    st.one_of(IDS, TEXTS, st.integers(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(IDS, TEXTS), inner, max_size=3)
    ),
    max_leaves=8,
)


def ids_of(value):
    if isinstance(value, dict):
        return [id for key, item in value.items() for id in ids_of(key) + ids_of(item)]
    if isinstance(value, list):
        return [id for item in value for id in ids_of(item)]
    return [value] if value in ("action:pass-numeriques", "theme:dark", KNOWN) else []


@given(VALUES, st.booleans())
def test_json_and_yaml_of_any_shape(tmp_path_factory, value, pretty):
    folder = tmp_path_factory.mktemp("app")
    as_json = json.dumps(value, indent=1 if pretty else None, ensure_ascii=pretty)
    (folder / "a.json").write_text(as_json, encoding="utf-8")
    as_yaml = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=pretty)
    (folder / "a.yaml").write_bytes(as_yaml.encode())
    for name in ("a.json", "a.yaml"):
        source = read_source(folder / name)
        uses = uses_in(source, ppun_bfc.load().__contains__)
        assert [use.id for use in uses if use.whole] == ids_of(value)
        assert all(source.text[use.start :].startswith(use.id) for use in uses)


@given(st.lists(st.lists(st.one_of(IDS, TEXTS), min_size=2, max_size=3), min_size=1, max_size=4))
def test_csv_of_any_shape(tmp_path_factory, rows):
    import csv
    import io

    text = io.StringIO(newline="")
    csv.writer(text).writerows([["a,b", "c", "d"], *rows])
    path = tmp_path_factory.mktemp("app") / "a.csv"
    path.write_bytes(text.getvalue().encode())
    source = read_source(path)
    uses = uses_in(source, ppun_bfc.load().__contains__, delimiter=",")
    assert [use.id for use in uses if use.whole] == [id for row in rows for id in ids_of(row)]
    assert all(source.text[use.start :].startswith(use.id) for use in uses)


def test_named_columns_hold_ids_and_nothing_else(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;note\nscheme:srdeii;goal:sdg-12\npas un id;x\n;y\n", encoding="utf-8")
    assert found_in(path, columns=["id"]) == [
        ("scheme:srdeii", 2, 1, True),
        ("pas un id", 3, 1, True),
    ]
    # The name of a database column says nothing of a CSV file.
    assert len(found_in(path, columns=["t.id"])) == 2


def test_a_wrong_delimiter_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;note\nscheme:srdeii;x\n")
    (finding,) = Scan([path], nothing, ["id"], ",").findings
    assert (finding.code, dict(finding.given)["names"]) == ("no-column", "id;note")
    assert "--delimiter" in finding.cure()


@pytest.mark.parametrize("mark", ["", "ab", '"', "\n"])
def test_a_delimiter_that_parts_nothing(tmp_path, mark):
    path = tmp_path / "a.csv"
    path.write_text("id;note\n")
    (finding,) = Scan([path], nothing, [], mark).findings
    assert finding.code == "bad-delimiter"


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("scheme:srdeii\n")
    assert Scan([tmp_path, path, tmp_path], nothing).files == 1


def test_a_file_that_is_not_utf8_is_read_all_the_same(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("libellé;id\nété;scheme:srdeii\n".encode("cp1252"))
    assert found_in(path) == [("scheme:srdeii", 2, 5, True)]


def test_an_encoding_is_known_late_in_a_long_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("été;scheme:srdeii\n".encode("cp1252") + b"x;\n" * 400_000 + b"goal:x;\n")
    assert [id for id, *_ in found_in(path)] == ["scheme:srdeii", "goal:x"]


def test_a_list_may_have_an_empty_place(tmp_path):
    assert ids_in(tmp_path, "a.csv", 'id\n"a:b, ,c:d"\n', columns=["id"]) == ["a:b", "c:d"]


def test_a_file_that_cannot_be_read_through_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("id\n")

    def fail(*given, **options):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UnreadableFile, match="Input/output"):
        read_source(path)


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "app.db"
    with sqlite3.connect(path) as base:
        base.execute('CREATE TABLE "my grants" (id TEXT, n INTEGER)')
        rows = [("scheme:srdeii", 1), (None, 2), ("x", 3)]
        base.executemany('INSERT INTO "my grants" VALUES (?, ?)', rows)
    base.close()
    return path


def test_the_columns_of_a_database(base):
    found = Scan([base], nothing, ["my grants.id", "note"])
    assert [(u.id, str(u.place)) for u in found.uses] == [
        ("scheme:srdeii", f"{base} my grants[1].id"),
        ("x", f"{base} my grants[3].id"),
    ]


@pytest.mark.parametrize(
    ("columns", "code"),
    [([], "needs-columns"), (["my grants.x"], "no-column"), (["none.id"], "no-column")],
)
def test_columns_that_a_database_has_not(base, columns, code):
    assert [f.code for f in Scan([base], nothing, columns).findings] == [code]


def test_hostile_files_are_findings_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.json").write_text(f'"{KNOWN}"')
    (tmp_path / "b.json").write_bytes(b'"\0"')
    with (tmp_path / "c.json").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    (tmp_path / "d.yaml").write_text('a: "x')
    (tmp_path / "e.yaml").write_bytes(b"a: \x07\n")
    (tmp_path / "f.db").write_text("not a database, though it is long enough to be one" * 20)
    (tmp_path / "g.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "h.json").symlink_to(tmp_path / "h.json")
    (tmp_path / "z.py").write_text(f"'{KNOWN}'")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "circle").symlink_to(tmp_path)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.json").write_text(f'"{KNOWN}"')
    done = Scan([tmp_path], ppun_bfc.load().__contains__, ["t.id"])
    assert [Path(use.place.file).name for use in done.uses] == ["a.json", "z.py"]
    assert [(Path(f.place.file).name, f.code, f.severity) for f in done.findings] == [
        ("b.json", "binary", "warning"),
        ("c.json", "too-large", "error"),
        ("d.yaml", "syntax", "error"),
        ("e.yaml", "syntax", "error"),
        ("f.db", "not-a-database", "error"),
        ("g.json", "unreadable", "error"),
        ("h.json", "unreadable", "error"),
    ]
    assert done.files == 2


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    outside, app = tmp_path / "a.json", tmp_path / "app"
    outside.write_text(f'"{KNOWN}"')
    app.mkdir()
    (app / "b.json").symlink_to(outside)
    (app / "c.json").write_text(f'"{KNOWN}"')
    (app / "d.json").symlink_to(app / "c.json")
    done = Scan([app], nothing)
    assert [(f.place.file, f.code, f.severity) for f in done.findings] == [
        (str(app / "b.json"), "outside", "warning")
    ]
    assert [Path(use.place.file).name for use in done.uses] == ["c.json", "d.json"]
    # One that is named oneself is meant.
    assert len(Scan([app / "b.json"], nothing).uses) == 1


def test_files_are_looked_at_in_one_order(tmp_path):
    for name in ("b/x.json", "a/y.json", "a/z.txt", "node_modules/n.json", "c.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    found = [path.relative_to(tmp_path).as_posix() for path, _ in Walk().files([tmp_path])]
    assert found == ["c.yml", "a/y.json", "b/x.json"]


def test_a_file_of_no_known_format_and_one_that_is_not_there(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InvalidData, match=r"\.json"):
        read_source(tmp_path / "a.txt")
    for name in ("b.json", "b.txt"):
        with pytest.raises(UnreadableFile, match="no such file"):
            read_source(tmp_path / name)
    with pytest.raises(UnreadableFile):
        list(uses_in(read_source(tmp_path / "b.db"), nothing, ["t.id"]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.json").touch(mode=0)
    assert [f.code for f in Scan([tmp_path], nothing).findings] == ["unreadable"]


@pytest.mark.parametrize(
    "text", ["'" + "''" * 50_000, '"""' * 9_999, "'''a" * 9_999, "[" * 100_000]
)
@pytest.mark.parametrize("name", ["a.py", "a.json", "a.toml", "a.sql", "a.yaml", "a.csv"])
def test_a_bomb_of_marks_ends(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert Scan([tmp_path], nothing).uses == []


def ids_in(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = Scan([path], ppun_bfc.load("2020.10.2").__contains__, **options)
    assert not done.findings, done.findings
    return [use.id for use in done.uses]


#: As people have files, each with the ids that must be seen.
AS_THEY_ARE = {
    "JSON: an escaped line end": ("a.json", r'{"t": "Voir :\nscheme:srdeii"}', ["scheme:srdeii"]),
    "JSON: an escaped colon": ("a.json", r'["scheme\u003asrdei"]', ["scheme:srdei"]),
    "JSON: a lone escape": ("a.json", '["\\ud800 scheme:srdeii"]', ["scheme:srdeii"]),
    "JSON: an unclosed string": ("a.json", '["a\n, "scheme:srdei"]', ["scheme:srdei"]),
    "JSON lines": (
        "a.ndjson",
        '{"a":"scheme:srdei"}\n{"a":"goal:x"}\n',
        ["scheme:srdei", "goal:x"],
    ),
    "JSON: unbalanced": ("a.json", ']}, "scheme:srdei"', ["scheme:srdei"]),
    "Python: escapes": (
        "a.py",
        r"""x = 'scheme\x3asrdei', b"scheme\072srdex", '\N{COLON}\N{x}\UFFFFFFFF'""",
        ["scheme:srdei", "scheme:srdex"],
    ),
    "Python: raw": ("a.py", r"""x = r'theme:dark', R"a\n" """, ["theme:dark"]),
    "Python: an f-string": (
        "a.py",
        """x = f'action:{y}', f"{d['scheme:srdei']} {{a}} scheme:srdeii" """,
        ["scheme:srdei", "scheme:srdeii"],
    ),
    "Python: an f-string in three marks": (
        "a.py",
        'x = f"""{a["scheme:srdei"]:>{w}} {b}"""',
        ["scheme:srdei"],
    ),
    "Python: an f-string without end": ("a.py", "x = f'{a\ny = 'scheme:srdei'", ["scheme:srdei"]),
    "Python: an f-string that is cut": ("a.py", "x = f'a\ny = 'scheme:srdei'", ["scheme:srdei"]),
    "Python: many f-strings in one another": ("a.py", "x = " + "f'{" * 12 + "1", []),
    "Python: far too many": ("a.py", "x = " + "f'{" * 9_999 + "1", []),
    "Python: a comment": ("a.py", "# l'eau\nx = 'scheme:srdei' # 'x", ["scheme:srdei"]),
    "TOML: escapes": (
        "a.toml",
        r'a = "scheme\u003Asrdei"' + "\nb = 'a\\'\n# '\nc = 'goal:x'",
        ["scheme:srdei", "goal:x"],
    ),
    "SQL: MySQL": (
        "a.sql",
        r"INSERT INTO p VALUES (1,'L\'eau','scheme:srdei'),('x\\','goal:x');",
        ["scheme:srdei", "goal:x"],
    ),
    "SQL: a comment of MySQL": (
        "a.sql",
        "# l'agence\nSELECT 'scheme:srdei' # l'eau\n;/*!40000 SELECT 'goal:x' */",
        ["scheme:srdei", "goal:x"],
    ),
    "SQL: PostgreSQL": (
        "a.sql",
        r"SELECT E'it\'s \u003a', N'goal:x', ARRAY['scheme:srdei'], a#>'{x}';",
        ["goal:x", "scheme:srdei"],
    ),
    "SQL: dollar quotes": (
        "a.sql",
        "SELECT $$it's$$, $a$scheme:srdei$a$, $f$ x := 'goal:x'; $f$; $b$ 'x",
        ["scheme:srdei", "goal:x"],
    ),
    "SQL: a dump": (
        "a.sql",
        "COPY p (a, b) FROM stdin;\n1\tscheme:srdei\n2\tl\\tgoal:sdg-12\n\\.\nSELECT 'goal:x';",
        ["scheme:srdei", "goal:sdg-12", "goal:x"],
    ),
    "SQL: a dump that is cut": ("a.sql", "COPY p FROM stdin;\nscheme:srdei\n", ["scheme:srdei"]),
    "SQL: SQL Server": ("a.sql", "SELECT [L'aide], 'scheme:srdei' FROM [t];", ["scheme:srdei"]),
    "SQL: comments without end": ("a.sql", "SELECT 'scheme:srdei' /* 'x", ["scheme:srdei"]),
    "SQL: doubled marks": (
        "a.sql",
        "SELECT 'l''eau de scheme:srdeii', \"a\"\"b\" -- x",
        ["scheme:srdeii"],
    ),
    "YAML: escapes": (
        "a.yaml",
        "a: \"scheme\\x3asrdei\"\nb: 'l''eau : scheme:srdeii'\n",
        ["scheme:srdei", "scheme:srdeii"],
    ),
    "YAML: a folded line": (
        "a.yaml",
        'a: "x\n  scheme:srdeii"\nb: "a \\\n  goal:sdg-12"\n',
        ["scheme:srdeii", "goal:sdg-12"],
    ),
    "YAML: aliases": ("a.yaml", "a: &x scheme:srdei\nb: *x\nc: {? [a] : b}\n", ["scheme:srdei"]),
    "CSV: a title": (
        "a.csv",
        "Subventions, Région, 2020, DTN\nid;scheme\n1;scheme:srdei\n",
        ["scheme:srdei"],
    ),
    "CSV: decimal commas": ("a.csv", "a;b\n1,5;scheme:srdei\n2,5;x\n", ["scheme:srdei"]),
    "CSV: names with commas": (
        "a.csv",
        '"nom, prénom, age";prio\nx;scheme:srdei\n',
        ["scheme:srdei"],
    ),
    "CSV: a list in a cell": ("a.csv", "id,p\n1,scheme:srdei|goal:x\n", ["scheme:srdei", "goal:x"]),
    "CSV: an array in a cell": (
        "a.csv",
        'id,p\n1,"{""scheme:srdei"",""goal:x""}"\n',
        ["scheme:srdei", "goal:x"],
    ),
    "CSV: a cell over lines": (
        "a.csv",
        'a;b\n"x\ny";scheme:srdei\n"";"goal:x"\n',
        ["scheme:srdei", "goal:x"],
    ),
    "CSV: a mark without end": ("a.csv", 'a;b\n"x;scheme:srdeii\n', ["scheme:srdeii"]),
    "CSV: a mark inside a cell": ("a.csv", 'a;b\n5" x;scheme:srdei\n', ["scheme:srdei"]),
    "UTF-16": ("a.json", '{"s": "scheme:srdei"}'.encode("utf-16"), ["scheme:srdei"]),
    "UTF-16, big end": (
        "a.tsv",
        b"\xfe\xff" + "id\tx\n1\tscheme:srdei\n".encode("utf-16-be"),
        ["scheme:srdei"],
    ),
    "bytes of no encoding": ("a.csv", b"x\x81;scheme:srdei\n", ["scheme:srdei"]),
    "an end that is cut": ("a.csv", "x;scheme:srdei;é".encode()[:-1], ["scheme:srdei"]),
    "Markdown": (
        "a.md",
        "Voir scheme:srdeii, `scheme:srdei`, scheme:nope",
        ["scheme:srdeii", "scheme:srdei"],
    ),
    "a notebook": (
        "a.ipynb",
        json.dumps({"cells": [{"source": ["x = 'scheme:srdei'\n", "y"]}]}),
        ["scheme:srdei"],
    ),
    "lists in text": (
        "a.json",
        json.dumps(["a|b", "['scheme:srdei', 'goal:x']", "scheme:x, et goal:y"]),
        ["scheme:srdei", "goal:x"],
    ),
}


@pytest.mark.parametrize("case", AS_THEY_ARE)
def test_files_are_read_as_people_have_them(tmp_path, case):
    name, content, expected = AS_THEY_ARE[case]
    assert ids_in(tmp_path, name, content) == expected


@pytest.mark.parametrize(
    ("content", "column", "expected"),
    [
        ("sep=;\r\nid;scheme\r\n1;scheme:srdei\r\n", "scheme", ["scheme:srdei"]),
        ("\nid;scheme\n1;scheme:srdei\n\n", "scheme", ["scheme:srdei"]),
        ("id;Priorite\u0301\n1;scheme:srdei\n", "Priorité", ["scheme:srdei"]),
        (
            "id;Schéma de cœur\n1;scheme:srdei\n".encode("cp1252"),
            "Schéma de cœur",
            ["scheme:srdei"],
        ),
        ("id;s;s\n1;scheme:srdeii;scheme:srdei\n", "s", ["scheme:srdeii", "scheme:srdei"]),
        ("Titre, long, ici\nid;s\n1;x\n", "s", ["x"]),
        ("s\nscheme:srdei;goal:x\n", "s", ["scheme:srdei"]),
        ("s,t\n\"['a', 'b']\",x\n", "s", ["a", "b"]),
    ],
)
def test_a_column_is_found_where_it_is(tmp_path, content, column, expected):
    assert ids_in(tmp_path, "a.csv", content, columns=[column]) == expected


def test_places_are_right_after_a_cell_over_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a;b\n"x\nscheme:srdeii y\nz";goal:x\n')
    done = Scan([path], lambda _: True)
    assert [(u.id, u.place.line, u.place.column) for u in done.uses] == [
        ("scheme:srdeii", 3, 1),
        ("goal:x", 4, 4),
    ]


@pytest.fixture
def tables(tmp_path):
    path = tmp_path / "b.db"
    with sqlite3.connect(path) as base:
        base.executescript(
            "create table w(code text primary key, scheme text) without rowid;"
            "insert into w values('x','scheme:srdei');"
            "create table b(id integer primary key, scheme blob, up text as (upper(scheme)));"
            "insert into b(id, scheme) values(1, x'736368656d653a737264656969');"
            "create view v as select scheme from w;"
            "create table bad(s text); insert into bad values(cast(x'ff' as text)), ('goal:x');"
            'create table l(s text); insert into l values(\'["scheme:srdei", "goal:x"]\');'
            "create view endless as with recursive c(x) as (select 1 union all select x+1 from c)"
            " select x as p from c where x < 0;"
        )
    base.close()
    return path


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("w.scheme", ["scheme:srdei"]),
        ("W.Scheme", ["scheme:srdei"]),
        ("b.scheme", ["scheme:srdeii"]),
        ("b.up", ["SCHEME:SRDEII"]),
        ("v.scheme", ["scheme:srdei"]),
        ("bad.s", ["\ufffd", "goal:x"]),
        ("l.s", ["scheme:srdei", "goal:x"]),
    ],
)
def test_databases_as_people_have_them(tables, column, expected):
    done = Scan([tables], nothing, [column])
    assert [use.id for use in done.uses] == expected
    assert not done.findings


def test_a_row_without_a_number_is_counted(tables):
    places = [str(use.place) for use in Scan([tables], nothing, ["v.scheme", "w.scheme"]).uses]
    assert [place.rpartition(" ")[2] for place in places] == ["v[1].scheme", "w[1].scheme"]


def test_a_long_table_is_read_to_its_end(tmp_path):
    path = tmp_path / "long.db"
    with sqlite3.connect(path) as base:
        base.execute("create table t(s text)")
        base.executemany("insert into t values(?)", (("goal:sdg-12",) for _ in range(60_000)))
    base.close()
    done = Scan([path], nothing, ["t.s"])
    assert (len(done.uses), done.findings) == (60_000, ())


def test_what_ails_a_database_is_told(tables, tmp_path, monkeypatch):
    from ppun_bfc.uses import columns

    monkeypatch.setattr(columns, "_STEPS", 100)
    monkeypatch.setattr(columns, "_TURNS", 100)
    monkeypatch.setattr(columns, "_PATIENCE", 0.1)
    assert [f.code for f in Scan([tables], nothing, ["endless.p"]).findings] == ["endless"]
    with sqlite3.connect(tables, isolation_level=None) as base:
        base.execute("begin exclusive")
        assert [f.code for f in Scan([tables], nothing, ["l.s"]).findings] == ["locked"]
        base.execute("rollback")
    base.close()
    broken = tmp_path / "broken.db"
    broken.write_bytes(tables.read_bytes()[:600] + b"x" * 8000)
    assert [f.code for f in Scan([broken], nothing, ["l.s"]).findings] == ["database"]
    logged = tmp_path / "logged.db"
    with sqlite3.connect(logged) as base:
        base.executescript(
            "pragma journal_mode=wal; create table l(s); insert into l values('goal:x')"
        )
    base.close()
    assert [use.id for use in Scan([logged], nothing, ["l.s"]).uses] == ["goal:x"]
    assert sorted(path.name for path in tmp_path.glob("logged*")) == ["logged.db"]


def test_a_folder_that_cannot_be_entered_is_told(tmp_path):
    walk = Walk()
    walk._tell(PermissionError(13, "Permission denied", str(tmp_path)))
    assert [(f.code, dict(f.given)["reason"]) for f in walk.findings] == [
        ("unreadable", "Permission denied")
    ]


def test_a_csv_that_goes_away_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;b\n")
    source = read_source(path)
    path.unlink()
    with pytest.raises(UnreadableFile):
        list(source.lines())
    path.mkdir()
    with pytest.raises(UnreadableFile, match="not a file"):
        read_source(path)


MARKS = [
    "'",
    '"',
    "\\'",
    '\\"',
    '"""\n',
    "'''",
    "#",
    "f'{",
    "{",
    "[",
    "/* ",
    "--",
    "$a$",
    "copy ",
    "|",
]


@pytest.mark.parametrize("name", ["a.py", "a.json", "a.toml", "a.sql", "a.csv", "a.md", "a.ipynb"])
def test_what_opens_and_never_ends_is_no_use(tmp_path, name):
    for mark in MARKS:
        (tmp_path / name).write_text("x = '" + mark * 2000)
        assert Scan([tmp_path / name], nothing).uses == []


def unbounded(tree, *, inside=False):
    """The repeats of a pattern that stand in a repeat, where the engine could try every split."""
    for op, argument in tree:
        name = str(op)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, inner = argument
            endless = most is _constants.MAXREPEAT
            if endless and inside and name != "POSSESSIVE_REPEAT":
                yield str(inner)
            # What is possessive never goes back into what it has taken.
            yield from unbounded(inner, inside=endless and name != "POSSESSIVE_REPEAT")
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from unbounded(branch, inside=inside)
        elif name == "SUBPATTERN":
            yield from unbounded(argument[3], inside=inside)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from unbounded(argument[1], inside=inside)
        elif name == "ATOMIC_GROUP":
            yield from unbounded(argument)


@pytest.mark.parametrize("pattern", ["(?:a+)+", "(?:x|(?:a*b?)*)*", "(?=(?:a+b)*)"])
def test_a_pattern_that_goes_back_would_be_seen(pattern):
    assert [*unbounded(_parser.parse(pattern))]


@pytest.mark.parametrize(
    "module", [values, strings, sql, scalars, cells, columns, sources], ids=lambda m: m.__name__
)
def test_no_pattern_of_a_reader_goes_back(module):
    for name, pattern in vars(module).items():
        if isinstance(pattern, re.Pattern):
            assert not [*unbounded(_parser.parse(pattern.pattern, pattern.flags))], name


@given(
    st.sampled_from(["a.py", "a.json", "a.toml", "a.sql", "a.yaml", "a.csv", "a.md", "a.ipynb"]),
    st.lists(
        st.sampled_from(
            [
                *MARKS,
                "scheme:srdeii",
                "a",
                ":",
                ",",
                ";",
                "\n",
                "\r\n",
                "\ufeff",
                "\u202e",
                "\ud800",
                "\0",
                "{",
                "}",
                "]",
                "- ",
                "? ",
                "&a ",
                "*a ",
                "!!x ",
                "9" * 5000,
                "\\u003a",
                "COPY a FROM stdin;",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "latin-1"]),
)
def test_whatever_a_file_holds_it_is_a_report(tmp_path_factory, name, parts, encoding):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes("".join(parts).encode(encoding, "ignore"))
    done = Scan([path], ppun_bfc.load("2020.10.2").__contains__)
    text = path.read_bytes()
    for use in done.uses:
        assert use.place.line >= 1
    assert path.read_bytes() == text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # Each place was once moved by a mutant that no test noticed.
        ("a.py", 'x = f"{a:{b}}" "goal:sdg-12"\n', [("goal:sdg-12", 1, 17)]),
        ("a.py", 'x = f"goal:sdg-12"\n', [("goal:sdg-12", 1, 7)]),
        ("a.py", 'x = f"\\x67oal:sdg-12"\n', [("goal:sdg-12", 1, 7)]),
        ("a.py", 'x = f"{a}" + f"{b[\'goal:sdg-12\']}"\n', [("goal:sdg-12", 1, 20)]),
        ("a.ipynb", '{"cells": [{"source": ["x = \\"goal:sdg-12\\""]}]}', [("goal:sdg-12", 1, 31)]),
        ("a.ipynb", '{"a": ["\\u0041 = \'goal:sdg-12\'"]}', [("goal:sdg-12", 1, 19)]),
        (
            "a.sql",
            "x $$ 'a' 'goal:sdg-12' $$ 'scheme:srdeii'",
            [("goal:sdg-12", 1, 11), ("scheme:srdeii", 1, 28)],
        ),
        (
            "a.sql",
            "x $q$goal:sdg-12$q$, 'scheme:srdeii'",
            [("goal:sdg-12", 1, 6), ("scheme:srdeii", 1, 23)],
        ),
        ("a.sql", "'l''été', 'it''s', 'goal:sdg-12'", [("goal:sdg-12", 1, 21)]),
        ("a.yaml", "a: 'it''s'\nb: 'goal:sdg-12'\n", [("goal:sdg-12", 2, 5)]),
        (
            "a.yaml",
            "a: &x \"goal:sdg-12\"\nb: !!str 'goal:sdg-12'\n",
            [("goal:sdg-12", 1, 8), ("goal:sdg-12", 2, 11)],
        ),
        (
            "a.yaml",
            "a:   goal:sdg-12\nb: |\n  goal:sdg-12\n",
            [("goal:sdg-12", 1, 6), ("goal:sdg-12", 3, 3)],
        ),
        ("a.yaml", 'a: "\\x67oal:sdg-12"\n', [("goal:sdg-12", 1, 5)]),
        ("a.csv", 'a,b\n"x ""y"" z\nw","goal:sdg-12"\n', [("goal:sdg-12", 3, 5)]),
        ("a.csv", 'a,b\nx,"  goal:sdg-12"\n', [("goal:sdg-12", 2, 6)]),
        (
            "a.csv",
            'a,b\n  x,  goal:sdg-12  \n"q",  goal:sdg-12\n',
            [("goal:sdg-12", 2, 7), ("goal:sdg-12", 3, 7)],
        ),
    ],
)
def test_the_place_is_the_first_letter(tmp_path, name, text, expected):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [use[:3] for use in found_in(path)] == expected


def test_a_cell_over_several_lines_keeps_the_columns_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('note,id\n"one, ""two""\nthree",goal:sdg-12\n"x\n""y"" z",goal:sdg-16\n')
    done = Scan([path], ppun_bfc.load().__contains__, columns=["id"])
    assert [(use.id, use.place.line) for use in done.uses] == [
        ("goal:sdg-12", 3),
        ("goal:sdg-16", 5),
    ]


def test_yaml_that_cannot_be_read_is_told_with_its_place(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: goal:sdg-12\nb:\n  - [x\nc: y\n")
    (finding,) = Scan([path], ppun_bfc.load().__contains__).findings
    assert (finding.place.line, finding.place.column, finding.code) == (4, 2, "syntax")
    assert "expected ',' or ']'" in str(finding)


def test_a_folded_text_that_is_an_id_is_found_where_it_begins(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 'goal:sdg-12'\nb: \"goal:\\\n  sdg-12\"\n")
    assert [use[:3] for use in found_in(path)] == [("goal:sdg-12", 1, 5), ("goal:sdg-12", 2, 4)]


@pytest.mark.parametrize(
    ("path", "pattern", "meant"),
    [
        ("docs/a.md", "docs", True),
        ("docs/a.md", "docs/", True),
        ("x/docs/a.md", "docs/", True),
        ("a.md", "*.md", True),
        ("x/a.md", "*.md", True),
        ("x/a.md", "x/*.md", True),
        ("y/x/a.md", "x/*.md", True),
        ("x/y/z/a.md", "x/**", True),
        ("x/a.md", "x/y/**", False),
        ("x/y/a.md", "x/**/a.md", True),
        ("x/b.md", "x/a.md", False),
        ("xdocs/a.md", "docs", False),
    ],
)
def test_what_a_pattern_means(tmp_path, path, pattern, meant):
    target = tmp_path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("x")
    assert sources.is_meant(target, tmp_path, pattern) is meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f\"{ {1: {2: 'goal:sdg-12'}}[1] }\" 'scheme:srdeii'", [14, 36]),
        ("f'{a}{b:{c}}' 'scheme:srdeii'", [16]),
        ("f'{{}}' 'scheme:srdeii'", [10]),
        ("rb'goal:sdg-12' u'scheme:srdeii'", [4, 19]),
        ("'''goal:sdg-12''' \"\"\"scheme:srdeii\"\"\"", [4, 22]),
        ("'\\U0010ffff' 'goal:sdg-12' '\\U00110000'", [15]),
    ],
)
def test_strings_of_python_to_the_letter(tmp_path, text, expected):
    path = tmp_path / "a.py"
    path.write_text(f"x = 1\n{text}\n")
    assert [column for _, line, column, _ in found_in(path) if line == 2] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a$ 'goal:sdg-12' $b$ 'scheme:srdeii' $b$ $a$ 'goal:sdg-16'", [6, 24, 48]),
        ("E'a\\'b' 'goal:sdg-12'", [10]),
        ("$x 'goal:sdg-12'", [5]),
        ("'a''' 'goal:sdg-12'", [8]),
        ("['a''b'] 'goal:sdg-12'", [11]),
        ("2/* it's */*'goal:sdg-12'", [14]),
        ("$$ 'goal:sdg-12'", []),
        ("$a$ $b$ $c$ 'goal:sdg-12' $c$ $b$ $a$", [14]),
        ("/**/'goal:sdg-12'/**/", [6]),
        ("'C:\\', 'goal:sdg-12'", [9]),
    ],
)
def test_strings_of_sql_to_the_letter(tmp_path, text, expected):
    path = tmp_path / "a.sql"
    path.write_text(text)
    assert [column for _, _, column, _ in found_in(path)] == expected


SPELLED = {
    strings.python_strings: (
        "x = 'a' + f\"b{c['d']}e\" + r'\\g' + b'h' + '\\x69' + '''j\nk''' # 'l'\n"
        "y = f'{ {1: {2: \"m\"}} }' + f'{n:{o}}' + 'p'\n"
    ),
    strings.json_strings: '{"a": ["b", "\\u0063d", {"e\\n": "f"}], "g": 1}',
    strings.toml_strings: "a = 'b'\nc = \"d\\u0065\"\nf = '''g\nh'''\n",
    sql.sql_strings: (
        "'a' E'b\\'c' N'd' $$ 'e' f $$ $q$g$q$ ['h''i'] 'j''k'\nCOPY t FROM stdin;\nl\tm\n\\.\n'n'"
    ),
    lambda text: scalars(text, "x.yaml"): (
        "\ufeffa: b\n'c''d': \"e\\x66\"\ng: [h, 'i']\nj: &k \"l\"\nm: |\n  n\n"
    ),
    strings.markdown_strings: "a `b` c\n```\nd\n```\ne",
    strings.notebook_strings: '{"cells": [{"source": ["x = \\"y\\"", "z = \'\\u0061\'"]}]}',
}


@pytest.mark.parametrize("read", SPELLED, ids=lambda read: getattr(read, "__name__", "scalars"))
def test_a_value_knows_where_each_of_its_letters_is_spelled(read):
    text = SPELLED[read]
    values_ = list(read(text))
    assert values_
    for value in values_:
        places = [value.at(n) for n in range(len(value.text) + 1)]
        assert places == sorted(places)
        assert value.spelled is None or len(value.spelled) == len(value.text) + 1
        if value.exact:
            spelled = text[places[0] : places[-1]]
            assert spelled == value.text or any(mark in spelled for mark in "\\'\"{"), (
                value,
                spelled,
            )
            for n, letter in enumerate(value.text):
                if text[places[n]] not in "\\{":
                    assert text[places[n]] == letter, (value, n)


def test_what_is_told_and_never_rewritten():
    def inexact(read, text):
        return [value.text for value in read(text) if not value.exact]

    assert inexact(strings.notebook_strings, '{"a": "x = \'y\'"}') == ["y"]
    assert inexact(strings.markdown_strings, "a `b` c") == ["a ", "b", " c"]
    folded = list(scalars('a: "b\\\n  c"\nd: e\n', "x"))
    assert [(value.text, value.exact) for value in folded] == [
        ("a", True),
        ("bc", False),
        ("d", True),
        ("e", True),
    ]
    assert [folded[1].at(n) for n in range(3)] == [3, 3, 3]


def test_what_stands_beside_what_in_yaml():
    text = "a: 1\nb: [c, d]\ne:\n  f: 1\n  g: [h]\n- x\n".replace("- x\n", "")
    among = {value.text: value.among for value in scalars(text, "x")}
    assert among["a"] == among["b"] == among["e"] is not None
    assert among["c"] == among["d"] != among["h"]
    assert among["f"] == among["g"] not in (among["a"], among["c"], among["h"])
    assert among["1"] is None


def test_a_cell_over_lines_is_no_row_of_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'note,id\n"see ""this""\nx,goal:sdg-1x y",goal:sdg-12\n"a\nb,goal:none",goal:sdg-16\n'
    )
    done = Scan([path], ppun_bfc.load().__contains__, columns=["id"])
    assert [use.id for use in done.uses] == ["goal:sdg-12", "goal:sdg-16"]

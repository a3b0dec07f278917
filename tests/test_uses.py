"""Where files name ids: every format, what only looks like an id, and hostile files."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from ppun_bfc import InvalidData, UnreadableFile
from ppun_bfc.uses import files_in, read_source, scan, uses_in

KNOWN = "priority:inclusion-citoyenne"


def nothing(id):
    return False


def found_in(path, **options):
    done = scan([path], ppun_bfc.load().__contains__, **options)
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
    (finding,) = scan([path], nothing, ["id"], ",").findings
    assert (finding.code, dict(finding.given)["names"]) == ("no-column", "id;note")
    assert "--delimiter" in finding.cure()


@pytest.mark.parametrize("mark", ["", "ab", '"', "\n"])
def test_a_delimiter_that_parts_nothing(tmp_path, mark):
    path = tmp_path / "a.csv"
    path.write_text("id;note\n")
    (finding,) = scan([path], nothing, [], mark).findings
    assert finding.code == "bad-delimiter"


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("scheme:srdeii\n")
    assert scan([tmp_path, path, tmp_path], nothing).files == 1


def test_a_file_that_is_not_utf8_is_read_all_the_same(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("libellé;id\nété;scheme:srdeii\n".encode("cp1252"))
    assert found_in(path) == [("scheme:srdeii", 2, 5, True)]


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
    found = scan([base], nothing, ["my grants.id", "note"])
    assert [(u.id, str(u.place)) for u in found.uses] == [
        ("scheme:srdeii", f"{base} my grants[1].id"),
        ("x", f"{base} my grants[3].id"),
    ]


@pytest.mark.parametrize(
    ("columns", "code"),
    [([], "needs-columns"), (["my grants.x"], "no-column"), (["none.id"], "no-column")],
)
def test_columns_that_a_database_has_not(base, columns, code):
    assert [f.code for f in scan([base], nothing, columns).findings] == [code]


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
    done = scan([tmp_path], ppun_bfc.load().__contains__, ["t.id"])
    assert [Path(use.place.file).name for use in done.uses] == ["a.json", "z.py"]
    assert [(Path(f.place.file).name, f.code, f.severity) for f in done.findings] == [
        ("b.json", "binary", "warning"),
        ("c.json", "too-large", "error"),
        ("d.yaml", "syntax", "error"),
        ("e.yaml", "syntax", "error"),
        ("f.db", "syntax", "error"),
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
    done = scan([app], nothing)
    assert [(f.place.file, f.code, f.severity) for f in done.findings] == [
        (str(app / "b.json"), "outside", "warning")
    ]
    assert [Path(use.place.file).name for use in done.uses] == ["c.json", "d.json"]
    # One that is named oneself is meant.
    assert len(scan([app / "b.json"], nothing).uses) == 1


def test_files_are_looked_at_in_one_order(tmp_path):
    for name in ("b/x.json", "a/y.json", "a/z.txt", "node_modules/n.json", "c.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    found = [path.relative_to(tmp_path).as_posix() for path, _ in files_in([tmp_path])]
    assert found == ["c.yml", "a/y.json", "b/x.json"]


def test_a_file_of_no_known_format_and_one_that_is_not_there(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InvalidData, match=r"\.json"):
        read_source(tmp_path / "a.txt")
    with pytest.raises(UnreadableFile):
        read_source(tmp_path / "b.json")
    with pytest.raises(UnreadableFile):
        uses_in(read_source(tmp_path / "b.db"), nothing, ["t.id"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.json").touch(mode=0)
    assert [f.code for f in scan([tmp_path], nothing).findings] == ["unreadable"]


@pytest.mark.parametrize(
    "text", ["'" + "''" * 50_000, '"""' * 9_999, "'''a" * 9_999, "[" * 100_000]
)
@pytest.mark.parametrize("name", ["a.py", "a.json", "a.toml", "a.sql", "a.yaml", "a.csv"])
def test_a_bomb_of_marks_ends(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert scan([tmp_path], nothing).uses == ()

"""Forms: the same bytes each time, marked with what they are, hostile names whole in each of them."""

import csv
import io
import json
import os
import re
import sqlite3
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from contextlib import closing
from decimal import Decimal
from html import unescape
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppun_bfc
from conftest import ROOT
from ppun_bfc import PpunError, export
from ppun_bfc.errors import MissingExtra, UnknownField, UnknownId, UnreadableFile, WrongType
from ppun_bfc.export import datapackage, excel, linked, mermaid, sql, sqlite, svg
from ppun_bfc.export.choices import labelled
from ppun_bfc.tables import Cell
from versions import (
    HOSTILE,
    MERGED,
    MERGED_INTO,
    RENAMED,
    RENAMED_TO,
    SPLIT,
    SPLIT_INTO,
    hostile,
    later,
    policy_of,
)

NEEDS = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
FORMS = export.forms("policy", "files")


def made(policy, form, lang="fr", **options):
    """The files of a form by their names; one file by the name of the form."""
    if form in NEEDS:
        pytest.importorskip(NEEDS[form])
    found = export.make(policy, form, lang, **options)
    return {form: found} if isinstance(found, bytes) else dict(found)


def odd(value) -> Any:
    """A value that no type checker would let through."""
    return value


def inside(data):
    """What a file says: of a zipped one, each of its members; of a database, its script."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist()).decode()
    return data.decode(errors="replace")


@pytest.fixture(scope="module")
def nasty():
    return hostile()


@pytest.fixture
def database(policy):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(export.make(policy, "sqlite"))
        yield connection


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_deterministic_marked_and_quick(policy, form):
    start = time.process_time()
    first = made(policy, form)
    spent = time.process_time() - start
    assert first == made(ppun_bfc.load(policy.version), form)
    said = "".join(map(inside, first.values()))
    if form not in {"json", "text", "dispositif-aide"}:  # these have no place for it
        assert policy.version in said
        assert policy.digest in said
        assert "etalab" in said
        assert "officielle" in unescape(said)
    assert spent < 20  # on a busy machine; benchmarks hold the two seconds


def test_editors_know_the_names_of_forms():
    assert export.forms("policy") == get_args(export.FileForm)
    assert export.forms("files") == get_args(export.FolderForm)


@pytest.mark.parametrize("form", [*NEEDS])
def test_without_the_library_it_is_one_clear_error(policy, monkeypatch, form):
    monkeypatch.setitem(sys.modules, NEEDS[form], None)
    with pytest.raises(MissingExtra, match=r"ppun-bfc\["):
        export.make(policy, form)


def test_a_form_or_an_option_that_is_not_there_is_an_error(policy):
    with pytest.raises(UnknownField, match="parquet"):
        export.make(policy, "parqet")
    with pytest.raises(UnknownField, match="foreign_keys"):
        export.make(policy, "sql", forein_keys=False)
    with pytest.raises(UnknownField, match="delimiter"):
        export.make(policy, "choices", delimiter="|")


def test_what_is_withdrawn_is_kept_and_says_where_to_go():
    policy = policy_of(json.loads(later().to_json()))
    for form in ("csv", "sql", "json-ld", "turtle", "site", "json"):
        said = "".join(map(inside, made(policy, form).values()))
        assert "deprecated" in said, form
        assert "scheme:sraddet-bfc" in said, form
    consider = policy.tables()["entity_consider"].records()
    assert [row["consider"] for row in consider if row["entity"] == SPLIT] == SPLIT_INTO


# -- hostile names -------------------------------------------------------------------------------


def labels(policy):
    return {one.id: one.label.fr for one in policy.entities(deprecated=True)}


def from_csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_hostile_names_survive_in_csv(nasty):
    rows = from_csv(made(nasty, "csv")["entity.csv"])
    assert {row["id"]: row["label_fr"] for row in rows} == labels(nasty)
    plain = made(nasty, "choices")
    assert {row["id"] for row in from_csv(plain["theme.csv"])} == {t.id for t in nasty.themes}
    for row in from_csv(plain["theme.csv"]):
        assert row["label"].startswith(nasty.get(row["id"]).label.fr)


def test_only_what_a_spreadsheet_opens_is_made_harmless(nasty):
    (name,) = [n for n in made(nasty, "choices", delimiter=";", bom=True) if n == "action.csv"]
    data = made(nasty, "choices", delimiter=";", bom=True)[name]
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [
        c for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for c in row
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert any(b"\n=1+1" in data for data in made(nasty, "choices").values())


def test_hostile_names_survive_in_sql(nasty):
    with closing(sqlite3.connect(":memory:")) as connection:
        script = made(nasty, "sql")["sql"].decode()
        for _ in range(2):
            connection.executescript(script)
        assert dict(connection.execute("SELECT id, label_fr FROM ppun_entity")) == labels(nasty)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made(nasty, "sqlite")["sqlite"])
        assert dict(connection.execute("SELECT id, label_fr FROM entity")) == labels(nasty)


def test_hostile_names_survive_in_json(nasty):
    said = json.loads(made(nasty, "json-ld")["json-ld"])
    found = {
        node["@id"].partition("/id/")[2]: node["skos:prefLabel"][0]["@value"]
        for node in said["@graph"]
        if "/id/" in node["@id"] and "skos:prefLabel" in node
    }
    assert labels(nasty).items() <= found.items()
    site = made(nasty, "site")
    for id, label in labels(nasty).items():
        assert json.loads(site[f"id/{id.replace(':', '/')}.json"])["label"]["fr"] == label


def test_hostile_names_survive_in_a_picture(nasty):
    root = ET.fromstring(made(nasty, "svg")["svg"])
    shown = " ".join("".join(root.itertext()).split())
    for one in nasty.priorities:
        assert "".join(one.label.fr.split()) in "".join(shown.split())
    assert {element.tag.partition("}")[2] for element in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "text",
    }  # fmt: skip


def test_hostile_names_survive_in_a_chart(nasty):
    chart = made(nasty, "mermaid")["mermaid"].decode()
    shown = re.findall(r'^  n\d+\["(.*)"\]$', chart, re.MULTILINE)
    read = {re.sub(r"#(\d+);", lambda m: chr(int(m[1])), text) for text in shown}
    assert {one.headline("fr") for one in nasty.themes} <= read


def test_hostile_names_survive_in_a_workbook(nasty):
    pytest.importorskip("xlsxwriter")
    with zipfile.ZipFile(io.BytesIO(excel.workbook(nasty))) as archive:
        root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n]
    assert not any(b"<f>" in sheet for sheet in sheets)
    shown = {"".join(item.itertext()) for item in root}
    assert {one.label.fr for one in nasty.figures} <= shown


def test_hostile_names_survive_in_parquet(nasty):
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    data = made(nasty, "parquet")["entity.parquet"]
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert {row["id"]: row["label_fr"] for row in rows} == labels(nasty)


def test_hostile_names_survive_in_tables_of_others(nasty):
    rows = list(
        csv.DictReader(io.StringIO(made(nasty, "dispositif-aide")["dispositif-aide"].decode()))
    )
    assert {row["titre"] for row in rows} <= {one.label.fr for one in nasty.aids}
    assert len({row["id"] for row in rows}) == len(rows) > 0
    text = made(nasty, "sssom")["sssom"].decode()
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    for row in csv.DictReader(lines, delimiter="\t"):
        assert row["subject_label"] == " ".join(nasty.get(row["subject_id"][5:]).label.fr.split())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_survives_in_sql_and_turtle(text):
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute(f"SELECT {sql.literal(text)}").fetchone() == (text,)
        name = sql.quoted(text)
        connection.execute(f"CREATE TABLE {sql.quoted('t')} ({name} TEXT)")
        assert connection.execute("SELECT * FROM t").description[0][0] == text
    assert json.loads(linked._literal(text)) == text


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.decimals(0, 10**12, places=2), st.dates()
)  # fmt: skip


@given(CELLS)
def test_any_value_is_told_exactly(cell):
    told = datapackage.told(cell)
    written = sql.literal(cell)
    if isinstance(cell, Decimal):
        assert Decimal(told) == cell == Decimal(written.strip("'"))
        assert "E" not in told.upper()
    elif cell is None:
        assert (told, written) == ("", "NULL")
    elif isinstance(cell, bool):
        assert told == written.lower() == str(cell).lower()
    else:
        assert told == str(cell) == written.strip("'")


# -- forms one by one ----------------------------------------------------------------------------


def test_the_description_of_a_data_package_describes_every_file(policy):
    files = made(policy, "csv")
    about = json.loads(files.pop("datapackage.json"))
    assert {resource["path"] for resource in about["resources"]} == set(files)
    for resource in about["resources"]:
        header = files[resource["path"]].decode().splitlines()[0].split(",")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(
            field["title"] and field["title_en"] and field["description"] for field in fields
        )
    assert any("foreignKeys" in resource["schema"] for resource in about["resources"])


def test_a_draft_says_no_day(tiny):
    from ppun_bfc.authoring import draft

    policy = draft(tiny)
    about = json.loads(made(policy, "csv")["datapackage.json"])
    assert "created" not in about
    for form in FORMS:
        made(policy, form)


def test_sql_takes_a_prefix_and_leaves_foreign_keys_out(policy):
    script = made(policy, "sql", prefix="ref_", foreign_keys=False)["sql"].decode()
    assert '"ref_entity"' in script
    assert "FOREIGN KEY" not in script
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        (count,) = connection.execute("SELECT count(*) FROM ref_entity").fetchone()
    assert count == len(policy.entities(deprecated=True))


def test_sql_runs_twice_without_change_and_moves_to_a_later_version(policy):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        old = ppun_bfc.load(policy.previous)
        connection.executescript(made(old, "sql")["sql"].decode())
        script = made(policy, "sql")["sql"].decode()
        connection.executescript(script)
        once = list(connection.iterdump())
        connection.executescript(script)
        assert list(connection.iterdump()) == once
        assert not list(connection.execute("PRAGMA foreign_key_check"))
        (named,) = connection.execute("SELECT version FROM ppun_version").fetchone()
        assert named == policy.version


def test_a_database_has_every_table_and_its_rows(policy, database):
    for table in policy.tables().values():
        names = ", ".join(map(sql.quoted, table.names))
        rows = database.execute(f"SELECT {names} FROM {sql.quoted(table.name)}").fetchall()
        assert len(rows) == len(table.rows)
        texts = [c.name for c in table.columns if c.type in {"text", "integer"}]
        places = [table.names.index(name) for name in texts]
        told = sorted(repr([row[at] for at in places]) for row in rows)
        assert told == sorted(repr([row[at] for at in places]) for row in table.rows)


def test_the_views_of_a_database_join_what_people_ask_for(policy, database):
    cells = list(database.execute("SELECT priority, scheme, strength FROM matrix_priority_scheme"))
    matrix = policy.matrix("priority", "scheme")
    assert cells == [(c.row.id, c.column.id, c.strength) for c in matrix]
    actions = dict(database.execute("SELECT id, theme FROM action_with_theme"))
    assert list(actions) == [one.id for one in policy.actions]
    for view in sqlite.VIEWS:
        assert database.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0


def test_a_database_searches_without_accents(database):
    found = database.execute("SELECT id FROM search WHERE search MATCH 'mediation' ORDER BY rank")
    assert any("mediation" in id for (id,) in found)


def test_names_in_a_list_to_choose_from_are_unique(policy, nasty):
    for version in (policy, nasty):
        files = made(version, "choices")
        del files["LISEZMOI.txt"]
        for name, data in files.items():
            rows = from_csv(data)
            assert len({row["label"] for row in rows}) == len(rows), name
    things = [one for one in nasty.actions if one.label.fr == HOSTILE[0]]
    assert len(set(labelled(nasty, things))) == len(things)


def test_a_concept_has_one_way_up(policy):
    nodes: dict[Any, dict[str, Any]] = {node["@id"]: node for node in linked.graph(policy)}
    concepts = [node for node in nodes.values() if "skos:inScheme" in node]
    assert concepts
    for node in concepts:
        assert ("skos:broader" in node) != ("skos:topConceptOf" in node)
    derived = [link for link in policy.links if link.basis == "derived"]
    for link in derived:
        statement = nodes[f"{linked.BASE}link/{link.source}/{link.relation}/{link.target}"]
        assert statement["ppun:basis"] == "derived"
        source = nodes[f"{linked.BASE}id/{link.source}"]
        assert linked.ref(linked.BASE, link.target) not in source.get(f"ppun:{link.relation}", [])


def test_linked_data_takes_a_base(policy):
    said = made(policy, "json-ld", base="https://data.example.org/")["json-ld"].decode()
    assert '"https://data.example.org/id/scheme:srdeii"' in said
    assert linked.BASE + "id/" not in said


def test_a_chart_of_a_part(policy):
    chart = mermaid.subtree(policy, "theme:inclusion").decode()
    assert chart.count("-->") == len(policy.descendants("theme:inclusion"))
    with pytest.raises(UnknownId):
        mermaid.subtree(policy, "theme:inclusio")


def test_a_picture_of_nothing_is_a_picture(policy):
    root = ET.fromstring(svg.matrix(policy.matrix([], []), "en"))
    assert "".join(root.find("{http://www.w3.org/2000/svg}title").itertext()) == ""
    assert "inherited" in "".join(root.itertext())


def test_every_address_of_a_site_is_listed(policy):
    files = made(policy, "site")
    index = json.loads(files["index.json"])
    assert {*index["paths"], "index.json"} == set(files)
    thing = json.loads(files["id/priority/inclusion-citoyenne.json"])
    assert thing["children"]
    assert len(thing["links"]) == len(policy.related("priority:inclusion-citoyenne"))


# -- writing -------------------------------------------------------------------------------------


def test_a_file_or_a_folder_is_written_whole(policy, tmp_path):
    export.write(policy, "sql", tmp_path / "a.sql")
    assert (tmp_path / "a.sql").read_bytes() == export.make(policy, "sql")
    (tmp_path / "empty").mkdir()
    for name in ("site", "empty"):
        export.write(policy, "choices", tmp_path / name)
        found = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        assert found == export.make(policy, "choices")
    assert not list(tmp_path.glob(".ppun*"))


def test_what_stands_there_is_replaced_only_by_force(policy, tmp_path):
    for form, name in (("sql", "file"), ("choices", "folder")):
        target = tmp_path / name
        export.write(policy, form, target)
        with pytest.raises(UnreadableFile, match="--force"):
            export.write(policy, form, target)
    (tmp_path / "folder" / "old.csv").write_text("of an earlier version")
    export.write(policy, "choices", tmp_path / "folder", force=True)
    assert not (tmp_path / "folder" / "old.csv").exists()
    export.write(policy, "sql", tmp_path / "file", force=True)


def test_a_folder_that_holds_something_else_is_not_replaced(policy, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "thesis.odt").write_text("mine")
    with pytest.raises(UnreadableFile, match="thesis"):
        export.write(policy, "choices", tmp_path, force=True)
    assert (tmp_path / "deep" / "thesis.odt").read_text() == "mine"


def test_what_a_killed_process_had_moved_away_comes_back(policy, tmp_path):
    for name, is_back in (("lost", True), ("kept", False)):
        moved = tmp_path / f".ppun-999999999-{name}.old"
        moved.mkdir()
        (moved / "a.csv").write_text("old")
        if not is_back:
            (tmp_path / name).mkdir()
    of_one_that_runs = tmp_path / f".ppun-{os.getpid()}-mine.old"
    of_one_that_runs.mkdir()
    export.write(policy, "choices", tmp_path / "new")
    of_one_that_runs.rmdir()
    assert (tmp_path / "lost" / "a.csv").read_text() == "old"
    assert not list((tmp_path / "kept").iterdir())
    assert not list(tmp_path.glob(".ppun-*"))


def test_a_place_that_cannot_be_written_is_one_error_and_nothing_is_left(policy, tmp_path):
    (tmp_path / "file").write_text("mine")
    cases = [
        ("choices", tmp_path / "none" / "folder"),
        ("choices", tmp_path / "file" / "folder"),
        ("choices", tmp_path / "file"),
        ("sql", tmp_path),
        ("sql", tmp_path / "none" / "file"),
    ]
    before = sorted(tmp_path.rglob("*"))
    for form, target in cases:
        with pytest.raises(UnreadableFile):
            export.write(policy, form, target, force=True)
    with pytest.raises(WrongType):
        export.write(policy, "sql", odd(3))
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_one_error(policy, cli):
    with open("/dev/full", "wb") as full:
        import subprocess

        done = subprocess.run(
            [sys.executable, "-m", "ppun_bfc", "--lang", "en", "export", "sql"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_leftover_folder_of_a_killed_process_goes(policy, tmp_path):
    left = tmp_path / ".ppun-999999999-abc.tmp"
    left.mkdir()
    (left / "a.csv").write_text("half")
    export.write(policy, "sql", tmp_path / "a.sql")
    assert not left.exists()


# -- the command ---------------------------------------------------------------------------------


def test_the_command_writes_a_form(policy, cli, tmp_path):
    target = tmp_path / "out"
    done = cli(
        "export", "choices", "--output", target, "--option", "delimiter=;", "--option", "bom"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (target / "theme.csv").read_bytes().startswith(b"\xef\xbb\xbflabel;id;group")
    again = cli("export", "choices", "--output", target)
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert cli("export", "choices", "--output", target, "--force").returncode == 0
    piped = cli("export", "turtle", "--option", "base=https://data.example.org/")
    assert "<https://data.example.org/id/scheme:srdeii>" in piped.stdout
    script = cli("export", "sql", "--option", "foreign-keys=no").stdout
    assert script.encode() == export.make(policy, "sql", "en", foreign_keys=False)


def test_the_command_says_what_it_cannot(cli):
    folder = cli("export", "csv")
    assert folder.returncode == 2
    assert "--output" in folder.stderr
    unknown = cli("export", "exel")
    assert unknown.returncode == 2
    assert "xlsx" in unknown.stderr
    option = cli("export", "sql", "--option", "colour=red")
    assert option.returncode == 1
    assert "prefix" in option.stderr


def test_every_error_is_one_of_ours(policy):
    for wrong in (
        lambda: export.make(policy, "x"),
        lambda: export.write(policy, "sql", odd(object())),
    ):
        with pytest.raises(PpunError):
            wrong()


def test_every_form_stands_on_its_page():
    page = (ROOT / "docs" / "en" / "reference" / "export.md").read_text(encoding="utf-8")
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in row.split("`")
    }
    assert set(FORMS) <= named


# -- types and moves -----------------------------------------------------------------------------


def test_ids_as_types_of_python(cli, policy, nasty, tmp_path):
    for version in (policy, nasty):
        module: dict[str, Any] = {}
        exec(export.make(version, "python"), module)
        assert get_args(module["ActionId"]) == tuple(one.id for one in version.actions)
        assert module["VERSION"] == version.version
    target = tmp_path / "ids.py"
    stale = cli("codegen", "python", "--output", target, "--check", cwd=tmp_path)
    assert stale.returncode == 1
    assert cli("codegen", "python", "--output", target, cwd=tmp_path).returncode == 0
    assert cli("codegen", "python", "--output", target, "--check", cwd=tmp_path).returncode == 0
    (tmp_path / "pyproject.toml").write_text("")
    assert cli("pin", "2020.10.1", cwd=tmp_path).returncode == 0
    assert cli("codegen", "python", "--output", target, "--check", cwd=tmp_path).returncode == 1
    assert 'VERSION = "2020.10.1"' in cli("codegen", "python", cwd=tmp_path).stdout
    asked = cli("--policy", "2020.10.2", "codegen", "python", cwd=tmp_path)
    assert 'VERSION = "2020.10.2"' in asked.stdout
    assert cli("codegen", "cobol").returncode == 2


def test_ids_as_a_schema(cli, policy):
    made = json.loads(cli("schema", "--ids").stdout)
    schemas = made["components"]["schemas"]
    assert schemas["SchemeId"]["enum"] == [one.id for one in policy.schemes]
    for wrong in (("schema",), ("schema", "snapshot", "--ids")):
        assert cli(*wrong).returncode == 2


def test_a_column_of_a_database_is_moved(cli, tmp_path):
    (tmp_path / "later.json").write_bytes(later().to_json())
    version = ppun_bfc.read(tmp_path / "later.json")
    script = cli("migrate", "--sql", "project.scheme", "--to", tmp_path / "later.json").stdout
    assert script.encode() == sql.moves(version, "project.scheme", "en")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE project (scheme TEXT)")
        old = [(RENAMED,), (MERGED,), (SPLIT,), ("scheme:srdeii",), (None,)]
        connection.executemany("INSERT INTO project VALUES (?)", old)
        *_, query = script.split("\n-- ")
        for _ in range(2):
            connection.executescript(script)
            moved = [row for (row,) in connection.execute("SELECT scheme FROM project")]
            assert moved == [RENAMED_TO, MERGED_INTO, SPLIT, "scheme:srdeii", None]
        left = query.partition("\n")[2]
        assert connection.execute(left).fetchall() == [(SPLIT, 1)]
    assert "-- scheme:tourisme: scheme:srdeii, scheme:sresri" in script
    assert "SELECT" not in sql.moves(ppun_bfc.load("2020.10.1"), "project.scheme").decode()
    assert "UPDATE" not in sql.moves(ppun_bfc.load(), "project.scheme").decode()
    assert '"a"."b"' in sql.moves(version, "a.b.c").decode()
    for wrong in ("scheme", "project.", ".scheme"):
        with pytest.raises(UnknownField, match="TABLE"):
            sql.moves(version, wrong)
    assert cli("migrate").returncode == 2

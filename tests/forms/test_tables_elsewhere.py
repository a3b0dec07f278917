"""Tables as other people's programs read them: DuckDB, Polars, frictionless, PostgreSQL, LibreOffice."""

import json
import shutil
import subprocess

import pytest

import ppun_bfc
from ppun_bfc import export
from ppun_bfc.export import sql
from versions import MERGED, MERGED_INTO, later, policy_of

pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's libraries


@pytest.fixture
def folder(version, tmp_path):
    """Writes a form, and gives its path."""

    def written(form, **options):
        target = tmp_path / form
        export.write(version, form, target, **options)
        return target

    return written


def labels(version):
    return {one.id: one.label.fr for one in version.entities(deprecated=True)}


def test_parquet_is_read_by_three_engines(version, folder, need):
    need("pyarrow")
    path = str(folder("parquet") / "entity.parquet")
    duckdb, polars = need("duckdb"), need("polars")
    rows = duckdb.sql(f"SELECT id, label_fr FROM read_parquet('{path}')").fetchall()
    assert dict(rows) == labels(version)
    assert dict(polars.read_parquet(path).select("id", "label_fr").iter_rows()) == labels(version)
    from pyarrow import parquet

    assert parquet.read_table(path).to_pylist() == version.tables()["entity"].records()
    figure = path.replace("entity", "figure")
    (kind,) = {row[0] for row in duckdb.sql(f"SELECT typeof(value) FROM '{figure}'").fetchall()}
    assert kind.startswith("DECIMAL")


def test_a_data_package_is_valid(folder, need):
    frictionless = need("frictionless")
    path = folder("csv")
    report = frictionless.validate(str(path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])[:5]
    assert len(report.tasks) > 50


def test_a_data_package_that_is_broken_is_not_valid(folder, need):
    frictionless = need("frictionless")
    path = folder("csv")
    action = path / "action.csv"
    lines = action.read_bytes().split(b"\r\n", 2)
    first = lines[1].replace(b"action:", b"action:no-such-", 1)
    action.write_bytes(b"\r\n".join([lines[0], first, lines[2]]))
    report = frictionless.validate(str(path / "datapackage.json"))
    found = {error for (error,) in report.flatten(["type"])}
    assert "foreign-key" in found


@pytest.mark.parametrize("is_broken", [False, True])
def test_its_description_meets_the_profile(folder, program, standards, tmp_path, is_broken):
    about = json.loads((folder("csv") / "datapackage.json").read_text(encoding="utf-8"))
    profiles = {"": about, "dataresource": about["resources"][0]}
    for name, value in profiles.items():
        value.pop("$schema", None)
        if is_broken:
            value.pop("resources" if not name else "name")
        path = tmp_path / "value.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        schema = standards / f"datapackage-2.0-{name or 'datapackage'}.json"
        done = program("check-jsonschema", "--schemafile", schema, path)
        assert (done.returncode == 0) != is_broken, done.stdout


def test_sql_runs_twice_without_change_in_postgresql(version, postgres):
    script = export.make(version, "sql", prefix="twice_").decode()
    tables = [f"twice_{name}" for name in version.tables()]

    def everything():
        return postgres("".join(f'SELECT t::text FROM "{name}" t ORDER BY 1;\n' for name in tables))

    postgres(script)
    once = everything()
    postgres(script)
    assert everything() == once
    told = postgres("SELECT json_object_agg(id, label_fr) FROM twice_entity;")
    assert json.loads(told) == labels(version)
    postgres("".join(f'DROP TABLE "{name}" CASCADE;\n' for name in tables))


def test_a_foreign_key_of_somebody_else_holds_in_postgresql(postgres):
    version = ppun_bfc.load()
    postgres(export.make(version, "sql", prefix="held_").decode())
    postgres("CREATE TABLE project (scheme TEXT REFERENCES held_entity (id));")
    postgres("INSERT INTO project VALUES ('scheme:srdeii');")
    with pytest.raises(subprocess.CalledProcessError):
        postgres("INSERT INTO project VALUES ('scheme:srdei');")
    postgres(export.make(version, "sql", prefix="held_").decode())
    assert postgres("SELECT count(*) FROM project;").strip() == "1"


def test_numbers_are_exact_in_postgresql(postgres):
    version = ppun_bfc.load()
    postgres(export.make(version, "sql", prefix="exact_").decode())
    told = postgres("SELECT value FROM exact_figure WHERE id = 'figure:aide-thd-total';")
    assert told.strip().startswith("162000000")


def test_a_workbook_is_opened_by_libreoffice(version, folder, need, missing, tmp_path):
    need("xlsxwriter")
    if not shutil.which("soffice"):
        missing("LibreOffice")
    path = folder("xlsx").rename(tmp_path / "ppun.xlsx")
    for target in ("pdf", "csv"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
             "--convert-to", target, "--outdir", tmp_path, path],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    assert (tmp_path / "ppun.pdf").stat().st_size > 50_000
    assert version.version in (tmp_path / "ppun.csv").read_text(encoding="cp1252")


def test_datasette_serves_the_database(version, folder, program):
    path = folder("sqlite").rename(folder("choices") / "ppun.db")
    done = program("datasette", path, "--get", "/ppun/matrix_priority_scheme.json?_shape=array")
    assert len(json.loads(done.stdout)) == len(version.priorities) * len(version.schemes)


def test_a_column_is_moved_in_postgresql(postgres):
    version = policy_of(json.loads(later().to_json()))
    postgres("CREATE TABLE moved (goal TEXT);")
    postgres(f"INSERT INTO moved VALUES ('{MERGED}'), ('scheme:tourisme');")
    for _ in range(2):
        told = postgres(sql.moves(version, "public.moved.goal").decode())
        assert told.strip() == "scheme:tourisme|1"
        rows = postgres("SELECT goal FROM moved ORDER BY 1;").split()
        assert rows == [MERGED_INTO, "scheme:tourisme"]

"""Files: read and written whole, and what cannot be is one error."""

import os
import runpy
import shutil
import subprocess
import sys
from fractions import Fraction
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import ppun_bfc
from ppun_bfc import UnreadableFile, WrongType, check_files, migrate
from ppun_bfc.authoring import publish
from ppun_bfc.files import alone_in, list_folder, write_file
from ppun_bfc.models import EdtfDate
from ppun_bfc.once import once
from ppun_bfc.published import checkout_folder, published_folder


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        list_folder(tmp_path / "none")
    assert [path.name for path in list_folder(Path(__file__).parent / "tiny")] == [
        "a.yaml", "b.yaml", "c.yaml"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_a_name_that_no_folder_can_have(tiny, name):
    with pytest.raises(UnreadableFile):
        publish(tiny, name)


def test_the_data_are_in_the_package_wherever_it_is(tmp_path):
    assert published_folder().is_dir()
    assert (published_folder(tmp_path / "a" / "b") / "index.json").is_file()


def test_one_is_taken_for_one_and_what_is_none_is_told(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('"scheme:srdeii"')
    assert check_files(str(path)).uses == check_files(path).uses == check_files([path]).uses
    assert migrate("scheme:srdeii") == migrate(["scheme:srdeii"])
    for wrong in (7, [7], None):
        with pytest.raises(WrongType, match="a path, or several"):
            check_files(wrong)  # type: ignore[arg-type]
    with pytest.raises(WrongType):
        migrate(7)  # type: ignore[arg-type]


def test_what_is_made_once_is_kept():
    class Thing:
        made = 0

        @once
        def value(self):
            """A value."""
            self.made += 1
            return object()

    thing = Thing()
    assert thing.value is thing.value
    assert thing.made == 1
    assert isinstance(Thing.value, once)
    assert Thing.value.__doc__ == "A value."
    assert ppun_bfc.PolicyVersion.schemes.__doc__.startswith("A strategy")


def test_dates_compare_with_days():
    import datetime as dt

    day, month = EdtfDate("2021-06-15"), EdtfDate("2021-06")
    assert day <= dt.date(2021, 6, 15) <= day
    assert not day < dt.date(2021, 6, 15)
    assert not day > dt.datetime(2021, 6, 15, 12)
    assert month < dt.date(2021, 6, 15) < EdtfDate("2022")
    assert month >= dt.date(2021, 6, 1)
    assert dt.datetime(2021, 6, 15, 12) in month
    with pytest.raises(TypeError):
        _ = day < 3  # type: ignore[operator]
    for compare in (day.__le__, day.__gt__, day.__ge__):
        assert compare(3) is NotImplemented  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match="immutable"):
        del day.text


@pytest.mark.parametrize(
    "amount", [350_000, 350_000.0, Fraction(700_000, 2), "350 000 €", "350000,00"]
)
def test_amounts_may_be_given_in_many_ways(amount):
    policy = ppun_bfc.load("2020.10.2")
    assert policy.grant("developper-les-tiers-lieux", amount).most == 157_500


class Liar:
    def __index__(self):
        raise ValueError


def test_an_amount_that_promises_what_it_does_not_keep():
    with pytest.raises(ppun_bfc.BadQuantity):
        ppun_bfc.load("2020.10.2").grant("developper-les-tiers-lieux", Liar())


def test_a_collection_takes_entities_too():
    policy = ppun_bfc.load("2020.10.1")
    scheme = policy.schemes["srdeii"]
    assert policy.schemes[scheme] is scheme
    assert scheme in policy.schemes
    assert scheme not in policy.priorities
    with pytest.raises(WrongType, match="an id or an entity"):
        policy.matrix().cell(7, scheme)  # type: ignore[arg-type]


@pytest.mark.parametrize("seen", [PermissionError(1, "another's"), OverflowError("too large")])
def test_half_a_file_is_cleared_when_its_process_is_surely_gone(tmp_path, monkeypatch, seen):
    def ask(process, signal):
        raise seen

    half = tmp_path / ".ppun-123-x.tmp"
    half.write_text("half")
    monkeypatch.setattr(os, "kill", ask)
    write_file(tmp_path / "a.txt", b"a")
    assert half.exists() is isinstance(seen, PermissionError)


def test_where_processes_cannot_be_asked_nothing_is_cleared(tmp_path, monkeypatch):
    half = tmp_path / ".ppun-999999999-x.tmp"
    half.write_text("half")
    monkeypatch.setattr(sys, "platform", "win32")
    with alone_in(tmp_path):  # nor is there a lock on folders
        write_file(tmp_path / "a.txt", b"a")
    assert half.exists()


def test_a_folder_that_may_not_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UnreadableFile, match="may not be written"):
        write_file(tmp_path / "a.txt", b"a")
    assert not [*tmp_path.iterdir()]


def test_what_freezes_an_application_is_told_of_data_and_modules():
    found = entry_points(group="pyinstaller40", name="hook-dirs")
    (point,) = (point for point in found if point.value.startswith("ppun_bfc"))
    (folder,) = point.load()()
    told = runpy.run_path(f"{folder}/hook-ppun_bfc.py")
    assert {"ppun_bfc.crossref.network", "ppun_bfc.cli.app"} <= {*told["hiddenimports"]}
    places = {place: Path(data) for data, place in told["datas"]}
    assert (places.pop("ppun_bfc/data/published") / "index.json").exists()
    # Every file of the package that is no module goes with it.
    package = Path(ppun_bfc.__file__).parent
    for path in (path for path in package.rglob("*.*") if path.suffix not in (".py", ".pyc")):
        name = path.relative_to(package)
        if name.parts[0] != "data" and path.suffix not in (".pyi", ".typed"):
            assert places[f"ppun_bfc/{name.parent}"] in (path, path.parent)


def unmeasured():
    """The environment of a process whose lines are not counted."""
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


@pytest.mark.parametrize("with_data", [True, False])
def test_a_zip_is_a_place_to_be_imported_from(tmp_path, with_data):
    if not with_data and checkout_folder() is None:
        pytest.skip("whoever copies an installed package copies its data")
    site = tmp_path / "site/ppun_bfc"
    shutil.copytree(Path(ppun_bfc.__file__).parent, site, ignore=shutil.ignore_patterns("data"))
    if with_data:
        shutil.copytree(str(published_folder()), site / "data/published")
    archive = shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {archive!r}); import ppun_bfc; print(ppun_bfc.__file__);"
        "from ppun_bfc.export import make;"
        "print(ppun_bfc.load().matrix().rows[0].id, len(ppun_bfc.published.check_published()));"
        "print(ppun_bfc.load().search('ordi')[0].id, make(ppun_bfc.load(), 'html')[:15])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=unmeasured(),
    )
    assert archive in done.stdout
    assert "priority:" in done.stdout


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        ('{"url": "file:///a/my%20portal", "dir_info": {"editable": true}}', True),
        ('{"url": "file:///a/my%20portal", "dir_info": {}}', False),
        ('{"url": "https://example.org/a.whl", "archive_info": {}}', False),
        (None, False),
    ],
)
def test_an_editable_install_tells_its_checkout(tmp_path, monkeypatch, origin, found):
    folder = tmp_path / "ppun_bfc-0.1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: ppun-bfc\nVersion: 0.1.0\n", encoding="utf-8")
    if origin:
        (folder / "direct_url.json").write_text(origin, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert checkout_folder() == (Path("/a/my portal/data/published") if found else None)


def test_without_an_install_there_is_no_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert checkout_folder() is None


FORKS = """
import os, threading
from ppun_bfc.published import Publications, published_folder
folder, over = published_folder(), threading.Event()
shared = Publications(folder)
# What is imported meanwhile is locked by Python itself, in the child for ever.
Publications(folder).load().matrix()
def load():
    while not over.is_set():
        Publications(folder).load().matrix()
        shared.load()
thread = threading.Thread(target=load)
thread.start()
statuses = []
for _ in range(20):
    if (child := os.fork()) == 0:
        shared.load().matrix()
        os._exit(0)
    statuses.append(os.waitpid(child, 0)[1])
over.set()
thread.join()
print(statuses)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_that_is_forked_while_a_thread_loads_can_load():
    # What traces lines has locks of its own, which a child may wait for.
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKS],
        capture_output=True, text=True, check=True, timeout=120, env=unmeasured(),
    )  # fmt: skip
    assert done.stdout == f"{[0] * 20}\n"


def test_what_a_collection_has_not_may_have_a_default():
    schemes = ppun_bfc.load().schemes
    assert schemes.get("none", "nothing") == "nothing"
    assert schemes.get("srdeii", "nothing") is schemes["srdeii"]

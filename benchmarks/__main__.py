"""
Every cost that DESIGN section 7 bounds, measured in one run and printed as one table.

A cost is a ratio to a floor that is measured beside it, in processes that take turns, so that what
slows the machine slows both. This process reads no data: the peak memory of a process that it
starts would begin at its own.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

_CHECKOUT = Path(__file__).resolve().parents[1]
_MEGABYTE = 1_000_000
_HEADER = ("what", "data", "measured ratio (median)", "spread (min–max)", "must", "aim", "ok")

# -- what the measured processes run ---------------------------------------------------------------

_SHIPPED = """
from ppun_bfc.published import shipped
publications = shipped()
"""
_USE_FOLDER = """
from pathlib import Path
from ppun_bfc.published import Publications
publications = Publications(Path({folder!r}))
"""
_FIRST_READ = """
publications.load().get({id!r})
"""
# The first question of each sort, of the data that ships.
_ASKED = {
    "related": 'load().related("goal:sdg-12")',
    "explain": 'load().explain("priority:transformation-economie", "scheme:srdeii")',
    "matrix": "load().matrix()",
    "grant": 'load().grant("developper-les-tiers-lieux", 350_000)',
    "offers": 'load().offers("actor:communes", population=800)',
    "search": 'load().search("micro-folies")',
}
# Both sides of the comparison import the same modules first.
_LOAD = """
import json, time
import ppun_bfc.policy
start = time.perf_counter()
policy = publications.load()
print(time.perf_counter() - start)
"""
_PARSE = """
import json, time
import ppun_bfc.policy
data = (publications.folder / {name!r}).read_bytes()
start = time.perf_counter()
snapshot = json.loads(data)
print(time.perf_counter() - start)
"""
_LOOK_UP = """
import json, timeit
policy = publications.load()
class Floor:
    def __init__(self, found):
        self._found = found
    def get(self, id):
        return self._found[id]
ids = [entity.id for entity in policy.entities()]
floor = Floor({{id: policy.get(id) for id in ids}})
for id in ids:
    policy.related(id)
number = max(1, 200_000 // len(ids))
names = {{"policy": policy, "floor": floor, "ids": ids}}
def seconds(body):
    return timeit.timeit("for id in ids: " + body, globals=names, number=number) / number
found = {{}}
for _ in range({repeats}):
    least = seconds("floor.get(id)")
    for name in ("get", "related"):
        ratio = seconds(f"policy.{{name}}(id)") / least
        found.setdefault(f"`{{name}}` / a plain method that does one look-up", []).append(ratio)
print(json.dumps(found))
"""
# Ten ids, one of them misspelt, each used many times: what one use costs, files read.
_USES = """
import json, time
from pathlib import Path
import ppun_bfc
ids = [*list(ppun_bfc.load("2020.10.2").actions.ids)[:9], "scheme:srdei"]
def timed(count):
    path = Path("uses.json")
    path.write_text(json.dumps(ids * (count // 10)))
    start = time.perf_counter()
    {call}
    return time.perf_counter() - start
timed(10)
few, many = timed(1_000), timed(21_000)
print(1e6 * (many - few) / 20_000)
"""
# A table of one id a row, as open data are; `{megabytes}` of it.
_TABLE = """
from pathlib import Path
path = Path("table-{megabytes}.csv")
if not path.exists():
    row = "scheme:srdeii;Ateliers numériques dans les quartiers;12 000,50;2021-06-15\\n".encode()
    with path.open("wb") as file:
        file.write("schema;intitulé;montant;date\\n".encode())
        for _ in range({megabytes} * 1_000_000 // (1000 * len(row))):
            file.write(row * 1000)
"""
_READ_TABLE = """
import csv, time
start = time.perf_counter()
with path.open(encoding="utf-8", newline="") as file:
    for row in csv.reader(file, delimiter=";"):
        pass
print(time.perf_counter() - start)
"""
_CHECK_TABLE = """
import time
import ppun_bfc
ppun_bfc.load()
start = time.perf_counter()
ppun_bfc.check_files(path)
print(time.perf_counter() - start)
"""
_TABLE_PEAK = """
import resource, sys
import ppun_bfc
ppun_bfc.load()
ppun_bfc.check_files
{check}
unit = 1 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""
# Seconds below which a growth cannot be told from the clock's grain.
_LONG = 0.05
# What opens something in some format, or begins a list, an entry or an id.
_OPENING = (
    *("'", '"', "\\'", '\\"', '"""\n', "'''", "#", "f'{", "{", "[", "/* ", "--", "$a$", "copy "),
    *("|", "- ", "a: ", "<!--", "scheme:"),
)
# What opens and never ends, over and over: one megabyte of it, and two.
_MARKS = """
import json, time
from pathlib import Path
from ppun_bfc.uses import Walk, read_all
def timed(text):
    path = Path("marks" + {ending!r})
    path.write_text(text)
    start = time.perf_counter()
    for source, spots in read_all(Walk(), [path], lambda id: False, (), None):
        for spot in spots:
            pass
    return time.perf_counter() - start
marks = {marks!r}
found = {{}}
for mark in marks:
    one, two = (mark * (size // len(mark) | 1) for size in (1_000_000, 2_000_000))
    first = min(timed(one) for _ in range(3))
    found[mark] = (first, min(timed(two) for _ in range(3)))
print(json.dumps(found))
"""
# Whether a collection of the whole heap falls into a matrix is chance: it is measured without one,
# as `timeit` does, and again with the collector on.
_MATRIX = """
import gc, json, time
policy = publications.load()
def timed(call):
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result
network, _ = timed(lambda: policy._network)
found = {"links": len(policy.links), "network": network, "matrices": {}}
for rows, columns in (("priority", "scheme"), ("action", "orientation"), ("action", "objective")):
    seconds = []
    for switch in (gc.disable, gc.enable):
        switch()
        second, matrix = timed(lambda: policy.matrix(rows, columns))
        seconds.append(second)
        evidence = sum(len(cell.evidence) for cell in matrix.filled())
        del matrix
    found["matrices"][rows + " × " + columns] = (*seconds, evidence)
print(json.dumps(found))
"""
_PEAK = """
import resource, sys
import pydantic, ppun_bfc.policy
{load}
unit = 1 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""


@dataclass(frozen=True)
class Row:
    """One line of the table; `ok` is None where there is no bar, or where nothing was measured."""

    what: str
    data: str
    measured: str
    spread: str = "—"
    must: str = "—"
    aim: str = "—"
    ok: bool | None = None
    values: tuple[float, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """The row as the texts of its columns."""
        ok = "—" if self.ok is None else "yes" if self.ok else "**no**"
        return self.what, self.data, self.measured, self.spread, self.must, self.aim, ok


@dataclass(frozen=True)
class Data:
    """A folder of published files; without a folder, the one that ships."""

    k: int | None
    size: int
    folder: Path | None
    id: str
    name: str

    def __str__(self) -> str:
        named = "shipped" if self.k is None else f"k = {self.k}"
        return f"{named}, {self.size / _MEGABYTE:.2f} MB"

    def code(self, code: str) -> str:
        """The code, made to read this data."""
        use = _SHIPPED if self.folder is None else _USE_FOLDER.format(folder=str(self.folder))
        return use + code


@dataclass(frozen=True)
class Repeats:
    """How often each thing is measured."""

    imports: int
    reads: int
    loads: int
    look_ups: int
    matrices: int
    peaks: int
    tables: int


_FULL = Repeats(imports=25, reads=15, loads=11, look_ups=11, matrices=5, peaks=5, tables=3)
_QUICK = Repeats(imports=5, reads=5, loads=3, look_ups=5, matrices=1, peaks=2, tables=0)


class Bench:
    """Starts the measured processes, away from the checkout, in an environment that caches code."""

    def __init__(self, folder: Path, repeats: Repeats) -> None:
        self._folder = folder
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
        }
        self.repeats = repeats
        self.shipped = self._describe()
        self.generated = {k: self._generate(k) for k in (1, 10, 100)}

    def output(self, code: str) -> str:
        """What a fresh process prints."""
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command,
            cwd=self._folder,
            env=self._environment,
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout

    def wall(self, code: str) -> float:
        """Seconds that a fresh process takes from its start to its end."""
        start = time.perf_counter()
        self.output(code)
        return time.perf_counter() - start

    def printed(self, code: str) -> float:
        """The number that a fresh process prints."""
        return float(self.output(code))

    def ratios(
        self, measure: Callable[[str], float], code: str, floor: str, count: int
    ) -> tuple[float, ...]:
        """Ratios of pairs of processes that take turns; a first pair warms the machine's caches."""
        measure(floor)
        measure(code)
        pairs = [(measure(floor), measure(code)) for _ in range(count)]
        return tuple(cost / least for least, cost in pairs)

    def _describe(self) -> Data:
        code = """
import json, ppun_bfc
from ppun_bfc.published import published_folder
name = ppun_bfc.load().version + ".json"
size = (published_folder() / name).stat().st_size
print(json.dumps([size, next(iter(ppun_bfc.load().schemes)).id, name]))
"""
        size, id, name = json.loads(self.output(code))
        return Data(None, size, None, id, name)

    def _generate(self, k: int) -> Data:
        folder = self._folder / f"k{k}"
        command = [sys.executable, "-m", "benchmarks.generate", str(folder), str(k)]
        subprocess.run(command, cwd=_CHECKOUT, check=True, stdout=subprocess.DEVNULL)
        path = next(path for path in folder.glob("*.json") if path.name != "index.json")
        return Data(k, path.stat().st_size, folder, "scheme:communes-0", path.name)


def _row(
    what: str, data: str, values: Sequence[float], must: float | None, aim: float | None = None
) -> Row:
    middle = median(values)
    return Row(
        what,
        data,
        f"{middle:.2f}",
        f"{min(values):.2f}–{max(values):.2f}",
        "—" if must is None else f"≤ {must:g}",
        "—" if aim is None else f"{aim:g}",
        None if must is None else middle <= must,
        tuple(values),
    )


def _import(bench: Bench) -> Iterator[Row]:
    values = bench.ratios(bench.wall, "import ppun_bfc", "pass", bench.repeats.imports)
    yield _row("`import ppun_bfc` / `pass`", "—", values, 1.2, 1.05)


def _first_read(bench: Bench) -> Iterator[Row]:
    what = "import, first `load()`, one entity / `from pydantic import BaseModel`"
    floor = "from pydantic import BaseModel"
    for data in (bench.shipped, bench.generated[1], bench.generated[10]):
        code = data.code(_FIRST_READ.format(id=data.id))
        values = bench.ratios(bench.wall, code, floor, bench.repeats.reads)
        # The bar is for the whole edition, of k = 1 or so; the floor holds no data and cannot grow.
        bar = None if data is bench.generated[10] else 2.2
        yield _row(what, str(data), values, bar, 1.9)
    for name, question in _ASKED.items():
        code = f"from ppun_bfc import load; {question}"
        values = bench.ratios(bench.wall, code, floor, bench.repeats.reads)
        what = f"… the first `{name}` instead"
        yield _row(what, str(bench.shipped), values, 2.8, 2.3)


def _first_load(bench: Bench) -> Iterator[Row]:
    for data in (bench.shipped, *bench.generated.values()):
        floor = data.code(_PARSE.format(name=data.name))
        values = bench.ratios(bench.printed, data.code(_LOAD), floor, bench.repeats.loads)
        yield _row("first `load()` / `json.loads` of its bytes", str(data), values, 1.5, 1.25)


def _look_up(bench: Bench) -> Iterator[Row]:
    for data in (bench.shipped, bench.generated[10]):
        code = data.code(_LOOK_UP.format(repeats=bench.repeats.look_ups))
        for what, values in json.loads(bench.output(code)).items():
            yield _row(what, str(data), values, 1.5, 1.1)


def _command_line(bench: Bench) -> Iterator[Row]:
    run = "import sys; sys.argv = {argv!r}; from ppun_bfc.cli import main; main()"
    for command in (["show", "scheme:srdeii"], ["matrix"]):
        code = run.format(argv=["ppun-bfc", *command])
        values = bench.ratios(bench.wall, code, "pass", bench.repeats.reads)
        what = f"`ppun-bfc {' '.join(command)}` / `pass`"
        yield _row(what, str(bench.shipped), values, 25, 20)


def _uses(bench: Bench) -> Iterator[Row]:
    for name, call in (
        ("check", "ppun_bfc.check_files(path)"),
        ("migrate", "ppun_bfc.migrate_files(path, dry_run=True)"),
    ):
        code = _USES.format(call=call)
        values = [bench.printed(code) for _ in range(bench.repeats.matrices)]
        yield _row(
            f"`{name}`: microseconds a use, 10 distinct ids", "one JSON file", values, 50, 15
        )


def _tables(bench: Bench) -> Iterator[Row]:
    for megabytes, count in ((60, bench.repeats.tables), (600, bench.repeats.tables // 3)):
        if not count:
            continue
        table = _TABLE.format(megabytes=megabytes)
        pairs = []
        for _ in range(count):
            floor = bench.printed(table + _READ_TABLE)
            pairs.append(bench.printed(table + _CHECK_TABLE) / floor)
        data = f"CSV, {megabytes} MB, an id a row"
        yield _row("`check` / `csv.reader`", data, pairs, 12, 9)
        peaks = [
            (
                bench.printed(table + _TABLE_PEAK.format(check="ppun_bfc.check_files(path)"))
                - bench.printed(table + _TABLE_PEAK.format(check=""))
            )
            / _MEGABYTE
            for _ in range(count)
        ]
        yield _row("… peak memory over import, MB", data, peaks, 60, 30)


def _marks(bench: Bench) -> Iterator[Row]:
    for ending in (".py", ".json", ".ipynb", ".yaml", ".toml", ".csv", ".sql", ".md"):
        found = json.loads(bench.output(_MARKS.format(ending=ending, marks=_OPENING)))
        slowest = max(found, key=lambda mark: found[mark][0])
        # What takes no time has no steepness that could be measured.
        long = {mark: times for mark, times in found.items() if times[1] >= _LONG} or found
        steepest = max(long, key=lambda mark: long[mark][1] / long[mark][0])
        one, two = found[steepest]
        what = f"reading 2 MB / 1 MB of opening marks, the steepest of {len(found)}"
        values = [second / first for first, second in long.values()]
        row = _row(what, f"{ending}, {steepest!r}", [two / one], 3, 2)
        spread = f"{min(values):.2f}–{max(values):.2f}"
        measured = f"{row.measured}; 1 MB of {slowest!r}: {found[slowest][0]:.2f} s"
        yield replace(row, spread=spread, measured=measured)


def _matrix(bench: Bench) -> Iterator[Row]:
    runs: dict[int, list[dict[str, Any]]] = {}
    for k, data in bench.generated.items():
        code = data.code(_MATRIX)
        runs[k] = [json.loads(bench.output(code)) for _ in range(bench.repeats.matrices)]
    links = {k: found[0]["links"] for k, found in runs.items()}
    for name in runs[1][0]["matrices"]:
        found = {k: [run["matrices"][name] for run in runs[k]] for k in runs}
        times = {k: [without for without, _, _ in found[k]] for k in runs}
        collected = {k: [beside for _, beside, _ in found[k]] for k in runs}
        what = f"matrix {name}"
        for k in runs:
            evidence = f"{found[k][0][2]:,} of evidence"
            yield _time_row(what, f"k = {k}, {links[k]:,} links, {evidence}", times[k], links[k])
        yield _growth_row(f"{what}, time a link", times, links, 1.5)
        yield _growth_row(f"{what}, time a link, collector on", collected, links, None)
    built = {k: [run["network"] for run in runs[k]] for k in runs}
    for k in runs:
        yield _time_row("building the network", f"k = {k}, {links[k]:,} links", built[k], links[k])
    yield _growth_row("building the network, time a link", built, links, None)


def _time_row(what: str, data: str, seconds: Sequence[float], links: int) -> Row:
    each = [1e9 * second / links for second in seconds]
    measured = f"{median(seconds):.4f} s, {median(each):,.0f} ns a link"
    spread = f"{min(each):,.0f}–{max(each):,.0f} ns"
    return Row(what, data, measured, spread, values=tuple(seconds))


def _growth_row(
    what: str, times: Mapping[int, Sequence[float]], links: Mapping[int, int], bar: float | None
) -> Row:
    """How the time a link changes from k = 10 to k = 100; at k = 1 fixed costs still show."""
    more = links[100] / links[10]
    factors = [late / early / more for early, late in zip(times[10], times[100], strict=True)]
    verdict = "grows" if median(factors) > 1.5 else "does not grow"
    return _row(what, f"k = 100 / k = 10: {verdict}", factors, bar, 1)


def _peak(bench: Bench) -> Iterator[Row]:
    what = "peak memory of `load()` over that of the imports / its bytes"
    for data in (bench.generated[1], bench.generated[10]):
        with_load = data.code(_PEAK.format(load="publications.load()"))
        without = data.code(_PEAK.format(load=""))
        values = [
            (bench.printed(with_load) - bench.printed(without)) / data.size
            for _ in range(bench.repeats.peaks)
        ]
        yield _row(what, str(data), values, 8, 5)


def _wheel(bench: Bench) -> Iterator[Row]:
    what, must = "wheel", "≤ 1 MB"
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "build", "--wheel", "--outdir", folder]
        for command in (
            [*build, "--no-isolation"],
            build,
            ["uv", "build", "--wheel", "--out-dir", folder],
        ):
            try:
                done = subprocess.run(command, cwd=_CHECKOUT, check=False, capture_output=True)
            except OSError:
                continue
            wheels = list(Path(folder).glob("*.whl"))
            if done.returncode == 0 and wheels:
                size = wheels[0].stat().st_size
                data = str(bench.shipped)
                measured = f"{size / _MEGABYTE:.3f} MB"
                yield Row(what, data, measured, must=must, ok=size <= _MEGABYTE, values=(size,))
                with zipfile.ZipFile(wheels[0]) as wheel:
                    newest = wheel.getinfo(f"ppun_bfc/data/published/{bench.shipped.name}")
                more = newest.compress_size
                what, must = "… of which the newest version", "≤ 0.25 MB"
                measured = f"{more / _MEGABYTE:.3f} MB"
                ok = more <= _MEGABYTE / 4
                yield Row(what, data, measured, must=must, ok=ok, values=(more,))
                return
    yield Row(what, str(bench.shipped), "not built", must=must)


_PARTS = (
    _import,
    _first_read,
    _first_load,
    _look_up,
    _command_line,
    _uses,
    _tables,
    _marks,
    _matrix,
    _peak,
    _wheel,
)


def main() -> int:
    """Measure everything; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure less often")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every value measured")
    parser.add_argument("--no-check", action="store_true", help="succeed where a bar is missed")
    given = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), _QUICK if given.quick else _FULL)
        for part in _PARTS:
            print(f"{part.__name__.strip('_')}...", file=sys.stderr, flush=True)
            rows += part(bench)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"{python}, {system}\n")
    for cells in (_HEADER, ["---"] * len(_HEADER), *(row.cells() for row in rows)):
        print(f"| {' | '.join(cells)} |")
    if given.json:
        record = {"python": python, "system": system, "rows": [asdict(row) for row in rows]}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        given.json.write_text(f"{text}\n", encoding="utf-8")
    missed = any(row.ok is False for row in rows)
    return int(missed and not given.no_check)


if __name__ == "__main__":
    sys.exit(main())

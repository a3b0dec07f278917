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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

_CHECKOUT = Path(__file__).resolve().parents[1]
_MEGABYTE = 1_000_000
_HEADER = ("what", "data", "measured ratio (median)", "spread (min–max)", "must", "aim", "ok")

# -- what the measured processes run ---------------------------------------------------------------

_USE_FOLDER = """
from pathlib import Path
import ppun_bfc.snapshots
ppun_bfc.snapshots.published_folder = lambda: Path({folder!r})
"""
_FIRST_READ = """
import ppun_bfc
ppun_bfc.load().get({id!r})
"""
# Both sides of the comparison import the same modules first.
_LOAD = """
import json, time
import ppun_bfc.snapshots
start = time.perf_counter()
policy = ppun_bfc.snapshots.load()
print(time.perf_counter() - start)
"""
_PARSE = """
import json, time
import ppun_bfc.snapshots
data = (ppun_bfc.snapshots.published_folder() / {name!r}).read_bytes()
start = time.perf_counter()
snapshot = json.loads(data)
print(time.perf_counter() - start)
"""
_LOOK_UP = """
import json, timeit
import ppun_bfc
policy = ppun_bfc.load()
entities = {{entity.id: entity for entity in policy.entities()}}
ids = list(entities)
links = sum(len(policy.related(id)) for id in ids)
number = max(1, 200_000 // len(ids))
names = {{"policy": policy, "entities": entities, "ids": ids}}
def seconds(body):
    return timeit.timeit("for id in ids: " + body, globals=names, number=number) / number
found = {{}}
for _ in range({repeats}):
    for sign, floor in (("d.get(id)", "entities.get(id)"), ("d[id]", "entities[id]")):
        least = seconds(floor) / len(ids)
        for name, count in (("get", len(ids)), ("related", links)):
            ratio = seconds(f"policy.{{name}}(id)") / count / least
            found.setdefault(f"`{{name}}`, per result / `{{sign}}`", []).append(ratio)
print(json.dumps(found))
"""
# Whether a collection of the whole heap falls into a matrix is chance: it is measured without one,
# as `timeit` does, and again with the collector on.
_MATRIX = """
import gc, json, time
import ppun_bfc
policy = ppun_bfc.load()
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
import pydantic, ppun_bfc.snapshots
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
        return code if self.folder is None else _USE_FOLDER.format(folder=str(self.folder)) + code


@dataclass(frozen=True)
class Repeats:
    """How often each thing is measured."""

    imports: int
    reads: int
    loads: int
    look_ups: int
    matrices: int
    peaks: int


_FULL = Repeats(imports=25, reads=15, loads=11, look_ups=11, matrices=5, peaks=5)
_QUICK = Repeats(imports=5, reads=5, loads=3, look_ups=5, matrices=1, peaks=2)


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
from ppun_bfc.snapshots import published_folder
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
    yield _row("`import ppun_bfc` / `pass`", "—", values, 1.3, 1.1)


def _first_read(bench: Bench) -> Iterator[Row]:
    what = "import, first `load()`, one entity / `from pydantic import BaseModel`"
    floor = "from pydantic import BaseModel"
    for data in (bench.shipped, bench.generated[1], bench.generated[10]):
        code = data.code(_FIRST_READ.format(id=data.id))
        values = bench.ratios(bench.wall, code, floor, bench.repeats.reads)
        # The bar is for the whole edition, of k = 1 or so; the floor holds no data and cannot grow.
        bar = None if data is bench.generated[10] else 2.2
        yield _row(what, str(data), values, bar, 1.5)


def _first_load(bench: Bench) -> Iterator[Row]:
    for data in (bench.shipped, *bench.generated.values()):
        floor = data.code(_PARSE.format(name=data.name))
        values = bench.ratios(bench.printed, data.code(_LOAD), floor, bench.repeats.loads)
        yield _row("first `load()` / `json.loads` of its bytes", str(data), values, 3, 1.25)


def _look_up(bench: Bench) -> Iterator[Row]:
    for data in (bench.shipped, bench.generated[10]):
        code = data.code(_LOOK_UP.format(repeats=bench.repeats.look_ups))
        found: Mapping[str, list[float]] = json.loads(bench.output(code))
        for name, values in found.items():
            # A call is compared with a call: ADR 9. The subscript has no bar.
            yield _row(name, str(data), values, 2 if "d.get" in name else None)


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
        with_load = data.code(_PEAK.format(load="ppun_bfc.snapshots.load()"))
        without = data.code(_PEAK.format(load=""))
        values = [
            (bench.printed(with_load) - bench.printed(without)) / data.size
            for _ in range(bench.repeats.peaks)
        ]
        yield _row(what, str(data), values, 10, 5)


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
                return
    yield Row(what, str(bench.shipped), "not built", must=must)


_PARTS = (_import, _first_read, _first_load, _look_up, _matrix, _peak, _wheel)


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

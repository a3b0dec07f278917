"""
What uptake costs beside the bare group-by of DuckDB, on items made for it.

    python -m benchmarks.uptake [--items 10_000_000] [--runs 5] [--big]

Needs the extra `uptake`. Each side runs in a process of its own, by turns, after one row, since what
is imported for the first is paid once; `--big` adds ten times as
many items, which do not fit in the memory that a process may use here.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

#: So much memory each process may use.
_LIMIT = "900MB"
_MAKE = """
import duckdb, random, ppun_bfc
chance = random.Random(1)
ids = [one.id for one in ppun_bfc.load() if one.kind in {{"action", "theme", "aid", "priority"}}]
sets = ["|".join(chance.sample(ids, chance.choice((1, 1, 1, 2, 2, 3)))) for _ in range(1500)]
connection = duckdb.connect()
connection.execute("CREATE TABLE sets AS SELECT unnest(?) AS tags, unnest(range(1500)) AS at", [sets])
connection.execute('''
    COPY (
        SELECT CASE WHEN i % 50 = 0 THEN NULL ELSE tags END AS tags,
            CAST((hash(i) % 10000000) / 100 AS DECIMAL(12, 2)) AS euros, 2020 + i % 5 AS year
        FROM range({items}) AS t(i) JOIN sets ON sets.at = CAST(power(hash(i * 7) % 1000000 / 1e6, 3) * 1499 AS INTEGER)
    ) TO '{path}' (FORMAT parquet)
''')
"""
_BARE = """
import duckdb, json, resource, time
connection = duckdb.connect()
connection.execute("SET memory_limit = '{limit}'")
connection.execute("SELECT 'a:b' AS tags, count(*), sum(1.5) GROUP BY tags").fetchall()
start = time.perf_counter()
rows = connection.execute("SELECT tags, count(*), sum(euros) FROM '{path}' GROUP BY tags").fetchall()
spent = time.perf_counter() - start
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, len(rows)]))
"""
_FOLD = """
import duckdb, json, resource, time, narwhals
import ppun_bfc
from ppun_bfc.uptake import fold, uptake
policy = ppun_bfc.load()
policy.matrix()
connection = duckdb.connect()
connection.execute("SET memory_limit = '{limit}'")
fold(connection.sql("SELECT 'a:b' AS tags, 1.5 AS euros"), "tags", "euros")
start = time.perf_counter()
rows = fold(connection.sql("FROM '{path}'"), "tags", "euros")
spent = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
start = time.perf_counter()
found = uptake(rows, policy, "scheme", rule="split")
answer = time.perf_counter() - start
assert found.cents == found.sum_cents
print(json.dumps([spent, peak, len(rows), answer]))
"""


def _run(script: str, **given: object) -> Any:
    code = script.format(limit=_LIMIT, **given)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()  # DuckDB may tell its progress before
    return json.loads(lines[-1]) if lines and lines[-1].startswith("[") else None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--big", action="store_true")
    given = parser.parse_args()
    print("| items | bare s | fold s | ratio (spread) | must | memory MB | sets | answer ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    sizes = [given.items // 10, given.items, *([given.items * 10] if given.big else [])]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.parquet"
            _run(_MAKE, items=size, path=path)
            pairs = [(_run(_BARE, path=path), _run(_FOLD, path=path)) for _ in range(given.runs)]
            ratios = [mine[0] / bare[0] for bare, mine in pairs]
            bare, mine, answer = (
                median(pair[side][at] for pair in pairs) for side, at in ((0, 0), (1, 0), (1, 3))
            )
            peak = max(pair[1][1] for pair in pairs) / 1e6
            print(
                f"| {size:,} | {bare:.3f} | {mine:.3f} | {median(ratios):.2f}"
                f" ({min(ratios):.2f}–{max(ratios):.2f}) | ≤ 1.1 | {peak:.0f} | {pairs[0][1][2]} |"
                f" {answer * 1000:.1f} |",
                flush=True,
            )
            path.unlink()


if __name__ == "__main__":
    main()

"""When the explorer stands there: paint, table and search in a real Chromium, for the edition and ten times as much."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, Protocol

import ppun_bfc
from ppun_bfc import export
from ppun_bfc.policy import PolicyVersion

from .generate import snapshot

RUNS = 5
#: The bar of the edition, in milliseconds.
PAINT = 1_000
MEASURE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const start = performance.now();
  const query = document.getElementById("query");
  query.value = "inclusion";
  query.dispatchEvent(new Event("input"));
  return { painted, search: performance.now() - start };
}"""


class _Page(Protocol):
    def goto(self, url: str) -> object: ...
    def wait_for_selector(self, selector: str) -> object: ...
    def evaluate(self, script: str) -> Any: ...
    def close(self) -> None: ...


def measured(page: _Page, address: str) -> Mapping[str, float]:
    """One visit: when something was painted, when the table stood, how long a first search took."""
    page.goto(address)
    page.wait_for_selector("table.matrix td a")
    table = page.evaluate("performance.now()")
    return {"table": table, **page.evaluate(MEASURE)}


def main() -> int:
    """Print the rows; 1 where the edition is over its bar."""
    from playwright.sync_api import sync_playwright

    over = 0
    ten = PolicyVersion(json.loads(json.dumps(snapshot(10))), "sha256:" + "0" * 64)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        print(f"{'':12} {'size, kB':>9} {'paint, ms':>10} {'table, ms':>10} {'search, ms':>11}")
        where = "#matrix?rows=theme&columns=scheme"
        for name, policy in (("edition", ppun_bfc.load()), ("ten times", ten)):
            target = Path(folder, f"{len(name)}.html")
            target.write_bytes(export.make(policy, "html"))
            rows = []
            for _ in range(RUNS):
                page = browser.new_page()
                rows.append(measured(page, f"{target.as_uri()}{where}"))
                page.close()
            paint, table, search = (
                median(row[key] for row in rows) for key in ("painted", "table", "search")
            )
            size = target.stat().st_size / 1_000
            print(f"{name:12} {size:9.0f} {paint:10.0f} {table:10.0f} {search:11.0f}")
            over += name == "edition" and paint > PAINT
        browser.close()
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())

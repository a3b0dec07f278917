"""A new kind has no silent hole: what its fields name and claim is found by their types."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ppun_bfc
from ppun_bfc.models import ENTITY_TYPES
from ppun_bfc.models.walk import fields_of, references, said

PACKAGE = Path(ppun_bfc.__file__).parent

KIND = '''

class Measure(Entity, frozen=True):
    """A kind of a later edition."""

    kind: Literal["measure"]
    noun: ClassVar[Noun] = Noun(("measure", "measures"), ("mesure", "mesures"))
    about: EntityId
    amount: Number
    as_written: Written
'''

RECORD = """\
entities:
  - id: measure:x
    label: {fr: Les usages}
    about: ABOUT
    amount: AMOUNT
    as_written: 162 M€
    citations: [{document: document:page, page: un.md}]
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package with one more kind: its class, one line in kinds, one in policy."""
    copy = Path(shutil.copytree(PACKAGE, tmp_path / "site" / "ppun_bfc"))
    published = PACKAGE.parents[1] / "data" / "published"
    if not (copy / "data").is_dir():
        shutil.copytree(published, copy / "data" / "published")
    facts, kinds, policy = (
        copy / name for name in ("models/facts.py", "models/kinds.py", "policy.py")
    )
    facts.write_text(
        facts.read_text().replace('    "Reading",', '    "Measure",\n    "Reading",') + KIND
    )
    kinds.write_text(
        kinds.read_text().replace(
            "| facts.Discrepancy,", "| facts.Discrepancy\n    | facts.Measure,"
        )
    )
    line = "    discrepancies = Of(models.Discrepancy)\n"
    policy.write_text(
        policy.read_text().replace(line, f"{line}    measures = Of(models.Measure)\n")
    )

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "ppun_bfc", "--lang", "en", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(copy.parent)},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "sources" / "page"
    folder.mkdir(parents=True)
    text = "Les usages, 162 M€, Première priorité, Deuxième priorité, sert le but, Une politique, Plan régional, But du plan, total de 162 M€, en juin 2019, un Document, octobre 2020"
    (folder / "un.md").write_text(text, encoding="utf-8")
    return folder.parent


def write(tiny, about, amount):
    text = RECORD.replace("ABOUT", about).replace("AMOUNT", amount)
    (tiny / "z.yaml").write_text(text, encoding="utf-8")


def test_a_new_kind_is_checked_like_any_other(package, tiny, pages):
    write(tiny, "scheme:nowhere", "162000000")
    done = package("validate", tiny)
    assert "z.yaml:4:12 measure:x.about: about names 'scheme:nowhere', which is not" in done.stdout
    write(tiny, "scheme:plan", "162000000")
    assert package("validate", tiny).returncode == 0
    assert "measure:x" in package("--policy", tiny, "list", "measure").stdout
    right = package("--policy", tiny, "verify", pages).stdout
    assert "measure:x" not in right
    write(tiny, "scheme:plan", "163000000")
    wrong = package("--policy", tiny, "verify", pages).stdout
    assert "measure:x.as_written: '162 M€' reads as 162000000, not 163000000" in wrong
    done = package("--policy", tiny, "inventory", pages, "--all")
    (row,) = [line for line in done.stdout.splitlines() if "[162] M€, Première" in line]
    assert "measure:x" in row


def test_every_kind_of_field_is_known_to_the_walk():
    roles = {role for model in ENTITY_TYPES.values() for f in fields_of(model) for role in f.roles}
    assert roles == {"entity", "name", "written", "notation", "url"}
    policy = ppun_bfc.load("2020.10.2")
    aid = policy.aids["developper-les-tiers-lieux"]
    found = {re.sub(r"\d+", "N", ".".join(map(str, path))) for path, _, _ in references(aid)}
    assert found == {"part_of", "eligible.N.who"}
    figure = policy.figures["aide-thd-total"]
    (own, *_) = said(figure)
    assert (own.names, [text for _, text in own.written]) == ((), [figure.as_written])
    assert own.numbers == (figure.value,)

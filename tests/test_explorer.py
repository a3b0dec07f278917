"""The explorer: one file that needs nothing else, and whose answers are those of Python."""

import base64
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import zlib
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import ppun_bfc
import versions
from conftest import ROOT
from ppun_bfc import export
from ppun_bfc.export.compiled import compiled
from ppun_bfc.models import ENTITY_TYPES
from strategies import snapshots

NODE = shutil.which("node")
ASK = ROOT / "tests" / "explorer" / "ask.mjs"
EXPLORER = ROOT / "src" / "ppun_bfc" / "explorer"
QUERIES = sorted((ROOT / "tests" / "queries").glob("*.tsv"))


@pytest.fixture(scope="module")
def page():
    return export.make(ppun_bfc.load(), "html").decode()


def element(page, start, end="</script>"):
    return page.partition(start)[2].partition(end)[0]


def data_in(page):
    raw = base64.b64decode(element(page, 'id="data">'))
    return json.loads(zlib.decompress(raw))


# -- the file ------------------------------------------------------------------------------------


def test_it_is_small_and_the_same_each_time(page):
    assert len(page.encode()) < 1_500_000
    assert export.make(ppun_bfc.load(), "html").decode() == page
    shell = b"".join(path.read_bytes() for path in sorted(EXPLORER.iterdir()) if path.is_file())
    assert len(zlib.compress(shell, 9)) < 150_000


def test_it_allows_its_own_script_and_style_and_nothing_else(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for name, start, end in (
        ("script-src", '<script type="module">', "</script>"),
        ("style-src", "<style>", "</style>"),
    ):
        digest = base64.b64encode(sha256(element(page, start, end).encode()).digest()).decode()
        assert rules.pop(name) == f"'sha256-{digest}'"
    assert rules.pop("img-src") == "data:"
    assert set(rules.values()) == {"'none'"}
    shell = page.replace(element(page, 'id="data">'), "")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", shell)


def test_its_modules_became_one_script(page):
    script = element(page, '<script type="module">')
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    names = re.findall(r"^(?:async )?(?:class|const|function|let)\*? (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names)) > 100
    for path in EXPLORER.glob("*.js"):
        assert path.read_text(encoding="utf-8").partition("\n")[0] in script
    assert "</script" not in script


def test_it_holds_the_version(page):
    policy, data = ppun_bfc.load(), data_in(page)
    assert (data["version"], data["digest"]) == (policy.version, policy.digest)
    assert [row[0] for row in data["things"]] == [
        one.id for one in policy.entities(deprecated=True)
    ]
    assert len(data["links"]) == len(policy.links)
    assert policy.digest in page.partition("<title>")[0]


def test_hostile_names_end_no_element():
    made = export.make(versions.hostile(), "html").decode()
    assert made.count("</script") == 2
    assert made.count("<script") == 2


# -- the command ---------------------------------------------------------------------------------


def test_the_command_writes_it_once(cli, tmp_path):
    done = cli("explore", cwd=tmp_path)
    (made,) = tmp_path.iterdir()
    assert made.name == f"ppun-bfc-{ppun_bfc.load().version}.html"
    assert made.name in done.stdout
    assert made.read_bytes() == export.make(ppun_bfc.load(), "html", "en")
    again = cli("explore", cwd=tmp_path)
    assert again.returncode == 1
    assert "there already" in again.stderr
    assert cli("explore", "--force", cwd=tmp_path).returncode == 0
    missing = cli("explore", "--output", tmp_path / "no" / "x.html")
    assert missing.returncode == 1
    assert "x.html" in missing.stderr


def test_it_opens_where_asked_for(cli, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/asked\n', encoding="utf-8")
    browser.chmod(0o755)
    target = tmp_path / "a b.html"
    done = cli("explore", "-o", target, "--open", env={"BROWSER": f"{browser} %s"})
    assert done.returncode == 0
    assert (tmp_path / "asked").read_text().strip() == target.as_uri()


def test_it_takes_a_layer(cli, tmp_path):
    layer = tmp_path / "own.csv"
    layer.write_text("id;valeur;note\ntheme:inclusion;3;</script><b>\n", encoding="utf-8")
    target = tmp_path / "x.html"
    assert cli("explore", "-o", target, "--layer", layer).returncode == 0
    made = target.read_text(encoding="utf-8")
    held = json.loads(element(made, 'id="layer" data-name="own.csv">'))
    assert held.splitlines()[1] == "theme:inclusion;3;</script><b>"
    made = export.make(ppun_bfc.load(), "html", layer=str(layer)).decode()
    assert 'data-name="own.csv"' in made
    layer.write_text("id;valeur\ntheme:inclusio;3\n", encoding="utf-8")
    wrong = cli("explore", "-o", target, "--layer", layer, "--force")
    assert wrong.returncode == 1
    assert "own.csv:2" in wrong.stderr
    assert "theme:inclusion" in wrong.stderr


# -- the same answers ----------------------------------------------------------------------------


@pytest.fixture
def ask(tmp_path):
    """Asks the modules of the page, in Node."""
    if NODE is None:
        if os.environ.get("PPUN_REQUIRE_BROWSER"):
            pytest.fail("node is not here; `.ci/needs` installs it")
        pytest.skip("needs node")

    def given(policy, asked):
        path = tmp_path / "asked.json"
        path.write_text(json.dumps({"data": compiled(policy), "asked": asked}), encoding="utf-8")
        done = subprocess.run(
            [NODE, ASK, path], capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return given


def cells_of(matrix):
    return sorted(
        [c.row.id, c.column.id, c.strength, c.modality, list(c.disputes)] for c in matrix.filled()
    )


def paths_of(explanation):
    return [
        [
            list(path.nodes),
            path.strength,
            path.modality,
            [[step.source, step.relation, step.target] for step in path.steps],
        ]
        for path in explanation.paths
    ]


def test_any_two_kinds_meet_as_in_python(ask, policy):
    kinds = [kind for kind in ENTITY_TYPES if policy.entities(kind)]
    pairs = list(itertools.product(kinds, kinds))
    sides = {kind: [one.id for one in policy.entities(kind)] for kind in kinds}
    found = ask(policy, [["matrix", {"rows": sides[a], "columns": sides[b]}] for a, b in pairs])
    for (rows, columns), cells in zip(pairs, found, strict=True):
        assert sorted(cells) == cells_of(policy.matrix(rows, columns)), (rows, columns)


def test_a_cell_rests_on_what_python_explains(ask, policy):
    pairs = [
        (cell.row.id, cell.column.id)
        for rows, columns in (("action", "proposal"), ("priority", "scheme"), ("theme", "aid"))
        for cell in policy.matrix(rows, columns).filled()
    ]
    ids = [one.id for one in policy]
    some = random.Random(14)
    pairs += [(some.choice(ids), some.choice(ids)) for _ in range(300)]
    found = ask(policy, [["explain", {"source": a, "target": b}] for a, b in pairs])
    for pair, paths in zip(pairs, found, strict=True):
        assert paths == paths_of(policy.explain(*pair)), pair


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(snapshot=snapshots())
def test_on_generated_policies_too(ask, snapshot):
    policy = versions.policy_of(snapshot)
    ids = [one.id for one in policy]
    pairs = list(itertools.product(ids, ids))[:200]
    asked = [["matrix", {"rows": ids, "columns": ids}]]
    asked += [["explain", {"source": a, "target": b}] for a, b in pairs]
    cells, *explained = ask(policy, asked)
    assert sorted(cells) == cells_of(policy.matrix(ids, ids))
    for pair, paths in zip(pairs, explained, strict=True):
        assert paths == paths_of(policy.explain(*pair)), pair


def test_search_finds_what_python_finds(ask, policy):
    lines = [line for path in QUERIES for line in path.read_text("utf-8").splitlines() if line]
    texts = [line.partition("\t")[0] for line in lines]
    texts += [
        "162 M€",
        "0,10 €",
        "ODD 12",
        "S.R.D.E.I.I.",
        "microfolies",
        "co-working",
        "",
        "zzz",
        "de la",
    ]
    asked = [["search", {"text": text, "kinds": None}] for text in texts]
    asked += [["search", {"text": text, "kinds": ["action", "aid"]}] for text in texts[:40]]
    wanted = [policy.search(text) for text in texts]
    wanted += [policy.search(text, ["action", "aid"]) for text in texts[:40]]
    for (_, question), hits, own in zip(asked, ask(policy, asked), wanted, strict=True):
        assert [hit[0] for hit in hits] == [hit.id for hit in own], question
        assert [hit[1] for hit in hits] == pytest.approx([hit.score for hit in own], abs=1e-3)
        assert [hit[2] for hit in hits] == [hit.snippet() for hit in own], question


def plain(value):
    """A number without what says nothing."""
    if value is None:
        return None
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def offers_of(policy, who, population, epci, cost, on):
    found = policy.offers(who, cost=cost, population=population, epci_population=epci, on=on)
    return {
        "offers": [
            {
                "aid": one.aid.id,
                "most": plain(one.most),
                "brackets": [bracket.words("fr") for bracket in one.brackets],
                "who": one.eligibility.who,
                "fit": one.fit,
                "unsure": one.depends_on_population,
                "open": one.open,
                "closes": one.closes.text if one.closes else None,
                "url": one.url,
                "least": plain(one.least_cost),
                "sentences": [one.sentence("fr"), one.sentence("en")],
                "conditions": [list(one.conditions("fr")), list(one.conditions("en"))],
                "rules": len(one.rules),
                "bonuses": len(one.bonuses),
            }
            for one in found
        ],
        "refused": [
            {"aid": one.aid.id, "reason": one.reason, "text": [one.text("fr"), one.text("en")]}
            for one in found.refused
        ],
    }


def test_a_thousand_applicants_receive_what_python_says(ask, policy):
    some = random.Random(14)
    edges = ["0.1", "999", "1000", "3500", "5000.01", "80000", "100000", "100000.01", "150000"]
    edges += ["200000", "350000", "1000000", "3000000", "123456.789", "100 000 €", "10 000,50"]
    days = [None, "2020-01-01", "2021-03-01", "2021-07-01", "2021-12-31", "2022-01-01"]

    def number(*more):
        value = some.choice(
            [
                *edges,
                str(some.randint(1, 4_000_000)),
                f"{some.randint(1000, 10**6)}.{some.randint(0, 10**9 - 1):09}",
            ]
        )
        return some.choice([*more, value])

    asked = [
        {
            "who": some.choice(policy.applicants()).id,
            "population": number(None),
            "epci": number(None, None),
            "cost": number(None),
            "on": some.choice(days),
        }
        for _ in range(1_000)
    ]
    found = ask(policy, [["offers", one] for one in asked])
    for one, offers in zip(asked, found, strict=True):
        assert offers == offers_of(policy, **one), one


def test_a_page_is_the_card_of_python(ask, policy):
    ids = [found[0].id for kind in ENTITY_TYPES if (found := policy.entities(kind))]
    asked = [(id, lang) for id in ids for lang in ("fr", "en")]
    found = ask(policy, [["card", {"one": id, "lang": lang}] for id, lang in asked])

    def item(one):
        return {
            "text": one.text,
            "id": one.id,
            "mark": one.mark,
            "places": [list(place) for place in one.places],
            "below": [item(below) for below in one.below],
        }

    for (id, lang), card in zip(asked, found, strict=True):
        own = policy.about(id).card(lang)
        assert card == {
            "title": own.title,
            "id": own.id,
            "lead": list(own.lead),
            "sections": [
                {
                    "title": section.title,
                    "items": [item(one) for one in section.items],
                    "table": [list(row) for row in section.table],
                }
                for section in own.sections
            ],
            "notes": list(own.notes),
        }


def test_a_layer_is_read_as_python_reads_it(ask, policy, tmp_path):
    from ppun_bfc.layer import Layer

    path = tmp_path / "own.csv"
    texts = [
        'id,value,note\r\ntheme:inclusion,3,"a, b"\r\naction:pass-numeriques,,"x""y"\r\n',
        "\ufeffnote;id;valeur\nvu;theme:inclusion;1 200,5\n",
        "id\tvalue\ntheme:inclusion\t-3\n\n",
    ]
    found = ask(policy, [["layer", {"text": text}] for text in texts])
    for text, rows in zip(texts, found, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
        assert rows == [[id, *note] for id, note in Layer.read(path, policy).notes.items()]


def test_the_modules_pass_their_own_tests():
    if NODE is None:
        pytest.skip("needs node")
    tests = sorted(map(str, Path(ROOT, "tests", "explorer").glob("*.test.mjs")))
    done = subprocess.run([NODE, "--test", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout

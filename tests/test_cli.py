"""The command line, as processes of its own."""

import contextlib
import csv
import hashlib
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ppun_bfc
from conftest import DATA, ROOT, TINY
from versions import RENAMED, RENAMED_TO, later

QUERIES = [
    ["versions"],
    ["list", "priority"],
    ["show", "scheme:srdeii"],
    ["search", "capeco"],
    ["search", "--kind", "scheme", "schéma", "régional"],
    ["related", "scheme:scoran-bfc"],
    ["related", "scheme:scoran-bfc", "--direction", "in", "--basis", "stated"],
    ["matrix", "priority", "scheme"],
    ["explain", "priority:transformation-economie", "scheme:srdeii"],
    ["explain", "priority:inclusion-citoyenne", "scheme:sraddet", "--max-links", "2"],
    ["gaps"],
    ["gaps", "principle", "scheme"],
    ["gaps", "action", "--missing", "led_by, funded_by,date,figure"],
    ["aids", "actor:communes"],
    ["aids", "actor:communes", "--population", "800", "--on", "2021-06-15"],
    ["grant", "aid:developper-les-tiers-lieux", "350000"],
    ["grant", "developper-les-tiers-lieux", "99999.50"],
    ["grant", "aid:appel-a-projets-territoires-intelligents", "100000"],
    ["grant", "aid:reglement-intervention-tiers-lieux", "1"],
    ["--policy", "2020.10.1", "explain", "priority:inclusion-citoyenne", "scheme:scoran-bfc"],
    ["list"],
    ["timeline", "--start", "2021-01-01", "--end", "2021-12-31"],
    ["timeline", "--due", "--end", "2021-12-31"],
    ["cite", "theme:inclusion"],
    ["aids"],
    ["aids", "actor:communes", "--cost", "100000", "--population", "800", "--on", "2021-06-01"],
    ["list", "discrepancy"],
    ["show", "aid:developper-les-tiers-lieux"],
]


@pytest.mark.parametrize("arguments", QUERIES, ids=" ".join)
def test_a_query_speaks_two_languages_and_json(cli, arguments):
    english, french, program = (
        cli(*arguments, lang="en"),
        cli(*arguments, lang="fr"),
        cli(*arguments, "--format", "json"),
    )
    for done in (english, french, program):
        assert (done.returncode, done.stderr) == (0, "")
    assert english.stdout
    assert "\x1b" not in english.stdout + french.stdout
    json.loads(program.stdout)
    assert french.stdout


def test_the_main_job(cli, policy):
    text = cli("matrix", "priority", "scheme", lang="fr")
    assert text.stdout.startswith(f"{policy.matrix('priority', 'scheme')}\n\n")
    found = json.loads(cli("matrix", "priority", "scheme", "--format", "json").stdout)
    assert found == json.loads(json.dumps(policy.matrix("priority", "scheme").to_dict()))
    assert len(found["cells"]) == len(policy.priorities) * len(policy.schemes)


def test_export_has_the_digest_of_versions(cli, tmp_path):
    raw = subprocess.run(
        [sys.executable, "-m", "ppun_bfc", "export", "--format", "json"],
        capture_output=True,
        check=True,
    ).stdout
    (current,) = [v for v in json.loads(cli("versions", "--format", "json").stdout) if v["current"]]
    assert current["digest"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    out = tmp_path / "out.json"
    assert str(out) in cli("export", "-o", out).stdout
    assert out.read_bytes() == raw
    assert cli("--policy", out, "list", "risk").stdout == cli("list", "risk").stdout
    assert cli("export", "--format", "text").stdout.count("\n") == len(ppun_bfc.load())
    failed = cli("export", "-o", tmp_path / "none" / "out.json")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "cannot use" in failed.stderr


def test_show_gives_the_facts_of_a_kind(cli):
    text = cli("show", "figure:aide-thd-total").stdout
    assert re.match(r"[^\n]+: €162,000,000\nfigure:aide-thd-total\n", text)
    assert "As printed: 162 M€" in text
    text = cli("show", "policy:ppun-bfc").stdout
    assert "Strategic reference document" in text
    assert "Adopted: October 2020" in text
    assert "Also called" in text
    assert "siren, 200053726" in cli("show", "actor:region-bourgogne-franche-comte").stdout
    assert (
        "Fait partie de\n  Schéma Régional du Tourisme  scheme:tourisme"
        in cli("show", "objective:tourisme-3", lang="fr").stdout
    )
    assert "Summary" not in cli("--policy", TINY, "show", "priority:une").stdout


def test_any_command_looks_at_a_draft(cli):
    done = cli("--policy", DATA, "list", "scheme")
    assert (done.returncode, done.stderr) == (0, "")
    assert "scheme:srdeii" in done.stdout
    assert cli("--policy", "2020.10", "list", "scheme").stdout == done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["show", "scheme:srdei"], 1, "did you mean scheme:srdeii"),
        (["list", "schemes"], 1, "did you mean scheme"),
        (["related", "scheme:srdeii", "--relation", "x"], 1, "no relation 'x'"),
        (["--policy", "2020.11", "list", "risk"], 1, "no version '2020.11'"),
        (["--policy", "none.json", "list", "risk"], 1, "cannot use none.json"),
        (["--policy", "a/b", "list", "risk"], 1, "cannot use a/b"),
        (["validate", "none"], 1, "cannot use none"),
        (["verify", "none"], 1, "cannot use none"),
        (["publish", "none"], 1, "cannot use none"),
        (["validate", "a" * 300], 1, "cannot use aaa"),
        (["verify", "a" * 300], 1, "cannot use aaa"),
        (["--policy", "a" * 300, "list", "risk"], 1, "no version 'aaa"),
        (["--policy", "", "list", "risk"], 1, "no version ''"),
        (["publish", TINY, "--into", TINY / "a.yaml"], 1, "cannot use"),
        (["publish", TINY, "--into", TINY / "a.yaml" / "x"], 1, "cannot use"),
        (["grant", "aid:developper-les-tiers-lieu", "1"], 1, "did you mean aid:developper-les-t"),
        (["grant", "aid:developper-les-tiers-lieux", "1 00"], 1, "cost is not a number above 0"),
        (["aids", "actor:commune"], 1, "did you mean actor:communes"),
        (["aids", "actor:communes", "--population", "-3"], 1, "population is not a number"),
        (["aids", "actor:communes", "--on", "demain"], 2, "demain"),
        (["gaps", "action", "--missing", "lead_by"], 1, "known: led_by"),
        (["inventory", "none"], 1, "cannot use none"),
        (["inventory", TINY], 1, "no page of document:"),
        (["inventory", TINY, "--reviewed", "none.yaml"], 1, "cannot use none.yaml"),
        (["show"], 2, "id is missing"),
        (["shw"], 2, "no command 'shw'. Did you mean 'show'?"),
        (["--lang", "de", "versions"], 2, "de"),
        (["matrix", "priority", "scheme", "--format", "xml"], 2, "xml"),
        (["explain", "a:a", "b:b", "--max-links", "3"], 2, "max-links"),
    ],
)
def test_wrong_input_is_one_message(cli, arguments, status, says):
    done = cli(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    if status == 1:
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1


def test_errors_speak_french(cli):
    done = cli("show", "scheme:srdei", lang="fr")
    assert done.stderr.startswith("erreur: pas de 'scheme:srdei' dans la version")
    assert "vouliez-vous dire scheme:srdeii" in done.stderr


FRENCH = "Ce que rien ne rencontre directement"


def test_the_language_comes_from_the_environment(cli):
    def first(**env):
        clean = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **env}
        return cli("gaps", lang=None, env=clean).stdout.partition("\n")[0]

    assert first() == FRENCH
    assert first(LANG="C.UTF-8") == FRENCH
    assert first(LANG="en_GB.UTF-8") == "What nothing meets directly"
    assert first(LC_ALL="fr_FR.UTF-8", LANG="en_GB.UTF-8") == FRENCH
    assert cli("--lang=en", "gaps", lang=None).stdout.startswith("What")


def test_help_is_in_the_language(cli):
    assert "Crois" in cli("--help", lang="fr").stdout
    assert "Cross two kinds" in cli("--help", lang="en").stdout
    assert "Only this relation" in cli("related", "--help").stdout
    assert "ppun-bfc" in cli(lang=None).stdout + cli(lang=None).stderr


def test_version(cli, policy):
    assert cli("--version").stdout == f"ppun-bfc {ppun_bfc.__version__}, data {policy.version}\n"


def test_validate(cli, tiny):
    done = cli("validate", tiny)
    assert (done.returncode, done.stdout) == (0, f"{tiny}: no problem found\n")
    (tiny / "z.yaml").write_text("entities: [{id: priority:x, lable: {fr: x}}]\n")
    done = cli("validate", tiny)
    assert done.returncode == 1
    assert "z.yaml:1:" in done.stdout
    assert "write one of: label" in done.stdout
    french = cli("validate", tiny, lang="fr").stdout
    assert "n’est pas un champ ici" in french
    found = json.loads(cli("validate", tiny, "--format", "json").stdout)["findings"]
    assert {f["code"] for f in found} >= {"unexpected-field", "missing-field"}
    assert all(f["file"] == "z.yaml" and f["line"] == 1 for f in found)
    shown = cli("--policy", tiny, "list", "priority")
    assert shown.returncode == 1
    assert "z.yaml:1:" in shown.stderr


def test_publish(cli, tiny, tmp_path):
    out = tmp_path / "out"
    done = cli("publish", tiny, "--into", out, "--released", "2026-11-24")
    assert done.stdout.startswith("published 2020.10.1, ")
    again = cli("publish", tiny, "--into", out)
    assert (again.returncode, again.stdout) == (1, "")
    assert "says the same" in again.stderr
    taken = cli("publish", tiny, "--into", out, "--number", "2020.10.1")
    assert "never changes" in taken.stderr
    (tiny / "c.yaml").unlink()
    found = json.loads(cli("publish", tiny, "--into", out, "--format", "json").stdout)
    assert found["version"] == "2020.10.2"


def test_verify_names_the_record_with_a_wrong_letter(cli, sources, tmp_path):
    done = cli("verify", sources)
    assert done.returncode == 0
    assert "found in the sources" in done.stdout
    folder = shutil.copytree(DATA, tmp_path / "data")
    path = folder / "schemes.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Schéma Régional du Tourisme\n", "Schéma Régional du Tourismo\n"))
    done = cli("--policy", folder, "verify", sources)
    assert done.returncode == 1
    assert "scheme:tourisme.label: 'Schéma Régional du Tourismo' does not stand" in done.stdout
    found = json.loads(cli("--policy", folder, "verify", sources, "--format", "json").stdout)
    assert [f["record"] for f in found["findings"]] == ["scheme:tourisme"]
    assert found["checked"]["label"] > 70


def test_grants_are_told_with_their_rules(cli):
    said = cli("grant", "developper-les-tiers-lieux", "350000").stdout
    assert "at most €157,500 for a cost of €350,000 (rate 45%, ceiling €450,000)" in said
    assert "\nRules\n" in said
    found = json.loads(
        cli("grant", "developper-les-tiers-lieux", "99999", "--format", "json").stdout
    )
    assert (found["most"], found["below"], found["least_cost"]) == (None, True, "100000")
    call = cli("grant", "appel-a-projets-territoires-intelligents", "100000", lang="fr").stdout
    assert "+ 10 %" in call.replace("\u00a0", " ")
    found = json.loads(cli("aids", "actor:communes", "--format", "json").stdout)["offers"]
    assert {offer["depends_on_population"] for offer in found} == {True, False}
    assert all(offer["eligibility"]["citations"][0]["url"] for offer in found)
    assert "if below 1,000 inhabitants" in cli("aids", "actor:communes").stdout


def test_inventory_exits_1_where_something_is_unexplained(cli, sources, tmp_path):
    done = cli("inventory", sources)
    assert (done.returncode, done.stderr) == (0, "")
    assert "items, 0 unexplained" in done.stdout
    assert cli("inventory", sources, "--format", "json", cwd=tmp_path).returncode == 1
    old = cli("--policy", "2020.10.1", "inventory", sources, "--page", "8", lang="fr")
    assert old.returncode == 1
    assert "\tinexpliqué\t" in old.stdout
    every = json.loads(cli("inventory", sources, "--format", "json").stdout)["items"]
    assert {item["state"] for item in every} == {"cited", "left-out"}
    shown = cli("inventory", sources, "--all", "--page", "10")
    assert shown.returncode == 0
    assert "figure:entreprises-filiere-numerique" in shown.stdout
    wrong = cli("inventory", sources, "--page", "strategie-regionale/scoran-bfc/README")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "known: strategie-regionale/scoran-bfc/README.md" in wrong.stderr
    empty = cli("inventory", tmp_path)
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "no page of document:pdf-2020-10 in it" in empty.stderr


def test_a_reader_that_goes_away_is_no_failure():
    command = [sys.executable, "-m", "ppun_bfc", "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_a_full_disk_is_one_message():
    if not os.path.exists("/dev/full"):
        pytest.skip("needs a device that is always full")
    command = [sys.executable, "-m", "ppun_bfc", "--lang", "en", "list", "scheme"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: cannot use stdout: No space left on device; ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["list", "scheme"], ["export"]])
def test_no_command_fails_otherwise_on_a_full_disk(arguments):
    if not os.path.exists("/dev/full"):
        pytest.skip("needs a device that is always full")
    command = [sys.executable, "-m", "ppun_bfc", "--lang", "en", *arguments]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: cannot use stdout: No space left on device; ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-", ">/dev/full 2>/dev/full"])
def test_where_nobody_can_be_told_the_exit_status_tells(where):
    command = f"{sys.executable} -m ppun_bfc show scheme:x {where}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
def test_help_on_a_console_without_accents(cli, encoding):
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ppun_bfc", "--lang", "fr", "--help"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **env}, check=False)
    assert done.returncode == 0
    assert b"Crois" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_deprecated_id_is_one_line_whatever_python_is_told_of_warnings(cli, tmp_path):
    path = tmp_path / "later.json"
    path.write_bytes(later().to_json())
    done = cli("--policy", path, "show", RENAMED, env={"PYTHONWARNINGS": "error"})
    assert done.returncode == 0
    assert done.stderr == f"{RENAMED} is deprecated in version 2020.10.9; see {RENAMED_TO}\n"


def test_a_closed_output_is_no_failure():
    command = f"{sys.executable} -m ppun_bfc list scheme >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_named_like_a_version_does_not_hide_it(cli, tmp_path, policy):
    (tmp_path / policy.version).mkdir()
    done = cli("--policy", policy.version, "list", "scheme", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


INTERRUPTED = """
import importlib.abc, os, signal, sys
class Stop(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
# Whoever started the tests may ignore the signal, and that is handed down.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["ppun-bfc", "search", "x"]
from ppun_bfc.cli import main
main()
"""


@pytest.mark.parametrize(
    ("module", "when"),
    {"ppun_bfc.cli.app": "it starts", "ppun_bfc.search": "it works"}.items(),
)
def test_ctrl_c_is_quiet_while(module, when):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(module=module)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_pipe_is_no_snapshot(cli, tmp_path):
    os.mkfifo(tmp_path / "x.json")
    done = cli("--policy", tmp_path / "x.json", "gaps")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a file" in done.stderr


@pytest.mark.parametrize("module", ["typer", "rich"])
def test_without_the_extra_one_line_says_how_to_get_it(module):
    code = f"import sys; sys.modules[{module!r}] = None; from ppun_bfc.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "ppun-bfc: the command line needs the extra 'cli'; install it with: pip install \"ppun-bfc[cli]\"\n"
    )


def test_another_missing_module_is_not_blamed_on_the_extra():
    code = "import sys, ppun_bfc.cli as c; sys.modules['ppun_bfc.cli.app'] = None; c.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in done.stderr


@pytest.mark.parametrize(("asked", "drawn"), [(["list", "principle"], False), (["-h"], True)])
def test_only_help_pays_for_the_panels_of_help(asked, drawn):
    code = (
        "import sys, atexit; from ppun_bfc.cli.app import run;"
        "atexit.register(lambda: print('typer.rich_utils' in sys.modules, file=sys.stderr));"
        f"run(['--lang', 'fr', *{asked!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == str(drawn)


def read_to_the_end(terminal):
    shown = b""
    # At the end some systems give nothing, others an error.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            shown += part
    os.close(terminal)
    return shown


def in_terminal(*arguments, columns, lang="fr", status=0, **env):
    """What a command prints in a terminal of so many columns."""
    main, end = pty.openpty()
    env = {
        **os.environ,
        "COLUMNS": str(columns),
        "LINES": "24",
        "TERM": "xterm",
        "PAGER": "",
        **env,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "ppun_bfc", "--lang", lang, *arguments],
        stdin=end,
        stdout=end,
        env=env,
    )
    os.close(end)
    shown = read_to_the_end(main)
    assert process.wait() == status
    return shown.decode()


ESCAPES = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "aid:developper-les-tiers-lieux"],
        ["show", "scheme:capeco-numerique"],
        ["list"],
        ["list", "action"],
        ["explain", "theme:inclusion", "scheme:scoran-bfc"],
        ["aids", "actor:communes", "--cost", "350000"],
        ["grant", "aid:developper-les-tiers-lieux", "350000"],
        ["search", "illectronisme"],
        ["timeline", "--due"],
        ["related", "theme:inclusion"],
        ["gaps"],
    ],
    ids=" ".join,
)
def test_a_page_fits_the_terminal_and_breaks_no_id(policy, columns, arguments):
    shown = ESCAPES.sub("", in_terminal(*arguments, columns=columns))
    ids = {entity.id for entity in policy}
    for line in shown.splitlines():
        # An address or an id is never broken, so that it can be copied.
        assert len(line) <= columns or max(map(len, line.split())) > columns - 14, line
        for word in line.replace("(", " ").replace(")", " ").split():
            if word.partition(":")[0] in ppun_bfc.models.ENTITY_TYPES and ":" in word[:-1]:
                assert word in ids, word


def test_bold_letters_only_where_they_are_welcome():
    assert "\x1b[1m" in in_terminal("show", "scheme:srdeii", columns=80)
    assert "\x1b" not in in_terminal("show", "scheme:srdeii", columns=80, NO_COLOR="1")
    assert "\x1b" not in in_terminal("show", "scheme:srdeii", columns=80, TERM="dumb")


def test_what_is_longer_than_the_terminal_goes_to_the_pager_that_is_set():
    paged = in_terminal("list", "action", columns=80, PAGER="sed s/^/P/")
    assert all(line.startswith("P") for line in paged.splitlines())
    assert "action:telemedecine" in in_terminal("list", "action", columns=80, PAGER="no-such-pager")
    assert not in_terminal("list", "principle", columns=80, PAGER="sed s/^/P/").startswith("P")


def test_nothing_found_exits_1(cli):
    for arguments in (
        ["search", "qqqqzzz"],
        ["explain", "theme:inclusion", "goal:sdg-12"],
        ["aids", "actor:dreal"]
        if "actor:dreal" in ppun_bfc.load()
        else ["aids", "audience:femmes"],
    ):
        done = cli(*arguments)
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout


@pytest.mark.parametrize("where", ["before", "after"])
def test_global_options_stand_before_and_after_the_command(cli, where):
    given = ["--lang", "fr", "--policy=2020.10.1"]
    command = ["list", "principle"]
    done = cli(*(given + command if where == "before" else command + given), lang=None)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Éthique" in done.stdout
    assert cli("search", "--", "--lang", lang="en").returncode == 1


def test_usage_is_told_in_the_language(cli):
    assert cli("show", lang="fr").stderr == (
        "erreur : il manque id.\nEssayer : ppun-bfc show --help\n"
    )
    for arguments, says in (
        (["serch"], "pas de commande 'serch'. Vouliez-vous dire 'search' ?"),
        (["show", "--formt", "json", "x"], "pas d’option --formt"),
        (["versions", "x"], "arguments de trop : x"),
        (["search", "x", "--kind"], "--kind attend une valeur"),
        (["--version=1"], "--version n’attend pas de valeur"),
        (["search", "x", "--limit", "x"], "--limit"),
    ):
        done = cli(*arguments, lang="fr")
        assert done.returncode == 2
        assert says in done.stderr + done.stdout


def test_whoever_asks_nothing_is_told_what_can_be_asked(cli):
    done = cli(lang="fr")
    assert done.returncode == 0
    assert "Commandes" in done.stdout


def test_the_short_help(cli):
    for arguments in (["-h"], ["show", "-h"]):
        done = cli(*arguments, lang="fr")
        assert done.returncode == 0
        assert "Affiche ce message" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_ids(cli, shell):
    script = cli(
        "--show-completion",
        env={"SHELL": f"/bin/{shell}", "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    )
    words = "ppun-bfc show scheme:cap"
    env = {
        "_PPUN_BFC_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = cli(env=env, lang=None)
    assert "scheme:capeco-numerique" in done.stdout.replace("\\", "")
    assert "Traceback" not in done.stderr + script.stderr
    kinds = {**env, "COMP_WORDS": "ppun-bfc list the", "_TYPER_COMPLETE_ARGS": "ppun-bfc list the"}
    assert "theme" in cli(env=kinds, lang=None).stdout
    who = {
        **env,
        "COMP_WORDS": "ppun-bfc aids actor:com",
        "_TYPER_COMPLETE_ARGS": "ppun-bfc aids actor:com",
    }
    assert "actor:communes" in cli(env=who, lang=None).stdout.replace("\\", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["versions"],
        ["list"],
        ["list", "principle"],
        ["search", "capeco"],
        ["related", "theme:inclusion"],
        ["matrix"],
        ["timeline", "--due"],
    ],
    ids=" ".join,
)
def test_rows_are_csv_and_markdown_too(cli, arguments):
    rows = list(csv.reader(io.StringIO(cli(*arguments, "--format", "csv").stdout)))
    assert len({len(row) for row in rows}) == 1 < len(rows)
    marked = cli(*arguments, "--format", "markdown").stdout.splitlines()
    assert len(marked) == len(rows) + 1
    assert all(line.startswith("| ") for line in marked)


def test_a_calendar(cli):
    pytest.importorskip("icalendar")
    assert cli("timeline", "--format", "ics").stdout.startswith("BEGIN:VCALENDAR")


def test_a_paragraph(cli):
    assert "](<https://" in cli("cite", "theme:inclusion", "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        (["matrix", "priority", "scheme"], "Liens de l’ensemble"),
        (["list", "scheme"], "SRDEII"),
        (["--policy", "2020.10.1", "list", "task"], "rien trouvé"),
    ],
)
def test_a_terminal_gets_tables(arguments, shows):
    assert shows in in_terminal(*arguments, columns=140)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("arguments", [["matrix"], ["matrix", "priority", "scheme"]])
def test_a_matrix_fits_the_terminal_and_breaks_no_word(policy, columns, arguments):
    shown = in_terminal(*arguments, columns=columns)
    lines = [line.rstrip() for line in shown.splitlines()]
    assert max(map(len, lines)) <= columns
    words = set(shown.split())
    matrix = policy.matrix(*arguments[1:])
    for entity in (*matrix.rows, *matrix.columns):
        name = entity.acronym if entity in matrix.columns and entity.acronym else entity.label.fr
        assert set(name.split()) <= words, name
    assert "énoncé : une source le dit" in shown
    bands = [line for line in lines if line.startswith("----")]
    assert 1 <= len(bands) < 20
    assert ("matrix priority scheme" in shown) == (arguments == ["matrix"])


def test_a_matrix_without_arguments_is_the_main_one(cli, policy):
    found = json.loads(cli("matrix", "--format", "json").stdout)
    assert found["rows"] == list(policy.priorities.ids)
    assert found["columns"] == list(ppun_bfc.load("2020.10.1").schemes.ids)


def test_versions_by_digest_and_checked(cli):
    row = ppun_bfc.versions()[0]
    done = cli("versions", "--digest", row.digest)
    assert done.stdout.startswith(f"{row.version}\t")
    assert done.stdout.count("\n") == 1
    done = cli("versions", "--digest", "sha256:0")
    assert (done.returncode, done.stdout) == (1, "")
    assert row.digest in done.stderr
    done = cli("versions", "--check")
    assert (done.returncode, done.stdout) == (
        0,
        f"{len(ppun_bfc.versions())} version(s): every byte and every rule holds\n",
    )
    assert json.loads(cli("versions", "--check", "--format", "json").stdout) == {"findings": []}


def test_versions_that_were_tampered_with(cli, tmp_path):
    folder = Path(shutil.copytree(ROOT / "data" / "published", tmp_path / "published"))
    (folder / "2020.10.99.json").write_text("{}")
    done = cli("versions", "--check", "--folder", folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "2020.10.99.json: the index does not list this file" in done.stdout
    assert "1 problem(s)" in done.stdout


def test_what_changed_between_versions(cli, tmp_path):
    done = cli("diff", "2020.10.1", "2020.10.2")
    *lines, last = done.stdout.splitlines()
    assert last.startswith("2020.10.1 → 2020.10.2: 0 breaking, ")
    assert "additive\tpriority:inclusion-citoyenne changed" in done.stdout
    assert len(lines) == len(ppun_bfc.diff(ppun_bfc.load("2020.10.1"), ppun_bfc.load("2020.10.2")))
    french = cli("diff", "2020.10.2", "2020.10.1", "--format", "markdown", lang="fr")
    assert "- `action:pass-numeriques` retiré" in french.stdout
    found = json.loads(cli("diff", "2020.10.1", "2020.10.2", "--format", "json").stdout)
    assert found["counts"]["breaking"] == 0
    assert cli("diff", "2020.10.1", TINY).returncode == 0
    assert cli("diff", "2020.10.1", "2020.10.99").returncode == 1


def test_an_order_that_changed_is_told(cli, tiny):
    turned = Path(shutil.copytree(tiny, tiny.parent / "turned"))
    text = (turned / "b.yaml").read_text(encoding="utf-8")
    head, one, two, tail = re.split(r"(?m)^(?=  - id: (?:priority|scheme):)", text)
    (turned / "b.yaml").write_text(head + two + one + tail, encoding="utf-8")
    done = cli("diff", tiny, turned)
    assert "editorial\tthe order of kind priority changed" in done.stdout


@pytest.mark.parametrize("command", ["verify", "inventory", "check"])
def test_long_work_says_how_far_it_is_where_a_person_watches(sources, command):
    main, end = pty.openpty()
    given = [str(sources)] if command != "check" else [str(ROOT / "docs")]
    process = subprocess.Popen(
        [sys.executable, "-m", "ppun_bfc", command, *given], stdout=subprocess.DEVNULL, stderr=end
    )
    os.close(end)
    shown = read_to_the_end(main)
    process.wait()
    assert re.match(rb"\r\d+ ", shown)
    if command != "check":
        assert b" / " in shown


def test_progress_is_told_of_how_many(policy, sources):
    from ppun_bfc.authoring import verify

    told = []
    done = verify(ppun_bfc.load("2020.10.1"), sources, progress=lambda *told_: told.append(told_))
    assert not done.findings
    count = len(ppun_bfc.load("2020.10.1").entities(deprecated=True)) + len(
        ppun_bfc.load("2020.10.1").links
    )
    assert told == [(at, count) for at in range(count)]

"""Errors: typed, equal by value, picklable; and every sentence in every language."""

import copy
import pickle
import string

import pytest

from ppun_bfc import errors, problems
from ppun_bfc.cli.texts import TEXTS
from ppun_bfc.errors import Finding, Place, PpunError, nearest
from ppun_bfc.languages import Phrase
from ppun_bfc.problems import PROBLEMS

EXAMPLES = [
    errors.UnknownId("scheme:x", "2020.10.1", ("scheme:y",)),
    errors.UnknownId("x", "2020.10.1"),
    errors.UnknownId("", "2020.10.1"),
    errors.UnknownKind("x", ("policy",)),
    errors.UnknownName("x", "2020.10.1"),
    errors.UnknownName("x", "2020.10.1", ("scheme:y",)),
    errors.AmbiguousName("x", "2020.10.1", ("scheme:x", "scheme:y")),
    errors.UnknownRelation("x", "2020.10.1", ("upholds",)),
    errors.UnknownTable("x"),
    errors.UnknownTable("x", ("aid",)),
    errors.UnknownVersion("x", ("2020.10.1",)),
    errors.UnknownField("related", "up", ("in", "out")),
    errors.BadQuantity("cost", "x"),
    errors.WrongType("3", Phrase("an id", "un identifiant")),
    errors.DigestMismatch("version 2020.10.1", "sha256:a", "sha256:b"),
    errors.UnsupportedFormat("x.json", "2", 1),
    errors.UnreadableFile("x.json", "no such file"),
    errors.AlreadyPublished("2020.10.1", "2020.10.2"),
    errors.NothingToPublish("data", "2020.10.1"),
    errors.MissingExtra("the command line", "cli"),
    errors.InvalidData("x", (Finding.of(problems.EMPTY, Place("a.yaml", 1, 2, "a:b", "c")),)),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_is_a_value(error):
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert twin == error
        assert hash(twin) == hash(error)
        assert str(twin) == str(error)
    assert repr(error).startswith(f"{type(error).__name__}(")
    assert not str(error).startswith(("'", '"'))
    assert str(error) == error.text("en") != error.text("fr")


def test_every_error_has_an_example():
    def below(cls):
        return {cls} | {x for sub in cls.__subclasses__() for x in below(sub)}

    assert {type(error) for error in EXAMPLES} == below(PpunError) - {PpunError}


def test_builtin_bases():
    assert issubclass(errors.UnknownId, KeyError)
    assert issubclass(errors.UnreadableFile, OSError)
    assert issubclass(errors.InvalidData, ValueError)
    assert issubclass(errors.MissingExtra, ImportError)


PHRASES = {f"text {key}": phrase for key, phrase in TEXTS.items()}
PHRASES |= {name: found for name, found in vars(problems).items() if isinstance(found, Phrase)}
PHRASES |= {f"{code} what": problem.what for code, problem in PROBLEMS.items()}
PHRASES |= {f"{code} cure": problem.cure for code, problem in PROBLEMS.items()}


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_say_the_same(name):
    def fields(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    phrase = PHRASES[name]
    assert phrase.fr
    assert phrase.en
    assert fields(phrase.fr) == fields(phrase.en)


def test_a_finding_reads_as_one_line():
    finding = Finding.of(problems.DUPLICATE_KEY, Place("a.yaml", 3, 5), key="x")
    assert str(finding) == "a.yaml:3:5: the key 'x' stands twice; keep one [duplicate-key]"
    assert str(Finding.of(problems.EMPTY)) == (
        "there is nothing here; write a value, or delete the key or file [empty]"
    )


def test_nearest_names():
    assert nearest("a", []) == ()
    ids = ["scheme:plan-a", "scheme:plan-b", "scheme:plan-c", "scheme:plan-d"]
    assert nearest("scheme:plan-a", ids)[0] == "scheme:plan-a"
    assert len(nearest("scheme:plan-x", ids)) == 3
    assert nearest("Plan_B", ids)[0] == "scheme:plan-b"
    assert nearest("x" * 10_000, ["y"]) == ()

"""Nothing that the public API gives out is a live part of a version, and answers are values."""

import dataclasses
import datetime as dt
import pickle

import pytest
from pydantic import BaseModel

import ppun_bfc
from ppun_bfc import EntityCollection, PolicyVersion, check_files, diff, migrate, migrate_files
from ppun_bfc.published import Publications, published_folder

VERSION = "2020.10.1"
A, B = "priority:transformation-economie", "scheme:srdeii"


def fresh():
    """A version that no other test shares."""
    return Publications(published_folder()).load(VERSION)


def answers(policy):
    """What each public question gives, by name."""
    whole = ppun_bfc.load("2020.10.2")
    aid = "aid:developper-les-tiers-lieux"
    yield from {
        "get": policy.get(B),
        "record": policy.record(B),
        "to_dict": policy.to_dict(),
        "entities": policy.entities("scheme"),
        "iteration": list(policy),
        "schemes": policy.schemes,
        "policy": policy.policy,
        "documents": policy.documents,
        "relations": policy.relations,
        "links": policy.links,
        "related": policy.related(B),
        "ancestors": policy.ancestors(A),
        "descendants": policy.descendants(B),
        "matrix": policy.matrix("priority", "scheme"),
        "explain": policy.explain(A, B, max_links=2),
        "gaps": policy.gaps("priority", "scheme"),
        "missing": policy.missing("priority", ["figure"]),
        "in_force": policy.in_force(dt.date(2021, 1, 1)),
        "search": policy.search("srdeii"),
        "grant": whole.grant(aid, 350_000),
        "offers": whole.offers("actor:communes", cost=350_000),
        "about": whole.about("theme:inclusion"),
        "children": policy.children("scheme:scoran-bfc"),
        "disputes": whole.disputes("scheme:capeco-numerique"),
        "lookup": policy.lookup("SRDEII"),
        "suggest": policy.suggest("sch"),
        "applicants": whole.applicants(),
        "timeline": whole.timeline(),
        "closing": whole.closing("2022-01-01"),
        "cite": policy.cite(A),
        "diff": diff(policy, whole),
        "migrate": migrate([B], policy),
        "migrate_files": migrate_files([], policy),
        "check_files": check_files([], pinned=policy),
        "versions": ppun_bfc.versions(),
        "version_of": ppun_bfc.version_of(policy.digest),
        "pin": ppun_bfc.Pin.of(VERSION),
        "format": policy.format,
    }.items()


#: Methods of answers that need no argument, and give something out themselves.
GIVES = ("to_dict", "records", "table", "filled", "gaps")


def parts(value):
    """What a caller can reach from a value, by attributes, items and methods."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | EntityCollection) or hasattr(value, "keys"):
        yield from value.values() if hasattr(value, "values") else value
    if isinstance(value, BaseModel):
        yield from (getattr(value, name) for name in type(value).model_fields)
    elif dataclasses.is_dataclass(value):
        names = [name for name in dir(value) if not name.startswith("_")]
        found = (getattr(value, name) for name in names)
        yield from (part for part in found if not callable(part))
    for name in GIVES:
        if hasattr(value, name) and not isinstance(value, type | PolicyVersion):
            yield getattr(value, name)()


def vandalise(value, seen, depth=0):
    """Change everything that can be changed; what ought to be immutable must refuse."""
    if id(value) in seen or depth > 8 or isinstance(value, str | int | bytes | type | None):
        return
    seen[id(value)] = value
    for part in list(parts(value)):
        vandalise(part, seen, depth + 1)
    if isinstance(value, dict | list):
        value.clear()
    elif isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
        own = getattr(type(value), "model_fields", None)
        name = next(iter(own or [field.name for field in dataclasses.fields(value)]))
        for change in (lambda: setattr(value, name, "x"), lambda: delattr(value, name)):
            with pytest.raises((AttributeError, TypeError, ValueError)):
                change()
    elif isinstance(value, tuple):
        for change in (lambda: setattr(value, "total", "x"), lambda: delattr(value, "total")):
            with pytest.raises((AttributeError, TypeError)):
                change()
    elif hasattr(value, "keys"):
        with pytest.raises(TypeError):
            value["x"] = "x"


def test_whatever_a_caller_does_to_answers_the_version_stays():
    policy = fresh()
    before = policy.to_json()
    told = {name: pickle.dumps(value) for name, value in answers(policy) if plain(value)}
    for _, value in answers(policy):
        vandalise(value, {})
    assert policy.to_json() == before == ppun_bfc.load(VERSION).to_json()
    assert {n: pickle.dumps(v) for n, v in answers(policy) if plain(v)} == told
    # The vandal got something to break.
    assert policy.to_dict() != {}


def plain(value):
    return isinstance(value, dict | list) or dataclasses.is_dataclass(value)


def test_a_version_cannot_be_changed():
    policy = fresh()
    for change in (
        lambda: setattr(policy, "version", "x"),
        lambda: delattr(policy, "version"),
        lambda: setattr(policy, "get", None),
        lambda: delattr(policy, "get"),
        lambda: setattr(policy.get(B).citations[0], "url", "x"),
        lambda: delattr(policy.released, "text"),
        lambda: setattr(policy.released, "text", "x"),
    ):
        with pytest.raises((AttributeError, ValueError)):
            change()
    address = policy.get(B).citations[0].url
    policy.get(B).citations[0]._url = "x"  # any object takes such a name; nothing reads it
    assert policy.get(B).citations[0].url == address
    policy.__init__(policy.to_dict(), "sha256:0")
    assert (policy.version, policy.digest) == (VERSION, ppun_bfc.load(VERSION).digest)
    assert not hasattr(policy, "__dict__")


@pytest.mark.parametrize("name", [name for name, value in answers(ppun_bfc.load(VERSION))])
def test_an_answer_is_equal_by_content_and_has_a_hash(name):
    one, other = dict(answers(fresh()))[name], dict(answers(fresh()))[name]
    if isinstance(one, EntityCollection):
        one, other = tuple(one), tuple(other)
    assert one == other
    if not isinstance(one, dict | list) and not hasattr(one, "keys"):
        assert hash(one) == hash(other)

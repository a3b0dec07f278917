"""Fields: ids of the policy in models, forms and schemas of others."""

import copy
import json
import pickle
import warnings
from typing import Annotated, Any, cast

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import ppun_bfc
from ppun_bfc import DeprecatedIdWarning, UnknownId, WrongType
from ppun_bfc.errors import UnknownField, UnknownKind, UnknownVersion
from ppun_bfc.fields import Choices, choices, member
from versions import CHANGED, MERGED, MERGED_INTO, SPLIT, SPLIT_INTO, WITHDRAWN, later, policy_of


@pytest.fixture(scope="module")
def grown():
    """A version that has withdrawn some of what it had."""
    return policy_of(json.loads(later().to_json()))


def field(policy, *arguments, **options):
    return TypeAdapter(Annotated[str, member(policy, *arguments, **options)])


def refusal(adapter, value):
    with pytest.raises(ValidationError) as error:
        adapter.validate_python(value)
    (found,) = error.value.errors()
    return found


def test_a_field_takes_the_ids_of_a_kind_and_stays_a_text(policy):
    adapter = field(policy, "scheme")
    for one in policy.schemes:
        assert adapter.validate_python(one.id) == one.id
        assert type(adapter.validate_json(json.dumps(one.id))) is str


def test_a_wrong_id_is_refused_with_the_nearest(policy):
    adapter = field(policy, "scheme")
    found = refusal(adapter, "scheme:srdei")
    assert found["type"] == "unknown-id"
    assert found["ctx"]["nearest"][0] == "scheme:srdeii"
    assert "did you mean scheme:srdeii" in found["msg"]
    wrong = refusal(adapter, next(iter(policy.themes)).id)
    assert "scheme" in wrong["msg"]
    assert wrong["ctx"]["kind"] == "theme"
    for odd in (
        "",
        "scheme",
        "scheme:",
        "scheme:srdeii\n",
        " scheme:srdeii",
        3,
        None,
        "SCHEME:SRDEII",
    ):
        refusal(adapter, odd)


def test_several_kinds_and_what_is_below(policy):
    several = field(policy, ("theme", "section"))
    several.validate_python(next(iter(policy.themes)).id)
    several.validate_python(next(iter(policy.sections)).id)
    below = field(policy, "action", below="priority:inclusion-citoyenne")
    within = [
        x.id for x in policy.descendants("priority:inclusion-citoyenne") if x.kind == "action"
    ]
    for one in policy.actions:
        if one.id in within:
            below.validate_python(one.id)
        else:
            assert "not below" in refusal(below, one.id)["msg"]
    anything = field(policy)
    assert anything.validate_python("scheme:srdeii") == "scheme:srdeii"


@pytest.mark.parametrize(
    ("id", "heirs"), [(MERGED, [MERGED_INTO]), (SPLIT, SPLIT_INTO), (WITHDRAWN, [])]
)
def test_a_stored_id_that_is_withdrawn_loads_and_says_so_or_is_refused(grown, id, heirs):
    with pytest.warns(DeprecatedIdWarning, match=f"{id} is withdrawn") as told:
        assert field(grown).validate_python(id) == id
    assert all(heir in str(told[0].message) for heir in heirs)
    found = refusal(field(grown, retired="refuse"), id)
    assert found["ctx"]["nearest"] == heirs


def test_the_schema_lists_ids_with_names(policy):
    class Project(BaseModel):
        scheme: Annotated[str, member(policy, "scheme")]
        theme: Annotated[str, member(policy, "theme", schema="enum")]
        risk: Annotated[str, member(policy, "risk", lang="en")] | None = None

    said = Project.model_json_schema()["properties"]
    assert "type" not in said["scheme"]
    assert said["scheme"]["oneOf"][0] == {
        "const": next(iter(policy.schemes)).id, "title": next(iter(policy.schemes)).label.fr,
    }  # fmt: skip
    assert said["theme"]["enum"] == [one.id for one in policy.themes]
    assert "title" in said["risk"]["anyOf"][0]["oneOf"][0]
    jsonschema = pytest.importorskip("jsonschema")
    good = {"scheme": next(iter(policy.schemes)).id, "theme": next(iter(policy.themes)).id}
    jsonschema.validate(good, Project.model_json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "scheme": "scheme:srdei"}, Project.model_json_schema())


def test_what_a_field_is_annotated_with_is_a_value(policy):
    one = member(policy, "scheme", below="policy:ppun-bfc")
    assert repr(one) == f"<Member of {policy.version}: scheme below policy:ppun-bfc>"
    assert "any kind" in repr(member(policy))
    with pytest.raises(AttributeError):
        one.kinds = ()


def test_wrong_arguments_are_errors(policy):
    with pytest.raises(UnknownId, match="inclusion-citoyenne"):
        member(policy, "action", below="priority:inclusion-citoyen")
    wrong: Any
    odd: Any = 3
    misspelt: Any = "sheme"
    for wrong in ({"retired": "no"}, {"schema": "any"}, {"lang": "de"}):
        with pytest.raises(UnknownField):
            member(policy, "action", **wrong)
    with pytest.raises(UnknownKind, match="scheme"):
        member(policy, misspelt)
    with pytest.raises(WrongType):
        member(policy, odd)
    with pytest.raises(UnknownKind):
        choices(policy, misspelt)
    with pytest.raises(UnknownKind):
        choices(policy, "action", group=misspelt)


def test_choices_are_in_official_order(policy):
    found = choices(policy, "theme")
    assert found == tuple((one.id, one.label.fr) for one in policy.themes)
    grouped = choices(policy, "theme", group="priority")
    assert [id for _, own in grouped for id, _ in own] == [id for id, _ in found]
    assert [name for name, _ in grouped] == [one.label.fr for one in policy.priorities]
    english = choices(policy, ("theme", "section"), lang="en")
    assert len(english) == len(policy.themes) + len(policy.sections)


def test_what_is_in_no_group_is_with_the_others(policy):
    grouped = dict(choices(policy, "objective", group="scheme"))
    alone = dict(choices(policy, "scheme", group="priority"))
    assert list(alone) == ["Autres"]
    assert grouped


def test_what_is_withdrawn_is_marked_and_last(grown):
    found = choices(grown, ("scheme", "goal"), retired=True)
    old = {id: label for id, label in found if "retiré" in label}
    assert {MERGED, SPLIT, WITHDRAWN} <= set(old)
    assert MERGED_INTO in old[MERGED]
    assert old[WITHDRAWN].endswith("(retiré)")
    grouped = choices(grown, "scheme", group="priority", retired=True)
    assert grouped[-1][0] == "Retirés"
    assert CHANGED in dict(found)


def test_choices_of_django_are_called_and_written_down_by_kind():
    one = Choices("theme", group="priority", version="2020.10.2")
    assert one() == choices(ppun_bfc.load("2020.10.2"), "theme", group="priority", retired=True)
    assert Choices("scheme")() == choices(ppun_bfc.load(), "scheme", retired=True)
    assert Choices("scheme").deconstruct() == ("ppun_bfc.fields.Choices", ["scheme"], {})
    path, arguments, options = cast("tuple[str, list[Any], dict[str, Any]]", one.deconstruct())
    assert (path, Choices(*arguments, **options)) == ("ppun_bfc.fields.Choices", one)
    assert hash(one) == hash(Choices("theme", group="priority"))
    assert one != Choices("theme")
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert one != "theme"
    assert repr(one) == "<Choices theme>"
    with pytest.raises(UnknownVersion):
        Choices("theme", version="1999.1")()


def test_nothing_warns_where_nothing_is_withdrawn(policy):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        field(policy, "action").validate_python(next(iter(policy.actions)).id)
        Choices("action", group="theme")()

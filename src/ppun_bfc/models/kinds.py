"""The one list of kinds, in the order in which a snapshot lists them: new kinds go last."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from . import aids, facts, tree
from .entity import Entity

__all__ = ["ENTITY_TYPES", "AnyEntity"]

#: Any entity; pydantic tells the kinds apart by `kind`.
AnyEntity: TypeAlias = Annotated[
    tree.Policy
    | tree.Purpose
    | tree.Priority
    | tree.Section
    | tree.Theme
    | tree.Action
    | tree.Opportunity
    | tree.Risk
    | tree.Principle
    | tree.Guarantee
    | tree.Programme
    | tree.Scheme
    | tree.Axis
    | tree.Objective
    | tree.Challenge
    | tree.Orientation
    | tree.Proposal
    | tree.Service
    | tree.Agency
    | tree.Task
    | aids.Aid
    | facts.Audience
    | facts.Actor
    | facts.Funding
    | facts.Goal
    | facts.Event
    | facts.Figure
    | facts.Discrepancy,
    Field(discriminator="kind"),
]

_TYPES: tuple[type[Entity], ...] = get_args(get_args(AnyEntity)[0])
#: The class of each kind.
ENTITY_TYPES: Mapping[str, type[Entity]] = {found.noun.en[0]: found for found in _TYPES}

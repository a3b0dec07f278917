"""What a figure may count, how a source hedges it, and of what sort it is."""

from typing import Literal, TypeAlias

__all__ = ["Change", "Nature", "Qualifier", "Unit"]

#: What a figure counts. Money is ISO 4217, shares are `percent` and their differences `percentage
#: point`, `times` tells how many times as much and `rank` a place in an order; the others are what
#: is counted, as singular nouns. The list grows with the data.
Unit: TypeAlias = Literal[
    "EUR",
    "EUR per kilometre",
    "EUR per passenger",
    "EUR per pupil",
    "percent",
    "percent per year",
    "percentage point",
    "point",
    "times",
    "rank",
    "year",
    "month",
    "day",
    "hour",
    "hour per day",
    "hour per week",
    "kilometre per day",
    "tonne",
    "tonne per year",
    "kilogram",
    "kilowatt-hour",
    "gigabyte",
    "act",
    "action",
    "action sheet",
    "aid",
    "axis",
    "business",
    "campus",
    "centre",
    "commune",
    "configuration",
    "consultation",
    "contributor",
    "country",
    "course",
    "data item",
    "department",
    "device",
    "establishment",
    "event",
    "file",
    "goal",
    "inhabitant",
    "institution",
    "job",
    "line",
    "meeting",
    "member",
    "module",
    "objective",
    "pass",
    "person",
    "place",
    "principle",
    "priority",
    "project",
    "region",
    "school",
    "service",
    "site",
    "structure",
    "support assignment",
    "support scheme",
    "task",
    "university",
    "visit",
    "voucher",
    "work",
    "workshop",
]
#: How a source hedges a quantity.
Qualifier: TypeAlias = Literal["about", "more than", "less than", "at least", "up to"]
#: Whether a figure is a change, and of which sort: +45 % is relative, +50 M€ absolute.
Change: TypeAlias = Literal["relative", "absolute"]
#: What a figure is: measured, estimated, aimed at, spent or to be spent, or a rule.
Nature: TypeAlias = Literal["observed", "estimate", "target", "budget", "rule"]

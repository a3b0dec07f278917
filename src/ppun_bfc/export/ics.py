"""A timeline as iCalendar (RFC 5545), by the library `icalendar`."""

from datetime import UTC, datetime, timedelta
from typing import Protocol, cast

from ..errors import need
from ..languages import Language
from ..policy import PolicyVersion
from ..timeline import Timeline
from .mark import mark

__all__ = ["calendar"]


class _Component(Protocol):
    """What is used here of a component of icalendar, whose own types leave much open."""

    def add(self, name: str, value: object, /) -> object: ...


def calendar(moments: Timeline, policy: PolicyVersion, lang: Language) -> bytes:
    """
    Each moment as an all-day event; a month or a year is as long as it is.

    What is more precise than the source is not: the summary says the date as the source does.

    Raises:
        MissingExtra: where the library is not installed.

    """
    need("icalendar", "the form ics", "ics")
    import icalendar

    whole = icalendar.Calendar()
    made = cast("_Component", whole)
    made.add("prodid", f"-//ppun_bfc//{policy.version}//{lang.upper()}")
    made.add("version", "2.0")
    made.add("x-wr-calname", policy.policy.headline(lang))
    made.add("x-wr-caldesc", mark(policy, lang))
    stamp = policy.released.first if policy.released else None
    when = (
        datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)
        if stamp
        else datetime(1970, 1, 1, tzinfo=UTC)
    )
    for moment in moments:
        one = icalendar.Event()
        event = cast("_Component", one)
        event.add(
            "uid", f"{moment.entity.id}/{moment.sort}/{moment.date}@{policy.version}.ppun-bfc"
        )
        event.add("dtstamp", when)
        event.add("dtstart", moment.date.first)
        event.add("dtend", moment.date.last + timedelta(days=1))
        event.add("summary", f"{moment.text(lang)} ({moment.date})")
        event.add("url", moment.citations[0].url or "")
        event.add("categories", [moment.sort])
        event.add("transp", "TRANSPARENT")
        whole.add_component(one)
    data: bytes = whole.to_ical()
    return data

"""What is dated, in order; and as a calendar."""

import datetime as dt
import json
import sys

import pytest

import ppun_bfc
from ppun_bfc import WrongType
from ppun_bfc.errors import MissingExtra
from ppun_bfc.export import ics


@pytest.fixture(scope="module")
def edition():
    return ppun_bfc.load("2020.10.2")


def test_it_is_in_order_and_whole(edition):
    found = edition.timeline()
    firsts = [moment.date.first for moment in found]
    assert firsts == sorted(firsts)
    dated = [event for event in edition.events if event.date]
    assert [m.entity for m in found if m.sort == "event"].__len__() == len(dated)
    assert {m.entity.id for m in found if m.sort == "closes"} == {
        a.id for a in edition.aids if a.closes
    }
    assert all(moment.citations for moment in found)
    told = json.loads(json.dumps(found.to_dict("en")))
    assert told[0]["first"] <= told[0]["last"]
    assert "in force" in " ".join(one["text"] for one in told)


def test_it_is_cut_by_days(edition):
    found = edition.timeline("2021-01-01", dt.datetime(2021, 12, 31, 12))
    assert found
    for moment in found:
        assert moment.date.last >= dt.date(2021, 1, 1)
        assert moment.date.first <= dt.date(2021, 12, 31)
    assert set(edition.timeline()) > set(found)
    assert edition.timeline("2099-01-01") == ()
    assert "rien n’est daté" in str(edition.timeline("2099-01-01"))
    with pytest.raises(WrongType):
        edition.timeline("2021")
    assert "closes" in repr(edition.closing("2021-12-31")[0])


def test_what_is_due(edition):
    due = edition.closing("2021-12-31", since="2021-07-01")
    assert {moment.sort for moment in due} <= {"closes", "deadline"}
    assert "aid:developper-les-tiers-lieux" in [moment.entity.id for moment in due]
    assert edition.closing("2000-01-01") == ()


def test_a_calendar_that_a_calendar_reads(edition):
    icalendar = pytest.importorskip("icalendar")
    moments = edition.timeline("2021-01-01", "2021-12-31")
    read = icalendar.Calendar.from_ical(ics.calendar(moments, edition, "fr"))
    events = list(read.walk("VEVENT"))
    assert len(events) == len(moments)
    for event, moment in zip(events, moments, strict=True):
        assert event.decoded("dtstart") == moment.date.first
        assert event.decoded("dtend") == moment.date.last + dt.timedelta(days=1)
        assert str(event["url"]).startswith("https://")
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert ics.calendar(moments, edition, "fr") == ics.calendar(moments, edition, "fr")


def test_without_the_library_it_is_one_clear_error(edition, monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra, match="ppun-bfc\\[ics\\]"):
        ics.calendar(edition.timeline(), edition, "fr")


def test_deadlines_of_an_aid_are_moments(tiny):
    from ppun_bfc.authoring import draft

    cited = "citations: [{document: document:page, page: un.md, anchor: Les usages}]"
    (tiny / "z.yaml").write_text(
        f"entities:\n  - id: aid:appel\n    label: {{fr: Appel}}\n    {cited}\n"
        "    deadlines:\n      - text: {fr: première sélection, en: first selection}\n"
        f"        date: 2021-04-30\n        as_written: x\n        {cited}\n",
        encoding="utf-8",
    )
    (due,) = draft(tiny).closing("2021-12-31")
    assert (due.sort, due.text("en"), str(due.date)) == (
        "deadline",
        "Appel: first selection",
        "2021-04-30",
    )
    assert "30 avril 2021" in draft(tiny).get("aid:appel").text()

"""Versions of a report: frozen as they were sent, the last of each municipality, what changed."""

from dataclasses import fields, replace
from typing import Any

from bot.models import ReportVersion
from bot.services import report_versions
from bot.services.core import Core
from bot.services.counted import MeetingsCount, PeopleCount
from bot.services.report_counting import FormFacts
from bot.services.signatures import SignatureFacts
from bot.services.version_facts import ChangedRow, difference, from_stored, to_stored
from bot.vocabulary import Audience, Category, ReportStatus
from tests.services.factory import make_region

FORM = FormFacts(
    name="Ачинск",
    genitive="города Ачинска",
    year=2026,
    meetings=MeetingsCount({Audience.STUDENTS: 2, Audience.PARENTS: 1}, outside_form=3),
    people=PeopleCount(
        {Category.GRADE_9: 25, Category.OTHER: 2, Category.GRADE_5: 4},
        (("Школа № 3", 1), ("", 1)),
        at_other_meetings=7,
    ),
    photo_links=("https://example.org/1",),
    proposals="Больше экскурсий",
    curator=SignatureFacts("Иванова Мария Петровна", "+7 391 000-00-00"),
)


async def _store(core: Core, municipality_id: int, number: int, **fields: Any) -> None:
    decided = fields.get("status", ReportStatus.SENT) is not ReportStatus.SENT
    async with core.db.write() as session:
        session.add(
            ReportVersion(
                **{
                    "token": f"{municipality_id}-{number}",
                    "municipality_id": municipality_id,
                    "year": 2026,
                    "number": number,
                    "status": ReportStatus.SENT,
                    "facts": to_stored(FORM),
                    "file": b"PK",
                    "sent_at": core.clock.now(),
                    "decided_at": core.clock.now() if decided else None,
                }
                | fields
            )
        )


async def test_the_last_version_of_each_municipality(core: Core) -> None:
    places = await make_region(core)
    achinsk, kansk = places["achinsk"], places["kansk"]
    await _store(core, achinsk, 1, status=ReportStatus.ACCEPTED)
    await _store(core, achinsk, 2, sent_by="Мария")
    await _store(core, kansk, 1, status=ReportStatus.RETURNED, comment="Нет фото")
    await _store(core, kansk, 9, year=2025)
    async with core.db.read() as session:
        latest = await report_versions.latest_versions(session, 2026)
        accepted = await report_versions.latest_versions(
            session, 2026, status=ReportStatus.ACCEPTED
        )
        everything = await report_versions.versions_of(session, achinsk, 2026)
    said = {place: (each.number, each.status.value) for place, each in latest.items()}
    assert said == {achinsk: (2, "sent"), kansk: (1, "returned")}
    assert latest[achinsk].form == FORM
    assert latest[achinsk].sent_by == "Мария"
    assert latest[kansk].comment == "Нет фото"
    assert {place: each.number for place, each in accepted.items()} == {achinsk: 1}
    assert [each.number for each in everything] == [2, 1]


def test_a_form_comes_back_as_it_was_kept() -> None:
    assert from_stored(to_stored(FORM)) == FORM
    assert {field.name for field in fields(FormFacts)} <= to_stored(FORM).keys()  # none is lost


def test_what_changed_is_named_by_rows_and_words() -> None:
    assert not difference(FORM, FORM)
    people = {Category.GRADE_9: 27, Category.OTHER: 2, Category.GRADE_5: 9}
    now = replace(
        FORM,
        meetings=MeetingsCount({Audience.STUDENTS: 3, Audience.PARENTS: 1}, 0),
        people=PeopleCount(people, (("Школа № 3", 2),), 0),
        proposals="",
        curator=None,  # who signs is no number and no word of the report
    )
    found = difference(FORM, now)
    assert found.rows == (
        ChangedRow("1.", 3, 4),
        ChangedRow("1.1.", 2, 3),
        ChangedRow("2.", 27, 29),
        ChangedRow("2.1.", 25, 27),
        ChangedRow("2.1.3.", 25, 27),
    )
    assert (found.organisations, found.photo_links, found.proposals) == (True, False, True)

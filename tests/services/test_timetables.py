"""The timetable of a half-year: what stands in it, for whom, and what it names."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.errors import Forbidden, NotFound, Refused
from bot.models import AuditEntry, Person
from bot.rules import CONSENT_VERSION
from bot.services.core import Account, Core
from bot.services.timetables import Half, count_planned, halves_of, take_timetable
from bot.vocabulary import MeetingStatus, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

CURATOR, ORGANISER, REGIONAL = Account(11), Account(12), Account(13)
FIRST, SECOND = Half(2026, 1), Half(2026, 2)
BEGINS = datetime(2025, 12, 31, 17, tzinfo=UTC)  # midnight of the new year in Krasnoyarsk


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """Ачинск with a curator and an organiser, and somebody of the region."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_CURATOR)
    return towns


async def titles(core: Core, account: Account, town: int | None, half: Half) -> list[str]:
    return [each.title for each in (await take_timetable(core, account, town, half)).meetings]


async def test_what_is_published_stands_in_its_half_by_the_clock_of_its_place(
    core: Core, towns: dict[str, int]
) -> None:
    minute = timedelta(minutes=1)
    july = datetime(2026, 6, 30, 17, tzinfo=UTC)
    for title, starts_at in (
        ("до", BEGINS - minute),
        ("июнь", july - minute),
        ("первая", BEGINS),
        ("июль", july),
    ):
        await make_meeting(core, towns["achinsk"], title=title, starts_at=starts_at)
    hidden: list[dict[str, Any]] = [
        {"status": MeetingStatus.DRAFT},
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.HELD, "outside": True},
    ]
    for fields in hidden:
        await make_meeting(core, towns["achinsk"], title="нет", starts_at=BEGINS, **fields)
    await make_meeting(
        core, towns["achinsk"], title="была", starts_at=BEGINS, status=MeetingStatus.HELD
    )
    await make_meeting(core, towns["kansk"], title="Канск", starts_at=BEGINS)

    assert await titles(core, CURATOR, towns["achinsk"], FIRST) == ["первая", "была", "июнь"]
    assert await titles(core, CURATOR, towns["achinsk"], SECOND) == ["июль"]
    assert await count_planned(core, CURATOR, towns["achinsk"], FIRST) == ("Ачинск", 3)
    assert await titles(core, REGIONAL, None, FIRST) == ["первая", "была", "Канск", "июнь"]
    with pytest.raises(Refused):
        await take_timetable(core, CURATOR, towns["achinsk"], Half(2027, 1))


async def test_a_name_is_printed_where_it_was_given_for_papers(
    core: Core, towns: dict[str, int]
) -> None:
    named = await make_person(core, 20, name="Аня")
    await make_meeting(core, towns["achinsk"], starts_at=BEGINS, created_by_id=named)
    table = await take_timetable(core, CURATOR, towns["achinsk"], FIRST)
    assert [each.responsible for each in table.meetings] == [""]
    async with core.db.write() as session:
        await session.execute(
            update(Person)
            .where(Person.id == named)
            .values(
                staff_name="Иванова Анна Петровна",
                staff_consent_at=core.clock.now(),
                staff_consent_version=CONSENT_VERSION,
            )
        )
    table = await take_timetable(core, CURATOR, towns["achinsk"], FIRST)
    assert [each.responsible for each in table.meetings] == ["Иванова Анна Петровна"]
    assert (table.genitive, table.of_region) == ("города Ачинска", False)


async def test_those_who_make_the_report_take_it_and_it_is_written_down(
    core: Core, towns: dict[str, int]
) -> None:
    await make_meeting(core, towns["achinsk"], starts_at=BEGINS)
    await take_timetable(core, REGIONAL, None, FIRST)
    async with core.db.read() as session:
        (entry,) = (await session.scalars(select(AuditEntry))).all()
    assert (entry.action, entry.subject) == ("export.take", "region")
    assert entry.details == {"kind": "timetable", "rows": 1}
    for account, town in (
        (ORGANISER, towns["achinsk"]),
        (CURATOR, towns["kansk"]),
        (CURATOR, None),
        (Account(99), towns["achinsk"]),
    ):
        with pytest.raises(Forbidden):
            await take_timetable(core, account, town, FIRST)
        with pytest.raises(Forbidden):
            await count_planned(core, account, town, FIRST)
    with pytest.raises(NotFound):
        await count_planned(core, REGIONAL, 404, FIRST)


def test_the_next_half_year_can_be_taken_before_it_begins() -> None:
    assert halves_of(date(2026, 12, 31)) == (FIRST, SECOND, Half(2027, 1))

"""Meetings held without the bot: counted like any other, said to nobody."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.models import AuditEntry, DueMessage, Headcount, Meeting, WalkIn
from bot.rules import MeetingAction, SaidWalkIns
from bot.services import attendance, catalogue, meeting_lists, meetings, reports
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.services.outside import (
    add_outside,
    check_telling,
    correct_outside,
    get_outside,
    remove_outside,
)
from bot.services.outside_draft import HeldOutside
from bot.vocabulary import Audience, Category, Format, MeetingStatus, Mode, Role
from tests.services.factory import give_role, make_meeting, make_region

CURATOR, ORGANISER, OTHER = Account(11), Account(12), Account(13)
YESTERDAY = date(2026, 3, 1)
PEOPLE = (
    SaidWalkIns(Category.GRADE_9, 25),
    SaidWalkIns(Category.OTHER, 4, "Школа № 3"),
    SaidWalkIns(Category.OTHER, 2, "Завод"),
)


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """Ачинск with a curator and an organiser, Канск with a curator."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, OTHER.id, Role.CURATOR, towns["kansk"])
    return towns


def told(town: int, **fields: Any) -> HeldOutside:
    usual = HeldOutside(
        municipality_id=town,
        title="Кто строит мосты",
        day=YESTERDAY,
        audience=Audience.PARENTS,
        format=Format.SEMINAR,
        mode=Mode.IN_PERSON,
        place="Библиотека",
        people=PEOPLE,
        photo_link="disk.example.org/1",
    )
    return replace(usual, **fields)


async def counted(core: Core, meeting_id: int) -> dict[tuple[Category, str], int]:
    async with core.db.read() as session:
        rows = await session.execute(
            select(Headcount.category, Headcount.organisation, Headcount.people).where(
                Headcount.meeting_id == meeting_id
            )
        )
        return {(category, whose): people for category, whose, people in rows}


async def test_it_counts_in_the_report_and_nobody_hears_of_it(
    core: Core, towns: dict[str, int]
) -> None:
    assert core.today() == YESTERDAY + timedelta(days=1)
    meeting_id = await add_outside(core, CURATOR, told(towns["achinsk"]), "once")
    assert await add_outside(core, CURATOR, told(towns["achinsk"]), "once") == meeting_id

    report = await reports.appendix2(core, CURATOR, 2026, towns["achinsk"])
    assert report.meetings.by_audience == {Audience.PARENTS: 1}
    assert report.people.by_category == {Category.GRADE_9: 25, Category.OTHER: 6}
    assert await counted(core, meeting_id) == {
        (Category.GRADE_9, ""): 25,
        (Category.OTHER, "Школа № 3"): 4,
        (Category.OTHER, "Завод"): 2,
    }
    async with core.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(DueMessage)) == 0
        meeting = await session.get_one(Meeting, meeting_id)
    assert meeting.status is MeetingStatus.HELD
    assert meeting.photo_link == "https://disk.example.org/1"
    assert report.attention.without_attendance == ()


async def test_only_staff_sees_it_and_only_in_the_list_of_what_is_past(
    core: Core, towns: dict[str, int]
) -> None:
    meeting_id = await add_outside(core, ORGANISER, told(towns["achinsk"]), "hidden")
    assert (await catalogue.list_meetings(core, None, None, 0, 8)).total == 0
    with pytest.raises(NotFound):
        await catalogue.get_card(core, CURATOR, "hidden")
    (row,) = (await meeting_lists.list_meetings(core, ORGANISER, Tab.PAST, 0, 8)).rows
    assert (row.id, row.outside, row.came) == (meeting_id, True, 31)
    overview = await meeting_lists.get_overview(core, ORGANISER, meeting_id)
    assert overview.may == {MeetingAction.CORRECT, MeetingAction.PHOTOS, MeetingAction.REMOVE}
    assert overview.may_repeat is False
    for deed in (
        attendance.add_walk_in(core, ORGANISER, meeting_id, Category.PARENT),
        meetings.edit_meeting(core, ORGANISER, meeting_id, {"title": "Другая"}),
        meetings.cancel_meeting(core, ORGANISER, meeting_id, "Передумали"),
    ):
        with pytest.raises(Refused):
            await deed


async def test_it_is_corrected_as_often_as_one_likes(core: Core, towns: dict[str, int]) -> None:
    meeting_id = await add_outside(core, CURATOR, told(towns["achinsk"]))
    better = told(
        towns["kansk"],  # the municipality stays
        title=" Мосты ",
        day=date(2026, 2, 27),
        mode=Mode.ONLINE,
        people=(SaidWalkIns(Category.PARENT, 7, "ни о чём"),),
        photo_link="",
    )
    for _ in range(2):
        await correct_outside(core, CURATOR, meeting_id, better)
    stored = await get_outside(core, CURATOR, meeting_id)
    assert (stored.municipality, stored.timezone) == ("Ачинск", "Asia/Krasnoyarsk")
    assert stored.told == told(
        towns["achinsk"],
        title="Мосты",
        day=date(2026, 2, 27),
        mode=Mode.ONLINE,
        place="",
        people=(SaidWalkIns(Category.PARENT, 7),),
        photo_link="",
    )
    assert await counted(core, meeting_id) == {(Category.PARENT, ""): 7}


async def test_it_is_taken_away_with_its_numbers(core: Core, towns: dict[str, int]) -> None:
    meeting_id = await add_outside(core, CURATOR, told(towns["achinsk"]))
    for _ in range(2):
        await remove_outside(core, CURATOR, meeting_id)
    report = await reports.appendix2(core, CURATOR, 2026, towns["achinsk"])
    assert (report.meetings.by_audience, report.people.by_category) == ({}, {})
    assert (await meeting_lists.list_meetings(core, CURATOR, Tab.PAST, 0, 8)).total == 0
    async with core.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(WalkIn)) == 0
        deeds = (await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))).all()
    assert deeds == ["meeting.outside-add", "meeting.outside-remove"]
    with pytest.raises(Refused):
        await correct_outside(core, CURATOR, meeting_id, told(towns["achinsk"]))


async def test_an_ordinary_meeting_is_neither_corrected_nor_removed_so(
    core: Core, towns: dict[str, int]
) -> None:
    held = await make_meeting(
        core,
        towns["achinsk"],
        starts_at=core.clock.now() - timedelta(days=1),
        status=MeetingStatus.HELD,
    )
    for deed in (
        get_outside(core, CURATOR, held),
        correct_outside(core, CURATOR, held, told(towns["achinsk"])),
        remove_outside(core, CURATOR, held),
    ):
        with pytest.raises(Refused):
            await deed


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"day": date(2026, 3, 3)}, "input-not-yet"),
        ({"day": date(2017, 3, 3)}, "input-past-day"),
        ({"people": ()}, "input-headcounts"),
        ({"people": (SaidWalkIns(Category.PARENT, 0),)}, "input-headcounts"),
        ({"people": (SaidWalkIns(Category.OTHER, 3),)}, "input-empty"),
        ({"place": ""}, "input-outside-place"),
        ({"photo_link": "нет"}, "input-photos"),
        ({"title": "…"}, "input-empty"),
    ],
)
async def test_what_is_missing_is_said(
    core: Core, towns: dict[str, int], fields: dict[str, Any], key: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await add_outside(core, CURATOR, told(towns["achinsk"], **fields))
    assert refused.value.key == key


async def test_rights_are_those_of_making_and_running_meetings(
    core: Core, towns: dict[str, int]
) -> None:
    meeting_id = await add_outside(core, CURATOR, told(towns["achinsk"]))
    for stranger in (OTHER, ORGANISER, Account(99)):
        for deed in (
            get_outside(core, stranger, meeting_id),
            check_telling(core, stranger, towns["achinsk"], meeting_id),
            correct_outside(core, stranger, meeting_id, told(towns["achinsk"])),
            remove_outside(core, stranger, meeting_id),
        ):
            with pytest.raises(Forbidden):
                await deed
    for stranger in (OTHER, Account(99)):
        with pytest.raises(Forbidden):
            await add_outside(core, stranger, told(towns["achinsk"]))
        with pytest.raises(Forbidden):
            await check_telling(core, stranger, towns["achinsk"], None)

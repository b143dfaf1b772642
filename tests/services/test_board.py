"""The region's board and the report from accepted versions: states, reminders, rights, sums."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.errors import Forbidden, NotFound, Refused
from bot.models import (
    AnnualReport,
    AuditEntry,
    DeadlineMark,
    DueMessage,
    Headcount,
    Meeting,
    Municipality,
    Person,
)
from bot.rules import BoardState
from bot.services import board, report_nudging, reports
from bot.services.core import Account, Core
from bot.services.counted import MeetingsCount, PeopleCount
from bot.services.report_counting import FormFacts
from bot.settings import Settings
from bot.vocabulary import (
    Audience,
    Category,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    ReportSource,
    ReportStatus,
    Role,
    Settled,
)
from tests.services.factory import give_role, make_meeting, make_person, make_region, make_version

BOSS, WATCHER, ANNA, PETR, OLGA = (Account(each) for each in range(2, 7))
ROADMAP = read_deadlines_file(Settings.model_fields["deadlines_file"].default)
TODAY = datetime(2026, 12, 28, 5, tzinfo=UTC)  # Monday, noon in Krasnoyarsk; the 25th is over


def form(name: str, people: int, year: int = 2026) -> FormFacts:
    return FormFacts(
        name=name,
        genitive=f"города {name}а",
        year=year,
        meetings=MeetingsCount({Audience.STUDENTS: 2}, outside_form=1),
        people=PeopleCount({Category.GRADE_9: people}, (), at_other_meetings=3),
    )


@pytest.fixture
def core(core: Core) -> Core:
    """Any database, with the region's own roadmap."""
    return replace(core, deadlines=ROADMAP)


@pytest.fixture
async def places(core: Core, clock: MovableClock) -> dict[str, int]:
    """Ачинск with Anna and Petr, Канск with Olga, Ачинский район with nobody."""
    clock.move_to(TODAY)
    places = await make_region(core)
    await give_role(core, BOSS.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, WATCHER.id, Role.REGIONAL_CURATOR)
    await give_role(core, ANNA.id, Role.CURATOR, places["achinsk"])
    await give_role(core, PETR.id, Role.COORDINATOR, places["achinsk"])
    await give_role(core, OLGA.id, Role.COORDINATOR, places["kansk"])
    await give_role(core, 50, Role.ORGANISER, places["achinsky"])
    return places


async def mark(core: Core, place: int, settled: Settled, reason: str = "") -> None:
    async with core.db.write() as session:
        session.add(
            DeadlineMark(
                deadline="appendix2",
                year=2026,
                territory=f"municipality:{place}",
                settled=settled,
                reason=reason,
                marked_at=core.clock.now(),
            )
        )


async def state(core: Core, place: int, year: int = 2026) -> BoardState:
    return (await board.get_board_place(core, BOSS, year, place)).row.state


async def nudges(core: Core) -> list[DueMessage]:
    async with core.db.read() as session:
        return list(
            await session.scalars(
                select(DueMessage)
                .where(DueMessage.kind == MessageKind.REPORT_NUDGE)
                .order_by(DueMessage.occurrence, DueMessage.account_id)
            )
        )


async def test_a_municipality_goes_through_the_states(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    last_month = TODAY - timedelta(days=30)
    assert await state(core, achinsk) is BoardState.NOT_STARTED
    meeting = await make_meeting(core, achinsk, starts_at=last_month)
    await make_meeting(
        core, achinsk, starts_at=last_month, status=MeetingStatus.HELD, counts_in_form=False
    )
    assert await state(core, achinsk) is BoardState.NOT_STARTED  # nothing is confirmed
    async with core.db.write() as session:
        held = {"status": MeetingStatus.HELD, "held_at": TODAY}
        await session.execute(update(Meeting).where(Meeting.id == meeting).values(held))
    found = await board.get_board_place(core, BOSS, 2026, achinsk)
    assert (found.row.state, found.row.held, found.row.days_left) == (BoardState.DRAFT, 1, -3)
    assert (found.gaps.nobody, found.row.is_late, found.may_nudge) == (1, True, True)
    assert await state(core, achinsk, 2025) is BoardState.NOT_STARTED

    await make_version(core, achinsk, form("Ачинск", 5))
    assert await state(core, achinsk) is BoardState.SENT
    await make_version(core, achinsk, form("Ачинск", 5), number=2, status=ReportStatus.RETURNED)
    assert await state(core, achinsk) is BoardState.RETURNED
    await mark(core, achinsk, Settled.BY_LETTER)
    found = await board.get_board_place(core, BOSS, 2026, achinsk)
    assert (found.row.state, found.row.by_word, found.may_nudge) == (BoardState.SENT, True, False)
    await make_version(core, achinsk, form("Ачинск", 5), number=3, status=ReportStatus.ACCEPTED)
    found = await board.get_board_place(core, BOSS, 2026, achinsk)
    assert (found.row.state, found.row.by_word) == (BoardState.ACCEPTED, False)


async def test_words_alone_are_a_draft_and_a_reason_is_none(
    core: Core, places: dict[str, int]
) -> None:
    async with core.db.write() as session:
        said = AnnualReport(
            municipality_id=places["kansk"], year=2026, proposals="Летом", updated_at=TODAY
        )
        session.add(said)
    await mark(core, places["achinsky"], Settled.NOT_NEEDED, "Встреч не было")
    found = await board.get_board(core, WATCHER, 2026, BoardState.DRAFT, 0, 6)
    assert {each: number for each, number in found.counts.items() if number} == {
        BoardState.NOT_STARTED: 1,
        BoardState.DRAFT: 1,
        BoardState.NOT_NEEDED: 1,
    }
    assert [row.territory.name for row in found.rows] == ["Канск"]
    assert (found.owing, found.days_left, found.may_nudge) == (2, -3, False)


async def test_no_addendum_is_awaited_where_nothing_was_sent(
    core: Core, places: dict[str, int]
) -> None:
    await mark(core, places["achinsk"], Settled.NOT_NEEDED, "Встреч не было")
    await mark(core, places["kansk"], Settled.BY_LETTER)
    for place in places.values():
        await make_meeting(
            core, place, starts_at=TODAY - timedelta(days=1), status=MeetingStatus.HELD
        )
    found = await board.get_board(core, BOSS, 2026)
    assert found.awaited_addenda == {places["kansk"]}


async def test_the_board_is_of_those_that_existed_in_the_year(
    core: Core, places: dict[str, int]
) -> None:
    async with core.db.write() as session:
        merged = await session.get_one(Municipality, places["kansk"])
        merged.valid_until = datetime(2026, 1, 1, tzinfo=UTC).date()
    assert sum((await board.get_board(core, BOSS, 2026)).counts.values()) == 2
    assert sum((await board.get_board(core, BOSS, 2025)).counts.values()) == 3
    with pytest.raises(NotFound):
        await board.get_board_place(core, BOSS, 2026, places["kansk"])
    with pytest.raises(Refused, match="report-no-such-year"):
        await board.get_board(core, BOSS, 2027)


async def test_the_region_alone_sees_it_and_its_coordinator_alone_reminds(
    core: Core, places: dict[str, int]
) -> None:
    for account in (ANNA, PETR, Account(50), Account(99)):
        with pytest.raises(Forbidden):
            await board.get_board(core, account, 2026)
        with pytest.raises(Forbidden):
            await board.get_board_place(core, account, 2026, places["achinsk"])
    for account in (ANNA, PETR, Account(50), Account(99), WATCHER):
        with pytest.raises(Forbidden):
            await report_nudging.nudge(core, account, 2026, places["achinsk"])
        with pytest.raises(Forbidden):
            await report_nudging.nudge_all(core, account, 2026)
        with pytest.raises(Forbidden):
            await report_nudging.preview_nudges(core, account, 2026)
    assert await nudges(core) == []


async def test_one_is_reminded_once_a_day(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    achinsk = places["achinsk"]
    await report_nudging.nudge(core, BOSS, 2026, achinsk)
    assert [(each.account_id, each.subject, each.occurrence) for each in await nudges(core)] == [
        (account.id, f"municipality:{achinsk}", "2026-12-28") for account in (ANNA, PETR)
    ]
    with pytest.raises(Refused, match="board-nudged-today"):
        await report_nudging.nudge(core, BOSS, 2026, achinsk)
    found = await board.get_board_place(core, BOSS, 2026, achinsk)
    assert (found.nudged, found.may_nudge) == (True, False)
    clock.move_to(TODAY + timedelta(hours=11))  # 23:00: it is read tomorrow, and is tomorrow's
    await report_nudging.nudge(core, BOSS, 2026, achinsk)
    clock.move_to(TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="board-nudged-today"):
        await report_nudging.nudge(core, BOSS, 2026, achinsk)
    planned = await nudges(core)
    assert len(planned) == 4
    assert planned[-1].due_at == datetime(2026, 12, 29, 1, tzinfo=UTC)  # eight in the morning
    async with core.db.read() as session:
        deeds = list(await session.scalars(select(AuditEntry.action)))
    assert deeds == ["report.nudge"] * 2


async def test_all_who_owe_it_are_reminded_and_the_others_named(
    core: Core, places: dict[str, int]
) -> None:
    await report_nudging.nudge(core, BOSS, 2026, places["kansk"])
    seen = await report_nudging.preview_nudges(core, BOSS, 2026)
    assert (seen.asked, seen.already, seen.nobody) == (("Ачинск",), ("Канск",), ("Ачинский район",))
    assert await report_nudging.nudge_all(core, BOSS, 2026) == seen
    assert (await report_nudging.nudge_all(core, BOSS, 2026)).asked == ()
    assert len(await nudges(core)) == 3
    with pytest.raises(Refused, match="board-nobody"):
        await report_nudging.nudge(core, BOSS, 2026, places["achinsky"])
    async with core.db.write() as session:
        await session.execute(update(Person).values(blocked_at=TODAY))
        await session.execute(update(DueMessage).values(occurrence="2026-12-01"))
    assert (await report_nudging.preview_nudges(core, BOSS, 2026)).nobody == (
        "Ачинск",
        "Ачинский район",
        "Канск",
    )


async def test_who_has_sent_it_is_not_reminded(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    await report_nudging.nudge(core, BOSS, 2026, achinsk)
    told = await report_nudging.find_nudge(core, ANNA, achinsk, 2026)
    assert told is not None
    assert (told.year, told.days_left, told.gaps.proposals) == (2026, -3, True)
    assert await report_nudging.find_nudge(core, OLGA, achinsk, 2026) is None
    await make_version(core, achinsk, form("Ачинск", 5))
    assert await report_nudging.find_nudge(core, ANNA, achinsk, 2026) is None
    async with core.db.write() as session:  # as the sender does with it
        await session.execute(update(DueMessage).values(status=MessageStatus.DROPPED))
    with pytest.raises(Refused, match="board-not-awaited"):
        await report_nudging.nudge(core, BOSS, 2026, achinsk)
    # It came back on the same day: what did not go out is due again, and is said once.
    await make_version(core, achinsk, form("Ачинск", 5), number=2, status=ReportStatus.RETURNED)
    await report_nudging.nudge(core, BOSS, 2026, achinsk)
    assert [each.status for each in await nudges(core)] == [MessageStatus.PLANNED] * 2


async def test_two_who_remind_at_once_remind_once(core: Core, places: dict[str, int]) -> None:
    second = await make_person(core, 60)
    assert second
    await give_role(core, 60, Role.REGIONAL_COORDINATOR)
    outcomes = await asyncio.gather(
        *(report_nudging.nudge_all(core, Account(each), 2026) for each in (BOSS.id, 60))
    )
    assert sorted(len(each.asked) for each in outcomes) == [0, 2]
    assert len(await nudges(core)) == 3


async def test_the_report_sums_what_was_accepted_as_it_was_sent(
    core: Core, places: dict[str, int]
) -> None:
    achinsk, kansk = places["achinsk"], places["kansk"]
    live = await make_meeting(
        core, achinsk, starts_at=TODAY - timedelta(days=9), status=MeetingStatus.HELD
    )
    async with core.db.write() as session:
        session.add(
            Headcount(meeting_id=live, category=Category.PARENT, people=700, organisation="")
        )
    await make_version(core, achinsk, form("Ачинск", 40), status=ReportStatus.ACCEPTED)
    await make_version(core, achinsk, form("Ачинск", 900), number=2)  # sent again, not decided
    await make_version(core, kansk, form("Канск", 5), status=ReportStatus.RETURNED)
    await make_version(core, kansk, form("Канск", 7, 2025), status=ReportStatus.ACCEPTED)

    async def report(source: ReportSource):  # type: ignore[no-untyped-def]
        return await reports.consolidated_report(core, BOSS, 2026, source)

    accepted = await report(ReportSource.ACCEPTED)
    assert accepted.region.people.by_category == {Category.GRADE_9: 40}
    assert (accepted.region.meetings.outside_form, accepted.region.people.at_other_meetings) == (
        1,
        3,
    )
    assert {each.name: each.people_in_form for each in accepted.municipalities} == {
        "Ачинск": 40,
        "Ачинский район": 0,
        "Канск": 0,
    }
    assert (accepted.accepted, accepted.missing) == (1, ("Ачинский район", "Канск"))
    assert accepted.earlier == {2024: (), 2025: (form("Канск", 7, 2025),)}
    drafts = await report(ReportSource.DRAFTS)
    assert drafts.region.people.by_category == {Category.PARENT: 700}
    assert (drafts.accepted, drafts.missing) == (1, ())
    # A municipality that has got another name since stands under it; its title stays.
    async with core.db.write() as session:
        (await session.get_one(Municipality, achinsk)).name = "Ачинский округ"
    renamed = (await report(ReportSource.ACCEPTED)).municipalities[0]
    assert renamed == replace(form("Ачинск", 40), name="Ачинский округ")
    with pytest.raises(Forbidden):
        await reports.consolidated_report(core, ANNA, 2026, ReportSource.ACCEPTED)


async def test_a_reminder_that_was_dropped_makes_room_for_one_about_another_year(
    core: Core, places: dict[str, int]
) -> None:
    achinsk = places["achinsk"]
    await report_nudging.nudge(core, BOSS, 2025, achinsk)
    async with core.db.write() as session:  # as the sender does once that report was sent
        await session.execute(update(DueMessage).values(status=MessageStatus.DROPPED))
    await report_nudging.nudge(core, BOSS, 2026, achinsk)
    assert [each.facts["year"] for each in await nudges(core)] == [2026, 2026]

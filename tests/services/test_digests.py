"""Who gets a digest on which days, and what stands in it, on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.models import DueMessage, Municipality, Region, StaffRole
from bot.rules import Deadline
from bot.services import digest_days, digests
from bot.services.core import Account, Core
from bot.vocabulary import DoneWhen, MeetingStatus, MessageKind, Role
from tests.services.factory import give_role, make_meeting, make_region

CURATOR, ORGANISER, REGIONAL, ADMIN, NEWCOMER = 500, 501, 502, 503, 504
ZONE = ZoneInfo("Asia/Krasnoyarsk")


def at(month: int, day: int, hour: int = 10, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


async def planned(core: Core, account: int) -> list[tuple[str, datetime]]:
    """The days that an account has a digest on, each with its moment."""
    async with core.db.read() as session:
        rows = await session.scalars(
            select(DueMessage)
            .where(DueMessage.kind == MessageKind.DIGEST, DueMessage.account_id == account)
            .order_by(DueMessage.due_at)
        )
        return [(row.occurrence, row.due_at) for row in rows]


async def said(core: Core, clock: MovableClock, account: int, moment: datetime) -> digests.Digest:
    clock.move_to(moment)
    return await digests.get_digest(core, Account(account), moment.date().isoformat())


@pytest.fixture
async def places(core: Core) -> dict[str, int]:
    found = await make_region(core)
    await give_role(core, CURATOR, Role.CURATOR, found["achinsk"])
    return found


async def test_it_is_planned_for_workdays_two_weeks_ahead(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    clock.move_to(at(12, 30, 18))
    await digest_days.plan_ahead(core)
    days = [day for day, _ in await planned(core, CURATOR)]
    assert days == ["2027-01-11", "2027-01-12", "2027-01-13", "2027-01-14"]
    clock.move_to(at(4, 29, 9))
    await digest_days.plan_ahead(core)
    days = [day for day, _ in await planned(core, CURATOR) if day < "2026-12"]
    assert days[:3] == ["2026-04-29", "2026-04-30", "2026-05-04"]
    assert "2026-05-01" not in days
    assert "2026-05-11" not in days


async def test_a_deadline_is_recalled_on_its_day_whatever_day_that_is(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    deadline = Deadline(
        "x",
        "Отчёт",
        "Report",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15",
        frozenset({Role.CURATOR}),
        DoneWhen.MARKED,
        nudges=(9, 6),
    )
    clock.move_to(at(1, 2, year=2027))
    await digest_days.plan_ahead(replace(core, deadlines=(deadline,)))
    days = [day for day, _ in await planned(core, CURATOR) if day < "2027-01-12"]
    assert days == ["2027-01-06", "2027-01-09", "2027-01-11"]


async def test_everybody_with_a_role_has_one_a_day_by_the_clock_of_their_first_municipality(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    async with core.db.write() as session:
        await session.execute(
            update(Municipality)
            .where(Municipality.code == "kansk")
            .values(timezone="Asia/Kamchatka")
        )
    await give_role(core, CURATOR, Role.COORDINATOR, places["kansk"])
    await give_role(core, ORGANISER, Role.ORGANISER, places["kansk"])
    await give_role(core, REGIONAL, Role.REGIONAL_COORDINATOR)
    await give_role(core, ADMIN, Role.ADMIN)
    clock.move_to(at(3, 2, 0))
    await digest_days.plan_ahead(core)
    await digest_days.plan_ahead(core)
    kamchatka = ZoneInfo("Asia/Kamchatka")
    for account, zone in ((CURATOR, ZONE), (ORGANISER, kamchatka), (REGIONAL, ZONE)):
        rows = await planned(core, account)
        assert rows[0] == ("2026-03-02", datetime(2026, 3, 2, 10, tzinfo=zone))
        assert len(rows) == len({day for day, _ in rows}) == 11
    assert await planned(core, ADMIN) == []


async def test_who_got_a_role_gets_days_and_who_lost_it_gets_no_more_of_them(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    await digest_days.plan_ahead(core)
    await give_role(core, ORGANISER, Role.ORGANISER, places["achinsk"])
    await digest_days.plan_ahead(core)
    assert len(await planned(core, ORGANISER)) == len(await planned(core, CURATOR))
    before = await planned(core, CURATOR)
    async with core.db.write() as session:
        await session.execute(
            update(StaffRole)
            .where(StaffRole.role == Role.CURATOR)
            .values(revoked_at=core.clock.now())
        )
    clock.move_to(at(3, 10))
    await digest_days.plan_ahead(core)
    assert await planned(core, CURATOR) == before


async def test_who_got_a_role_after_ten_hears_of_today_before_the_evening(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    clock.move_to(at(3, 3, 9))
    await digest_days.plan_ahead(core)
    clock.move_to(at(3, 3, 17))
    await give_role(core, ORGANISER, Role.ORGANISER, places["achinsk"])
    await digest_days.plan_ahead(core)
    clock.move_to(at(3, 3, 18))
    await give_role(core, REGIONAL, Role.REGIONAL_COORDINATOR)
    await digest_days.plan_ahead(core)
    first = [(await planned(core, each))[0][0] for each in (CURATOR, ORGANISER, REGIONAL)]
    assert first == ["2026-03-03", "2026-03-03", "2026-03-04"]
    assert len(await planned(core, CURATOR)) == len(await planned(core, ORGANISER))


async def test_old_days_are_erased(core: Core, clock: MovableClock, places: dict[str, int]) -> None:
    await digest_days.plan_ahead(core)
    first = (await planned(core, CURATOR))[0][1]
    clock.move_to(first + digest_days.KEPT)
    await digest_days.purge(core)
    assert (await planned(core, CURATOR))[0][1] == first
    clock.advance(timedelta(seconds=1))
    await digest_days.purge(core)
    assert (await planned(core, CURATOR))[0][1] > first


async def test_open_lists_are_told_to_the_maker_else_to_who_runs_the_municipality(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    role = await give_role(core, ORGANISER, Role.ORGANISER, places["achinsk"])
    async with core.db.read() as session:
        maker = (await session.get_one(StaffRole, role)).person_id
    ended = {"starts_at": at(3, 3, 15), "ends_at": at(3, 3, 16)}
    theirs = await make_meeting(core, places["achinsk"], created_by_id=maker, **ended)
    nobodys = await make_meeting(core, places["achinsk"], **ended)
    await make_meeting(core, places["kansk"], **ended)
    await make_meeting(core, places["achinsk"], status=MeetingStatus.HELD, **ended)
    await make_meeting(core, places["achinsk"], status=MeetingStatus.CANCELLED, **ended)

    async def lists(account: int, moment: datetime) -> list[int]:
        digest = await said(core, clock, account, moment)
        assert digest.lists_total == len(digest.lists)
        return [each.meeting_id for each in digest.lists]

    assert await lists(ORGANISER, at(3, 3, 23)) == []  # from the next day on
    assert await lists(ORGANISER, at(3, 4)) == [theirs]
    assert await lists(CURATOR, at(3, 4)) == [nobodys]
    assert await lists(CURATOR, at(3, 9)) == []  # a Monday off
    async with core.db.write() as session:
        await session.execute(
            update(StaffRole).where(StaffRole.id == role).values(revoked_at=core.clock.now())
        )
    assert await lists(ORGANISER, at(3, 10)) == []
    assert await lists(CURATOR, at(3, 10)) == [theirs, nobodys]


async def test_a_digest_of_another_day_says_nothing(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    await make_meeting(core, places["achinsk"], starts_at=at(3, 3, 15))
    clock.move_to(at(3, 5))
    yesterday = await digests.get_digest(core, Account(CURATOR), "2026-03-04")
    assert yesterday == digests.Digest()
    assert (await said(core, clock, CURATOR, at(3, 5))).lists_total == 1


async def test_idle_months_are_told_once_a_month_but_not_in_summer(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    async def told(first: date, last: date) -> list[str]:
        """The days on which it is said."""
        days = []
        for ahead in range((last - first).days + 1):
            day = first + timedelta(days=ahead)
            if (await said(core, clock, CURATOR, at(day.month, day.day))).idle:
                days.append(day.isoformat())
        return days

    # The role is from 2 March; 1 May is a holiday, 31 May a Sunday and then it is summer.
    assert await told(date(2026, 3, 30), date(2026, 6, 3)) == ["2026-04-01", "2026-05-04"]
    assert await told(date(2026, 8, 27), date(2026, 9, 30)) == ["2026-09-28"]
    await make_meeting(core, places["kansk"])  # elsewhere
    await make_meeting(core, places["achinsk"], starts_at=at(11, 10))
    assert await told(date(2026, 10, 26), date(2026, 11, 9)) == []  # it is still to come
    assert await told(date(2026, 11, 27), date(2026, 12, 11)) == ["2026-12-10"]


async def test_nobody_begins_with_a_reproach(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    clock.move_to(at(4, 1))
    await give_role(core, NEWCOMER, Role.CURATOR, places["achinsk"])
    assert (await said(core, clock, CURATOR, at(4, 1))).idle == ("Ачинск",)
    assert (await said(core, clock, NEWCOMER, at(4, 1))).idle == ()
    assert (await said(core, clock, NEWCOMER, at(5, 4))).idle == ("Ачинск",)


async def test_of_idle_months_only_those_are_told_who_run_the_whole_municipality(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    await give_role(core, ORGANISER, Role.ORGANISER, places["achinsk"])
    assert (await said(core, clock, CURATOR, at(4, 1))).idle == ("Ачинск",)
    assert (await said(core, clock, ORGANISER, at(4, 1))).idle == ()


async def test_an_idle_month_begins_when_the_last_meeting_is_over(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    for status, ended in ((MeetingStatus.HELD, at(4, 8, 16)), (MeetingStatus.CANCELLED, at(4, 20))):
        starts_at = ended - timedelta(hours=1)
        place = places["achinsk"]
        await make_meeting(core, place, status=status, starts_at=starts_at, ends_at=ended)
    for day in (4, 7):  # two months from when it was made, and not yet one from when it was held
        assert (await said(core, clock, CURATOR, at(5, day))).idle == ()
    assert (await said(core, clock, CURATOR, at(5, 8))).idle == ("Ачинск",)


async def test_each_part_is_turned_off_by_itself(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    due = "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=6"
    roadmap = (Deadline("x", "x", "x", due, frozenset({Role.CURATOR}), DoneWhen.MARKED),)
    core = replace(core, deadlines=roadmap)
    clock.move_to(at(2, 27))
    await give_role(core, CURATOR, Role.REGIONAL_COORDINATOR)
    long_ago = {"starts_at": at(3, 6, 15), "ends_at": at(3, 7, 16)}
    await make_meeting(core, places["achinsk"], **long_ago)
    whole = await said(core, clock, CURATOR, at(4, 6))
    assert whole.lists_total
    assert whole.idle
    assert whole.owed
    assert whole.weekly
    for kind, without in (
        (MessageKind.DIGEST_LISTS, {"lists": (), "lists_total": 0}),
        (MessageKind.DIGEST_DEADLINES, {"owed": ()}),
        (MessageKind.DIGEST_IDLE, {"idle": ()}),
        (MessageKind.DIGEST_REGION, {"weekly": None}),
    ):
        async with core.db.write() as session:
            await session.execute(update(Region).values(switches={kind: False}))
        assert await said(core, clock, CURATOR, at(4, 6)) == replace(whole, **without)

"""The region reminds municipalities of a report it waits for: once a day at most each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, NotFound, Refused
from bot.models import DueMessage, Person, StaffRole
from bot.rules import DeadlineState, after_night
from bot.services import audit, due_messages
from bot.services.access import get_actor
from bot.services.board_rows import BoardRow, read_board
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts, Territory
from bot.services.deadline_ledger import Gaps, find_gaps, read_ledger
from bot.services.due_messages import Owed
from bot.services.report_counting import check_year
from bot.services.territories import lock_reports
from bot.vocabulary import MessageKind, MessageStatus, Role

_ASKED = (Role.CURATOR, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Nudges:
    """What becomes of the municipalities that the region waits for, when they are reminded.

    Attributes:
        asked: those that are reminded now.
        already: those that were reminded today.
        nobody: those where nobody answers for the report, or all of them blocked the bot.
    """

    asked: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportNudge:
    """What somebody is told who is reminded of a report.

    Attributes:
        due: its last day, None where the roadmap knows none.
        days_left: until that day, negative once it is over.
        gaps: what it lacks.
        owed: the deadline it is, None where it is asked for all the same.
    """

    territory: Territory
    year: int
    due: date | None
    days_left: int | None
    gaps: Gaps
    owed: DeadlineFacts | None


async def preview_nudges(core: Core, account: Account, year: int) -> Nudges:
    """Return who would be reminded if all were that the region waits for.

    Raises:
        Forbidden: this account may remind nobody.
        Refused: the year lies ahead.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        await _check_may_nudge(session, core, account, year)
        rows = await read_board(session, core.deadlines, year, now)
        return await count_nudges(session, rows, now)


async def nudge_all(core: Core, account: Account, year: int) -> Nudges:
    """Remind every municipality that the region waits for and that was not reminded today.

    Raises:
        Forbidden: this account may remind nobody.
        Refused: the year lies ahead.
    """
    return await _nudge(core, account, year, None)


async def nudge(core: Core, account: Account, year: int, municipality_id: int) -> None:
    """Remind those who make the report of one municipality.

    Raises:
        Forbidden: this account may remind nobody.
        Refused: the year lies ahead, the report is not awaited (any more), it was reminded today,
            or there is nobody to remind.
        NotFound: there was no such municipality in the year.
    """
    nudges = await _nudge(core, account, year, municipality_id)
    if nudges.already:
        raise Refused("board-nudged-today")
    if nudges.nobody:
        raise Refused("board-nobody")
    if not nudges.asked:
        raise Refused("board-not-awaited")


async def find_nudge(
    core: Core, account: Account, municipality_id: int, year: int
) -> ReportNudge | None:
    """Return what somebody is to be told of a report; None once there is no reason to.

    Args:
        core: what every use case is given.
        account: who is reminded.
        municipality_id: whose report it is.
        year: of the report.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if municipality_id not in rules.municipalities_with(actor.grants, _ASKED):
            return None
        rows = await read_board(session, core.deadlines, year, now, [municipality_id])
        if not rows or not rows[0].owes:
            return None
        (row,) = rows
        deadline = rules.report_deadline(core.deadlines)
        owed = None
        if deadline is not None:
            ledger = await read_ledger(session, core.deadlines, [row.territory], now)
            owed = ledger.of_year(deadline, year, row.territory)
        gaps = await find_report_gaps(session, core, row, year)
    return ReportNudge(row.territory, year, row.due, row.days_left, gaps, owed)


async def find_report_gaps(session: AsyncSession, core: Core, row: BoardRow, year: int) -> Gaps:
    """Return what a municipality's report lacks while the region waits for it."""
    deadline = rules.report_deadline(core.deadlines)
    if not row.owes or deadline is None:
        return Gaps()
    if row.due is None or row.days_left is None:
        return Gaps()
    state = DeadlineState.LATE if row.is_late else DeadlineState.OPEN
    facts = DeadlineFacts(deadline, row.territory, year, row.due, row.days_left, state, None)
    return await find_gaps(session, core.deadlines, facts, core.clock.now())


async def count_nudges(session: AsyncSession, rows: Sequence[BoardRow], now: datetime) -> Nudges:
    """Return who of these municipalities would be reminded now, within the caller's transaction."""
    nudges, _ = await _sort(session, rows, now)
    return nudges


async def _nudge(core: Core, account: Account, year: int, municipality_id: int | None) -> Nudges:
    now = core.clock.now()
    only = None if municipality_id is None else [municipality_id]
    async with core.db.write() as session:
        await _check_may_nudge(session, core, account, year)
        # Of two who remind at once the second waits here, and finds them reminded; so does one
        # who reminds of a report that is being sent.
        await lock_reports(session, municipality_id)
        rows = await read_board(session, core.deadlines, year, now, only)
        if only and not rows:
            raise NotFound("municipality-not-found")
        nudges, people = await _sort(session, rows, now)
        for territory, accounts in people:
            owed = [
                Owed(
                    each,
                    MessageKind.REPORT_NUDGE,
                    territory.key,
                    _day(territory, now),
                    facts={"municipality_id": territory.municipality_id, "year": year},
                )
                for each in accounts
            ]
            # Dropped today, when the report was sent, it is due again once that came back.
            await due_messages.plan(session, core, owed, timezone=territory.timezone, move=True)
            audit.record(session, core, account, "report.nudge", territory.key, year=year)
    return nudges


async def _sort(
    session: AsyncSession, rows: Sequence[BoardRow], now: datetime
) -> tuple[Nudges, list[tuple[Territory, list[Account]]]]:
    """Return what becomes of each, and whom the messages go to."""
    awaited = [row.territory for row in rows if row.owes]
    if not awaited:
        return Nudges(), []
    held = await session.execute(
        select(StaffRole.municipality_id, Person.account_id, Person.messenger)
        .join(StaffRole.person)
        .where(
            StaffRole.municipality_id.in_([each.municipality_id for each in awaited]),
            StaffRole.role.in_(_ASKED),
            StaffRole.revoked_at.is_(None),
            Person.blocked_at.is_(None),
        )
        .distinct()
        .order_by(Person.account_id)
    )
    people: defaultdict[int | None, list[Account]] = defaultdict(list)
    for place, account_id, messenger in held:
        people[place].append(Account(account_id, messenger))
    known = await session.execute(
        select(DueMessage.subject, DueMessage.occurrence).where(
            DueMessage.kind == MessageKind.REPORT_NUDGE,
            DueMessage.subject.in_([each.key for each in awaited]),
            DueMessage.status != MessageStatus.DROPPED,
        )
    )
    told = {(subject, day) for subject, day in known}
    already = [each for each in awaited if (each.key, _day(each, now)) in told]
    nobody = [each for each in awaited if not people[each.municipality_id] and each not in already]
    asked = [each for each in awaited if each not in already and each not in nobody]
    return (
        Nudges(*(tuple(each.name for each in group) for group in (asked, already, nobody))),
        [(each, people[each.municipality_id]) for each in asked],
    )


def _day(territory: Territory, now: datetime) -> str:
    """Return the day on which a message planned now is read: at night it waits for the morning."""
    return territory.day_of(after_night(now, territory.timezone)).isoformat()


async def _check_may_nudge(session: AsyncSession, core: Core, account: Account, year: int) -> None:
    actor = await get_actor(session, core, account)
    if not rules.may_nudge(actor.grants):
        raise Forbidden("forbidden-report")
    check_year(year, core.clock.now(), core.timezone)

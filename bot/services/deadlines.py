"""The year's deadlines for whoever answers for them: what to be recalled today, and the region's
week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.rules import Deadline, DeadlineState, Grant
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts, Ledger, Territory
from bot.services.deadline_ledger import (
    Gaps,
    find_gaps,
    read_ledger,
    read_territories,
    territories_of,
)
from bot.vocabulary import Role


@dataclass(frozen=True, slots=True)
class OwedDeadline:
    """A deadline that somebody is asked about, and what is missing before it is met."""

    facts: DeadlineFacts
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class WeeklyDeadline:
    """How many municipalities have done one deadline; `nobody`: where nobody answers for it."""

    deadline: Deadline
    year: int
    due: date
    days_left: int
    done: int
    late: int
    open: int
    nobody: int


@dataclass(frozen=True, slots=True)
class WeeklyRegion:
    """What the regional coordinator is told each week, the nearest day first."""

    deadlines: tuple[WeeklyDeadline, ...]


async def owed_for(core: Core, account: Account, now: datetime) -> list[OwedDeadline]:
    """Return what somebody is to be reminded of on this day, the nearest first.

    Args:
        core: what every use case is given.
        account: whom it is for; somebody without a role owes nothing.
        now: the moment; each municipality's own day counts.
    """
    async with core.db.read() as session:
        return [
            OwedDeadline(facts, await find_gaps(session, core.deadlines, facts, now))
            for facts in await _unsettled(session, core, account, now)
            if (today := facts.territory.day_of(now))
            in rules.nudge_days(facts.deadline, facts.due, today, today)
        ]


async def nudge_days(core: Core, account: Account, first: date, last: date) -> set[date]:
    """Return the days from `first` to `last` on which somebody is to be reminded, as it stands now.

    Args:
        core: what every use case is given.
        account: whom it is for.
        first, last: local days; each municipality's own day counts.
    """
    days: set[date] = set()
    async with core.db.read() as session:
        for facts in await _unsettled(session, core, account, core.clock.now()):
            days |= rules.nudge_days(facts.deadline, facts.due, first, last)
    return days


async def weekly_for(core: Core, account: Account, now: datetime) -> WeeklyRegion | None:
    """Return how the municipalities stand with what is overdue or due within 30 days.

    Args:
        core: what every use case is given.
        account: whom it is for.
        now: the moment.

    Returns:
        None for who is no regional coordinator, and when nothing is due.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if Grant(Role.REGIONAL_COORDINATOR) not in actor.grants:
            return None
        everywhere = await read_territories(session, None, region=False)
        ledger = await read_ledger(session, core.deadlines, everywhere, now)
    rows = tuple(
        row
        for row in summarise(ledger, everywhere)
        if row.late or 0 <= row.days_left <= rules.WEEKLY_HORIZON.days
    )
    return WeeklyRegion(rows) if rows else None


def summarise(ledger: Ledger, territories: Sequence[Territory]) -> list[WeeklyDeadline]:
    """Return how the municipalities stand with each of their deadlines, the nearest day first."""
    found = []
    for deadline in ledger.roadmap:
        if deadline.is_regional or not (states := ledger.current(deadline, territories)):
            continue
        count = Counter(facts.state for facts in states)
        found.append(
            WeeklyDeadline(
                deadline=deadline,
                year=states[0].year,
                due=states[0].due,
                days_left=states[0].days_left,
                done=count[DeadlineState.DONE],
                late=count[DeadlineState.LATE],
                open=count[DeadlineState.OPEN],
                nobody=count[DeadlineState.NOBODY],
            )
        )
    return sorted(found, key=lambda row: row.due)


async def _unsettled(
    session: AsyncSession, core: Core, account: Account, now: datetime
) -> list[DeadlineFacts]:
    """Return what somebody owes by a role of their own, the nearest first."""
    grants = (await get_actor(session, core, account)).grants
    territories = await territories_of(session, grants)
    ledger = await read_ledger(session, core.deadlines, territories, now)
    return sorted(
        (
            facts
            for territory in territories
            for deadline in core.deadlines
            if rules.answers_for(grants, deadline, territory.municipality_id)
            for facts in ledger.unsettled(deadline, territory)
        ),
        key=lambda facts: facts.due,
    )

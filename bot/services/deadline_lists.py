"""Lists of the year's deadlines: one's own by territory, the region's by deadline."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, NotFound
from bot.rules import DeadlineState
from bot.services.access import Actor, get_actor
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts, Territory
from bot.services.deadline_ledger import read_ledger, read_territories, territories_of
from bot.services.deadlines import WeeklyDeadline, summarise


@dataclass(frozen=True, slots=True)
class OwnTerritory:
    """Where somebody answers for deadlines, and how many of those stand how."""

    territory: Territory
    late: int
    open: int
    done: int


@dataclass(frozen=True, slots=True)
class OwnDeadlines:
    """What one territory owes.

    Attributes:
        territory: whose deadlines these are.
        rows: the nearest day first.
        sees_region: whether the reader sees those of all municipalities as well.
    """

    territory: Territory
    rows: tuple[DeadlineFacts, ...]
    sees_region: bool


@dataclass(frozen=True, slots=True)
class Places:
    """How municipalities stand with one deadline.

    Attributes:
        summary: of all of them.
        rows: one page of those in the state asked for, by name.
        total: how many are in that state.
    """

    summary: WeeklyDeadline
    rows: tuple[DeadlineFacts, ...]
    total: int


async def list_territories(core: Core, account: Account) -> tuple[OwnTerritory, ...]:
    """Return where somebody answers for deadlines: municipalities by name, the region last.

    Raises:
        Forbidden: nowhere.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        territories = await _territories(session, actor)
        own = await _own(session, core, actor, territories)
    found = []
    for territory in territories:
        count = Counter(facts.state for facts in own if facts.territory == territory)
        found.append(
            OwnTerritory(
                territory,
                late=count[DeadlineState.LATE],
                open=count[DeadlineState.OPEN],
                done=count[DeadlineState.DONE],
            )
        )
    return tuple(found)


async def list_deadlines(core: Core, account: Account, municipality_id: int | None) -> OwnDeadlines:
    """Return what one of somebody's territories owes, the region's (None) included.

    Raises:
        Forbidden: they answer for nothing there.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        territories = [
            each
            for each in await _territories(session, actor)
            if each.municipality_id == municipality_id
        ]
        if not territories:
            raise Forbidden("forbidden-deadlines")
        own = await _own(session, core, actor, territories)
    return OwnDeadlines(
        territories[0],
        tuple(sorted(own, key=lambda facts: facts.due)),
        sees_region=rules.is_regional(actor.grants),
    )


async def list_region(core: Core, account: Account) -> tuple[WeeklyDeadline, ...]:
    """Return how the municipalities stand with each of their deadlines, the nearest day first.

    Raises:
        Forbidden: this account does not see the region.
    """
    async with core.db.read() as session:
        _check_regional(await get_actor(session, core, account))
        everywhere = await read_territories(session, None, region=False)
        ledger = await read_ledger(session, core.deadlines, everywhere, core.clock.now())
    return tuple(summarise(ledger, everywhere))


async def list_places(
    core: Core, account: Account, code: str, state: DeadlineState, page: int, per_page: int
) -> Places:
    """Return the municipalities that stand so with a deadline.

    Args:
        core: what every use case is given.
        account: who asks.
        code: of the deadline.
        state: which of them.
        page: from 0.
        per_page: rows on a page.

    Raises:
        Forbidden: this account does not see the region.
        NotFound: there is no such deadline, or no municipality owes it now.
    """
    async with core.db.read() as session:
        _check_regional(await get_actor(session, core, account))
        everywhere = await read_territories(session, None, region=False)
        ledger = await read_ledger(session, core.deadlines, everywhere, core.clock.now())
    summary = next(
        (each for each in summarise(ledger, everywhere) if each.deadline.code == code), None
    )
    if summary is None:
        raise NotFound
    found = [
        facts for facts in ledger.current(summary.deadline, everywhere) if facts.state is state
    ]
    return Places(summary, tuple(found[page * per_page : (page + 1) * per_page]), total=len(found))


async def _territories(session: AsyncSession, actor: Actor) -> list[Territory]:
    """Return where somebody sees deadlines by their roles.

    Raises:
        Forbidden: nowhere.
    """
    if not rules.report_places(actor.grants) and not rules.is_regional(actor.grants):
        organises = rules.where_may_create_meetings(actor.grants)
        raise Forbidden("forbidden-deadlines-organiser" if organises else "forbidden-deadlines")
    return [
        each
        for each in await territories_of(session, actor.grants)
        if rules.may_see_report(actor.grants, each.municipality_id)
    ]


async def _own(
    session: AsyncSession, core: Core, actor: Actor, territories: list[Territory]
) -> list[DeadlineFacts]:
    ledger = await read_ledger(session, core.deadlines, territories, core.clock.now())
    return [
        facts
        for territory in territories
        for deadline in core.deadlines
        if rules.answers_for(actor.grants, deadline, territory.municipality_id)
        for facts in ledger.current(deadline, [territory])
    ]


def _check_regional(actor: Actor) -> None:
    if not rules.is_regional(actor.grants):
        raise Forbidden("forbidden-deadlines")

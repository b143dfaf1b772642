"""The region's board: how each municipality stands with its report of a year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, NotFound
from bot.rules import BoardState
from bot.services.access import Actor, get_actor
from bot.services.board_rows import BoardRow, read_addenda, read_board
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts
from bot.services.deadline_ledger import Gaps
from bot.services.report_counting import check_year
from bot.services.report_nudging import count_nudges, find_report_gaps


@dataclass(frozen=True, slots=True)
class Board:
    """How many municipalities stand how.

    Attributes:
        due: the last day of the report, None where the roadmap knows none.
        days_left: until that day, 0 on it; negative once it is over.
        counts: how many are in each state.
        rows: one page of those in the state asked for, by name.
        awaited_addenda: the ids of the municipalities that owe an addendum to what they have sent.
        may_nudge: whether the reader may remind them.
    """

    year: int
    due: date | None
    days_left: int | None
    counts: Mapping[BoardState, int]
    rows: tuple[BoardRow, ...]
    awaited_addenda: frozenset[int]
    may_nudge: bool

    @property
    def owing(self) -> int:
        """How many the region waits for."""
        return sum(self.counts[state] for state in rules.OWES_REPORT)


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """One municipality of the board.

    Attributes:
        gaps: what its report lacks while the region waits for it.
        addendum: how it stands with the addendum to it, None where none is owed.
        may_nudge: whether the reader may remind it now.
        may_decide: whether what it sent waits for the reader to accept or return it.
        nobody: whether there is nobody who could be reminded.
        nudged: whether it was reminded today already.
    """

    row: BoardRow
    gaps: Gaps
    addendum: DeadlineFacts | None
    may_nudge: bool
    may_decide: bool
    nobody: bool
    nudged: bool


async def get_board(
    core: Core,
    account: Account,
    year: int,
    state: BoardState | None = None,
    page: int = 0,
    per_page: int = 0,
) -> Board:
    """Return how the municipalities of a year stand.

    Args:
        core: what every use case is given.
        account: who asks.
        year: of the reports.
        state: of which of them a page is wanted; None: of none.
        page: from 0.
        per_page: rows on a page.

    Raises:
        Forbidden: this account does not see the region.
        Refused: the year lies ahead.
    """
    async with core.db.read() as session:
        actor = await _check_sees_board(session, core, account, year)
        now = core.clock.now()
        rows = await read_board(session, core.deadlines, year, now)
        addenda = await read_addenda(session, core.deadlines, year, now, rows)
    found = [row for row in rows if row.state is state]
    count = Counter(row.state for row in rows)
    return Board(
        year=year,
        due=rows[0].due if rows else None,
        days_left=rows[0].days_left if rows else None,
        counts={each: count[each] for each in BoardState},
        rows=tuple(found[page * per_page : (page + 1) * per_page]),
        awaited_addenda=frozenset(place for place, each in addenda.items() if not each.mark),
        may_nudge=rules.may_nudge(actor.grants),
    )


async def get_board_place(
    core: Core, account: Account, year: int, municipality_id: int
) -> BoardPlace:
    """Return how one municipality stands, and whether it can be reminded.

    Raises:
        Forbidden: this account does not see the region.
        Refused: the year lies ahead.
        NotFound: there was no such municipality in the year.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        actor = await _check_sees_board(session, core, account, year)
        rows = await read_board(session, core.deadlines, year, now, [municipality_id])
        if not rows:
            raise NotFound("municipality-not-found")
        nudges = await count_nudges(session, rows, now)
        addenda = await read_addenda(session, core.deadlines, year, now, rows)
        latest = rows[0].latest
        waits = latest is not None and latest.waits
        return BoardPlace(
            row=rows[0],
            gaps=await find_report_gaps(session, core, rows[0], year),
            addendum=addenda.get(municipality_id),
            may_nudge=rules.may_nudge(actor.grants) and bool(nudges.asked),
            may_decide=waits and rules.may_decide_on_reports(actor.grants),
            nobody=bool(nudges.nobody),
            nudged=bool(nudges.already),
        )


async def _check_sees_board(
    session: AsyncSession, core: Core, account: Account, year: int
) -> Actor:
    actor = await get_actor(session, core, account)
    if not rules.is_regional(actor.grants):
        raise Forbidden("forbidden-report")
    check_year(year, core.clock.now(), core.timezone)
    return actor

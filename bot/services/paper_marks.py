"""Marks from paper: what a list changes, and changing it, as often as one likes with one result."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, RegistrationLine, WalkIn
from bot.rules import Said, SaidRow, Verdict
from bot.services.access import check_possible, get_door_meeting
from bot.services.attendance import BY_TAP, get_meeting_with_door
from bot.services.core import Account, Core
from bot.services.marks import store_marks
from bot.services.paper_rows import Row, load_rows
from bot.services.paper_walk_ins import WalkInChange, compare_walk_ins, store_walk_ins
from bot.vocabulary import Category


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as it was and as it will be; None stands for no mark.

    Attributes:
        name: of the one who signed up; None once that person is erased.
        is_group: whether people are counted on the row.
    """

    code: str
    name: str | None
    organisation: str
    category: Category
    is_group: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Differences:
    """What a list changes.

    Attributes:
        marked: rows that get a mark, or another number.
        cleared: rows that lose their mark.
        already: how many rows have what the list says.
        unnumbered: groups that are ticked, but whose number nobody knows.
        impossible: rows with a number that they cannot have.
        off_list: rows of who cancelled or still waits.
        unknown: codes that no row has.
        strange: what nobody understands.
        by_tap: how many people were counted at the door with «+1».
    """

    title: str
    marked: tuple[RowChange, ...]
    cleared: tuple[RowChange, ...]
    already: int
    walk_ins: tuple[WalkInChange, ...]
    unnumbered: tuple[RowChange, ...]
    impossible: tuple[RowChange, ...]
    off_list: tuple[RowChange, ...]
    unknown: tuple[str, ...]
    strange: tuple[str, ...]
    by_tap: int

    @property
    def changes(self) -> bool:
        """Whether there is anything to confirm."""
        return bool(self.marked or self.cleared or self.walk_ins)


async def compare(core: Core, account: Account, meeting_id: int, said: Said) -> Differences:
    """Return what a list would change now.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.read() as session:
        _, meeting = await get_door_meeting(session, core, account, meeting_id)
        check_possible(core, rules.MeetingAction.DOOR, meeting)
        differences, _ = await _compare(session, meeting, said)
        return differences


async def apply(core: Core, account: Account, meeting_id: int, said: Said) -> Differences:
    """Change what a list changes at this moment, all of it; the same list twice changes nothing.

    Returns:
        What was changed.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        differences, changing = await _compare(session, meeting, said)
        if not differences.changes:
            return differences
        await store_walk_ins(session, core, account, meeting_id, differences.walk_ins)
        await store_marks(
            session,
            core,
            account,
            meeting,
            "attendance.paper",
            [(row.line, came) for row, came in changing],
            marked=len(differences.marked),
            cleared=len(differences.cleared),
            walk_ins=len(differences.walk_ins),
        )
        return differences


async def _compare(
    session: AsyncSession, meeting: Meeting, said: Said
) -> tuple[Differences, list[tuple[Row, int | None]]]:
    rows = await load_rows(session, meeting.id)
    found: defaultdict[Verdict, list[RowChange]] = defaultdict(list)
    changing: list[tuple[Row, int | None]] = []
    already = 0
    named, unknown = _find(rows, said.rows)
    for row, what in named:
        line: RegistrationLine = row.line
        verdict, came = rules.judge(
            what,
            seats=line.seats,
            came=line.came,
            is_group=row.is_group,
            signed_up=row.signed_up,
        )
        if verdict is Verdict.SAME:
            already += bool(came)
            continue
        change = _change(row, came if verdict is Verdict.CHANGES else what.people)
        found[verdict].append(change)
        if verdict is Verdict.CHANGES:
            changing.append((row, came))
    changes = found[Verdict.CHANGES]
    by_tap = await session.scalar(
        select(func.sum(WalkIn.people)).where(WalkIn.meeting_id == meeting.id, BY_TAP)
    )
    differences = Differences(
        title=meeting.title,
        marked=tuple(change for change in changes if change.after is not None),
        cleared=tuple(change for change in changes if change.after is None),
        already=already,
        walk_ins=await compare_walk_ins(session, meeting.id, said.walk_ins),
        unnumbered=tuple(found[Verdict.UNNUMBERED]),
        impossible=tuple(found[Verdict.IMPOSSIBLE]),
        off_list=tuple(found[Verdict.OFF_LIST]),
        unknown=unknown,
        strange=said.strange,
        by_tap=by_tap or 0,
    )
    return differences, changing


def _find(
    rows: Sequence[Row], said: Sequence[SaidRow]
) -> tuple[list[tuple[Row, SaidRow]], tuple[str, ...]]:
    """Return the rows that are meant, in the order of the tickets, and codes of no row."""
    by_code = {row.code: row for row in rows}
    by_line = {row.line.id: row for row in rows}
    of_ticket: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_ticket[row.registration.code].append(row)
    meant: dict[int, SaidRow] = {}
    unknown: dict[str, None] = {}
    # A range says less about a row than its own code does: «A1–A12 A7=24».
    for what in sorted(said, key=lambda each: not each.whole):
        if what.whole:
            matching = of_ticket.get(what.code, [])
        else:
            one = by_line.get(what.line_id) if what.line_id else by_code.get(what.code)
            matching = [one] if one else []
        if not matching:
            unknown[what.code] = None
        meant |= {row.line.id: what for row in matching}
    return [(row, meant[row.line.id]) for row in rows if row.line.id in meant], tuple(unknown)


def _change(row: Row, after: int | None) -> RowChange:
    return RowChange(
        code=row.code,
        name=row.name,
        organisation=row.line.organisation,
        category=row.line.category,
        is_group=row.is_group,
        before=row.line.came,
        after=after,
    )

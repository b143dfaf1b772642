"""The list on paper: what stands on the sheet that is printed before a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import fold
from bot.models import Meeting
from bot.services.access import check_possible, get_door_meeting
from bot.services.core import Account, Core
from bot.services.door_list import list_walk_in_categories
from bot.services.paper_rows import Row, load_rows
from bot.services.paper_walk_ins import load_paper_walk_ins
from bot.vocabulary import Category, Mode


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """What can be done on paper now: a sheet in any case, marks once the door is open."""

    title: str
    may_mark: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row of the sheet.

    Attributes:
        code: names the row: of the ticket's first row its code, then «A7.2», «A7.3».
        name: of the one who signed up; None once that person is erased.
        came: how many of `seats` are marked already, None when nobody is.
        is_group: whether people are counted on the row.
    """

    line_id: int
    code: str
    name: str | None
    organisation: str
    category: Category
    seats: int
    came: int | None
    is_group: bool


@dataclass(frozen=True, slots=True)
class SheetWalkIns:
    """People without a registration by the paper lists so far, None where nobody said it."""

    category: Category
    organisation: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting's list, to be printed."""

    token: str
    title: str
    mode: Mode
    place: str
    municipality: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    lines: tuple[SheetLine, ...]
    walk_ins: tuple[SheetWalkIns, ...]


async def get_desk(core: Core, account: Account, meeting_id: int) -> PaperDesk:
    """Return what can be done on paper with a meeting.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is not published, or cancelled.
    """
    async with core.db.read() as session:
        meeting = await _get_meeting(session, core, account, meeting_id)
        may = rules.possible_actions(
            meeting.status, meeting.starts_at, meeting.ends_at, core.clock.now()
        )
        return PaperDesk(meeting.title, may_mark=rules.MeetingAction.DOOR in may)


async def get_sheet(core: Core, account: Account, meeting_id: int) -> Sheet:
    """Return the list of a meeting by name, with what is marked already.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is not published, or cancelled.
    """
    async with core.db.read() as session:
        meeting = await _get_meeting(session, core, account, meeting_id)
        await session.refresh(meeting, ["municipality"])
        rows = await load_rows(session, meeting_id)
        return Sheet(
            token=meeting.token,
            title=meeting.title,
            mode=meeting.mode,
            place=meeting.place,
            municipality=meeting.municipality.name,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            timezone=meeting.municipality.timezone,
            lines=_by_name(row for row in rows if row.signed_up or row.line.came is not None),
            walk_ins=await _walk_ins(session, meeting),
        )


async def get_token(core: Core, account: Account, meeting_id: int) -> str:
    """Return what names a meeting on its sheets, to tell them from those of another one.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is not published, or cancelled.
    """
    async with core.db.read() as session:
        return (await _get_meeting(session, core, account, meeting_id)).token


async def _get_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int
) -> Meeting:
    _, meeting = await get_door_meeting(session, core, account, meeting_id)
    check_possible(core, rules.MeetingAction.PAPER, meeting)
    return meeting


async def _walk_ins(session: AsyncSession, meeting: Meeting) -> tuple[SheetWalkIns, ...]:
    """Return the rows at the foot: what paper lists said, and the likely categories besides."""
    stored = await load_paper_walk_ins(session, meeting.id)
    counted = await list_walk_in_categories(session, meeting.id)
    said = [SheetWalkIns(each.category, each.organisation, each.people) for each in stored]
    named = {each.category for each in said}
    said += [
        SheetWalkIns(category, "", None)
        for category in rules.usual_walk_ins(meeting.audience, counted)
        if category not in named
    ]
    order = list(Category)
    return tuple(sorted(said, key=lambda each: order.index(each.category)))


def _by_name(rows: Iterable[Row]) -> tuple[SheetLine, ...]:
    lines = [
        SheetLine(
            line_id=row.line.id,
            code=row.code,
            name=row.name,
            organisation=row.line.organisation,
            category=row.line.category,
            seats=row.line.seats,
            came=row.line.came,
            is_group=row.is_group,
        )
        for row in rows
    ]
    # People and groups in one alphabet; whoever is erased comes last. The sort keeps rows of one
    # ticket together.
    return tuple(sorted(lines, key=_alphabetical))


def _alphabetical(line: SheetLine) -> tuple[bool, str]:
    shown = line.organisation if line.is_group else line.name
    return shown is None, fold(shown or "")

"""What the one at the door sees: the numbers, and a page of the list."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.models import Person, Registration, RegistrationLine, WalkIn
from bot.rules import read_ticket_code, usual_walk_ins
from bot.services.access import get_door_meeting, manages
from bot.services.attendance import newest_walk_in
from bot.services.core import Account, Core
from bot.services.door_groups import OF_GROUP, count_uncounted
from bot.services.headcounts import (
    CategoryCounts,
    count_came,
    count_signed_up,
    count_team,
    count_walk_ins,
)
from bot.services.own_words import count_only_said, only_said
from bot.services.team_door import TeamLine, list_team_lines
from bot.vocabulary import Category, RegistrationStatus


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A line of the list.

    Attributes:
        name: of the one who signed up; None once that person is erased.
        seats: how many people the line is for.
        came: how many of them came, None until it is marked.
        says_came: the person's own word, which nobody has confirmed yet; it is about nobody but
            them: a child's line never has it.
        organisation: where the people of the line come from; may be empty.
        is_group: whether it is of a class or a delegation, whose number is asked.
        confirmed: whether they said «Приду» beforehand.
    """

    line_id: int
    name: str | None
    category: Category
    seats: int
    code: str
    came: int | None
    says_came: bool
    organisation: str
    is_group: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LastWalkIn:
    """The last person without a registration that this account counted."""

    id: int
    category: Category
    organisation: str


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A page of the list with the numbers above it.

    Attributes:
        seats: of the meeting; None: no limit.
        walk_ins: how many of those who came were not signed up.
        team_came: how many of those who came are on the team.
        team: those of the team that stand on this page, after all who signed up.
        total: how many lines there are, or were found, the team's included.
        unconfirmed: registrations whose people said themselves that they came.
        uncounted: lines of groups whose people nobody has counted yet.
        spoken_for: lines without a mark of those who came along with somebody who said so.
        usual_walk_ins: the categories to offer first for somebody who is not signed up.
    """

    title: str
    seats: int | None
    signed_up: CategoryCounts
    came: CategoryCounts
    walk_ins: int
    team_came: int
    lines: tuple[DoorLine, ...]
    team: tuple[TeamLine, ...]
    total: int
    unconfirmed: int
    uncounted: int
    spoken_for: int
    usual_walk_ins: tuple[Category, ...]
    last_walk_in: LastWalkIn | None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Those who say themselves that they came: the first names, and how many they are.

    A name is None once that person is erased.
    """

    names: tuple[str | None, ...]
    total: int


async def list_lines(
    core: Core, account: Account, meeting_id: int, page: int, per_page: int, query: str = ""
) -> DoorPage:
    """Return who is signed up for a meeting: first who waits to be confirmed, then by name.

    Args:
        core: what every use case is given.
        account: who stands at the door.
        meeting_id: the meeting's id.
        page: from 0.
        per_page: lines on a page.
        query: a few letters of a name or a ticket's code; empty: everybody.

    Raises:
        Forbidden: this account has no right to the door.
    """
    async with core.db.read() as session:
        _, meeting = await get_door_meeting(session, core, account, meeting_id)
        statement = _lines_of(meeting_id)
        if query:
            everybody = await session.execute(statement)
            found = [row for row in everybody if _is_looked_for(query, DoorLine(*row))]
            total, rows = len(found), found[page * per_page :][:per_page]
        else:
            size = select(func.count()).select_from(statement.subquery())
            total = await session.scalar(size) or 0
            on_page = statement.limit(per_page).offset(page * per_page)
            rows = list(await session.execute(on_page))
        team = [
            line
            for line in await list_team_lines(session, meeting_id)
            if not query or matches(query, name=line.name, code="")
        ]
        first = max(0, page * per_page - total)
        unconfirmed = await count_only_said(session, meeting_id)
        spoken_for = await session.scalar(
            select(func.count())
            .select_from(RegistrationLine)
            .join(RegistrationLine.registration)
            .where(
                Registration.meeting_id == meeting_id,
                Registration.status == RegistrationStatus.ACTIVE,
                Registration.says_came_at.is_not(None),
                RegistrationLine.came.is_(None),
                ~RegistrationLine.is_own,
                ~OF_GROUP,
            )
        )
        last = await newest_walk_in(session, account, meeting_id)
        return DoorPage(
            title=meeting.title,
            seats=meeting.seats,
            signed_up=await count_signed_up(session, meeting_id),
            came=await count_came(session, meeting_id),
            walk_ins=await count_walk_ins(session, meeting_id),
            team_came=await count_team(session, meeting_id),
            lines=tuple(DoorLine(*row) for row in rows),
            team=tuple(team[first : first + per_page - len(rows)]),
            total=total + len(team),
            unconfirmed=unconfirmed,
            uncounted=await count_uncounted(session, meeting_id),
            spoken_for=spoken_for or 0,
            usual_walk_ins=usual_walk_ins(
                meeting.audience, await list_walk_in_categories(session, meeting_id)
            ),
            last_walk_in=LastWalkIn(last.id, last.category, last.organisation) if last else None,
        )


async def check_door(core: Core, account: Account, meeting_id: int) -> bool:
    """Check that this account has the door of a meeting now; return whether it also manages it.

    Raises:
        Forbidden: it has not.
        Refused: a helper before the door opens.
    """
    async with core.db.read() as session:
        actor, meeting = await get_door_meeting(session, core, account, meeting_id)
        return await manages(session, actor, meeting)


async def list_unconfirmed(core: Core, account: Account, meeting_id: int, most: int) -> Unconfirmed:
    """Return up to `most` of those whose word `own_words.confirm_words` would confirm, by name.

    Raises:
        Forbidden: this account has no right to the door.
    """
    async with core.db.read() as session:
        await get_door_meeting(session, core, account, meeting_id)
        names = await session.scalars(
            select(Person.name)
            .select_from(Registration)
            .outerjoin(Registration.person)
            .where(*only_said(meeting_id))
            .order_by(Person.id.is_(None), Person.name, Registration.id)
            .limit(most)
        )
        return Unconfirmed(tuple(names), await count_only_said(session, meeting_id))


async def list_walk_in_categories(session: AsyncSession, meeting_id: int) -> tuple[Category, ...]:
    """Return the categories counted at this door without a registration, the frequent first."""
    rows = await session.scalars(
        select(WalkIn.category)
        .where(WalkIn.meeting_id == meeting_id)
        .group_by(WalkIn.category)
        .order_by(func.sum(WalkIn.people).desc(), WalkIn.category)
    )
    return tuple(rows)


def matches(query: str, *, name: str | None, code: str) -> bool:
    """Whether a line is looked for: by letters of the name, by the code or by its number alone.

    Compared here and not in the database: SQLite's lower() knows only ASCII letters.
    """
    wanted = fold(query)
    if wanted.isdigit():
        return code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == wanted
    return read_ticket_code(query) == code or (name is not None and wanted in fold(name))


def _is_looked_for(query: str, line: DoorLine) -> bool:
    letters = fold(query)
    by_school = line.is_group and not letters.isdigit() and letters in fold(line.organisation)
    return by_school or matches(query, name=line.name, code=line.code)


def _lines_of(
    meeting_id: int,
) -> Select[int, str | None, Category, int, str, int | None, bool, str, bool, bool]:
    """Select what `DoorLine` holds: the active registrations, and all that were marked."""
    waits = (
        RegistrationLine.came.is_(None)
        & Registration.says_came_at.is_not(None)
        & RegistrationLine.is_own
    )
    return (
        select(
            RegistrationLine.id,
            Person.name,
            RegistrationLine.category,
            RegistrationLine.seats,
            Registration.code,
            RegistrationLine.came,
            waits,
            RegistrationLine.organisation,
            OF_GROUP,
            Registration.confirmed_at.is_not(None),
        )
        .join(RegistrationLine.registration)
        .outerjoin(Registration.person)
        .where(
            Registration.meeting_id == meeting_id,
            or_(
                Registration.status == RegistrationStatus.ACTIVE, RegistrationLine.came.is_not(None)
            ),
        )
        .order_by(~waits, Person.id.is_(None), Person.name, Registration.id, RegistrationLine.id)
    )

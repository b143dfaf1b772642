"""The team at the door: on the list like those who signed up, and counted once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.errors import NotFound
from bot.models import Person, TeamMember
from bot.services.attendance import get_meeting_with_door
from bot.services.core import Account, Core
from bot.services.team_marks import store_team_mark
from bot.vocabulary import TeamRole


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Somebody of the team on the list at the door; the name is None once they are erased."""

    member_id: int
    name: str | None
    role: TeamRole
    came: bool


async def list_team_lines(session: AsyncSession, meeting_id: int) -> list[TeamLine]:
    """Return the team of a meeting by name, within the caller's transaction that may see it."""
    rows = await session.execute(
        select(TeamMember.id, Person.name, TeamMember.role, TeamMember.came_at.is_not(None))
        .outerjoin(TeamMember.person)
        .where(TeamMember.meeting_id == meeting_id, TeamMember.left_at.is_(None))
        .order_by(Person.id.is_(None), Person.name, TeamMember.id)
    )
    return [TeamLine(*row) for row in rows]


async def mark_member(core: Core, account: Account, member_id: int, *, came: bool) -> str | None:
    """Mark that somebody of the team came, or take that back; the same mark twice is one.

    Confirmed hours go with the mark.

    Returns:
        Their name; None once they are erased.

    Raises:
        Forbidden: this account has no right to the door, or there is no such member.
        NotFound: they left the team.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting_id = await session.scalar(
            select(TeamMember.meeting_id).where(TeamMember.id == member_id)
        )
        await get_meeting_with_door(session, core, account, meeting_id or 0)
        # Read under the meeting's lock: a colleague may have marked them a moment ago.
        member = await session.get_one(
            TeamMember, member_id, options=[selectinload(TeamMember.person)]
        )
        if member.left_at is not None:
            raise NotFound("team-member-gone")
        name = member.person.name if member.person else None
        if (member.came_at is not None) == came:
            return name
        action = "team.mark" if came else "team.unmark"
        await store_team_mark(session, core, account, member, action, came=came)
        return name

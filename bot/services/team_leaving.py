"""Leaving the team of a meeting: by oneself, removed by those who run it, or erased."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import Forbidden, NotFound, Refused
from bot.models import Meeting, Person, TeamMember
from bot.services import audit, team_notices
from bot.services.access import account_of, find_person, get_managed_meeting, leads, lock_meeting
from bot.services.core import Account, Core
from bot.services.meeting_notices import who_runs
from bot.vocabulary import Category, TeamRole


async def leave(core: Core, account: Account, member_id: int) -> None:
    """Leave a team («Не смогу прийти»), and tell whoever made the meeting.

    Harmless when they left already.

    Raises:
        NotFound: no such place of this account.
        Refused: the meeting is over or cancelled, or it was marked that they came.
    """
    async with core.db.write() as session:
        person = await find_person(session, account)
        meeting_id = await session.scalar(
            select(TeamMember.meeting_id).where(
                TeamMember.id == member_id, TeamMember.person_id == (person.id if person else None)
            )
        )
        if meeting_id is None:
            raise NotFound("team-place-gone")
        meeting = await lock_meeting(session, meeting_id)
        member = await session.get_one(TeamMember, member_id, populate_existing=True)
        if member.left_at is not None:
            return
        came = member.came_at is not None
        if not rules.may_cancel(meeting.status, meeting.ends_at, core.clock.now(), came=came):
            raise Refused("refused-too-late-to-leave")
        member.left_at = core.clock.now()
        told = [each for each in await who_runs(session, meeting) if each != account]
        await team_notices.plan_departure(session, core, member, told)
        audit.record(
            session, core, account, "team.leave", f"meeting:{meeting.id}", member=member_id
        )


async def remove(core: Core, account: Account, meeting_id: int, member_id: int) -> Account | None:
    """Take somebody off the team of a meeting and tell them; harmless when they left already.

    Returns:
        Whom it was; None once they are erased.

    Raises:
        Forbidden: this account does not run the meeting, or may not choose its co-curators.
        NotFound: no such member of this team.
        Refused: it was marked that they came.
    """
    async with core.db.write() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        member = await session.get(TeamMember, member_id)
        if member is None or member.meeting_id != meeting_id:
            raise NotFound("team-member-gone")
        if member.role is TeamRole.CO_CURATOR and not leads(actor, meeting):
            raise Forbidden("forbidden-lead")
        person = await session.get(Person, member.person_id or 0)
        removed = account_of(person) if person else None
        if member.left_at is not None:
            return removed
        if member.came_at is not None:
            raise Refused("refused-team-came")
        member.left_at = core.clock.now()
        told = [removed] if removed is not None and removed != account else []
        await team_notices.plan_departure(session, core, member, told, removed=True)
        audit.record(
            session, core, account, "team.remove", f"meeting:{meeting_id}", member=member_id
        )
        return removed


async def strip_memberships(session: AsyncSession, core: Core, person: Person) -> None:
    """Leave of somebody's places on teams what counts, before they are erased.

    Whoever came stays as a bare category, with the organisation where row 2.11 names it. The rows
    of the meetings are the caller's to take first.
    """
    members = await session.scalars(
        select(TeamMember)
        .where(TeamMember.person_id == person.id)
        .options(selectinload(TeamMember.meeting))
    )
    account = account_of(person)
    for member in members.all():
        member.offer, member.minutes = "", None
        if member.came_at is None or member.category is not Category.OTHER:
            member.organisation = ""
        if member.came_at is None and member.left_at is None:
            member.left_at = core.clock.now()
            told = await _who_counts_on(session, core, member.meeting)
            await team_notices.plan_departure(
                session, core, member, [other for other in told if other != account]
            )


async def _who_counts_on(session: AsyncSession, core: Core, meeting: Meeting) -> list[Account]:
    """Return who must learn that somebody will not come: nobody once it is over or cancelled."""
    to_come = rules.may_cancel(meeting.status, meeting.ends_at, core.clock.now(), came=False)
    return await who_runs(session, meeting) if to_come else []

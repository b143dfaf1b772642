"""The teams that somebody is on, as they see it themselves."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import NotFound
from bot.models import Meeting, Person, TeamMember
from bot.services import team_notices
from bot.services.access import find_person, get_actor, manages
from bot.services.core import Account, Core
from bot.services.ticket_notices import Occasion, occasion_of
from bot.vocabulary import MeetingStatus, Offering, TeamRole


@dataclass(frozen=True, slots=True)
class TeamPlace(Occasion):
    """Somebody's place on the team of a meeting.

    Attributes:
        offer: what they bring, in their own words; may be empty.
        came: whether it was marked that they came.
        minutes: of volunteer time, once confirmed.
        may_leave: whether it is not too late for «Не смогу прийти».
        may_certify: whether there is a certificate for it.
        has_door: whether a helper has the door now.
        manages: whether it gives the meeting's screen: to co-curators.
    """

    member_id: int
    meeting_id: int
    status: MeetingStatus
    cancel_reason: str
    role: TeamRole
    offering: Offering | None
    offer: str
    came: bool
    minutes: int | None
    may_leave: bool
    may_certify: bool
    has_door: bool
    manages: bool


async def list_places(
    core: Core, account: Account, *, past: bool, page: int, per_page: int
) -> tuple[list[TeamPlace], int]:
    """Return a page of the meetings on whose team somebody is, and their number.

    Args:
        core: what every use case is given.
        account: whose.
        past: those that are over, the newest first; otherwise those to come, the nearest first.
        page: from 0.
        per_page: rows on a page.
    """
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return [], 0
        statement = (
            select(TeamMember)
            .join(TeamMember.meeting)
            .where(TeamMember.person_id == person.id, TeamMember.left_at.is_(None))
        )
        now = core.clock.now()
        if past:
            statement = statement.where(
                Meeting.ends_at <= now, Meeting.status != MeetingStatus.CANCELLED
            )
        else:
            statement = statement.where(Meeting.ends_at > now)
        total = await session.scalar(
            statement.with_only_columns(func.count(), maintain_column_froms=True)
        )
        order = Meeting.starts_at.desc() if past else Meeting.starts_at
        rows = await session.scalars(
            statement.options(*_PLACE)
            .order_by(order, TeamMember.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        return [_place(core, member) for member in rows.all()], total or 0


async def get_place(core: Core, account: Account, member_id: int) -> TeamPlace:
    """Return one's own place on a team.

    Raises:
        NotFound: no such place of this account, or they left.
    """
    async with core.db.read() as session:
        member = await _get_own(session, account, member_id)
        if member.left_at is not None:
            raise NotFound("team-place-gone")
        return _place(core, member)


async def get_lost_place(core: Core, account: Account, member_id: int) -> TeamPlace:
    """Return a place on a team that this account had.

    Raises:
        NotFound: no such place, or they have it again.
    """
    async with core.db.read() as session:
        member = await _get_own(session, account, member_id)
        if member.left_at is None:
            raise NotFound("team-place-gone")
        return _place(core, member)


async def _get_own(session: AsyncSession, account: Account, member_id: int) -> TeamMember:
    person = await find_person(session, account)
    member = await session.get(TeamMember, member_id, options=_PLACE)
    if person is None or member is None or member.person_id != person.id:
        raise NotFound("team-place-gone")
    return member


async def find_helper_place(core: Core, account: Account, meeting_id: int) -> int | None:
    """Return the place of somebody who helps at a meeting without managing it; None of others."""
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        meeting = await session.get(Meeting, meeting_id)
        if meeting is None or await manages(session, actor, meeting):
            return None
        return await session.scalar(
            select(TeamMember.id).where(
                *team_notices.in_force(meeting_id),
                TeamMember.person_id == actor.person_id,
                TeamMember.role == TeamRole.HELPER,
            )
        )


async def list_helpers(core: Core, meeting_id: int) -> list[Account]:
    """Return the helpers of a meeting, whose menus change with its state."""
    async with core.db.read() as session:
        rows = await session.execute(
            select(Person.account_id, Person.messenger)
            .join(TeamMember, TeamMember.person_id == Person.id)
            .where(*team_notices.in_force(meeting_id), TeamMember.role == TeamRole.HELPER)
            .order_by(Person.id)
        )
        return [Account(*row) for row in rows]


async def stands_at_a_door(core: Core, account: Account) -> bool:
    """Return whether a place on some team gives this account something to do in /manage."""
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return False
        found = await session.scalar(select(exists().where(is_with_door(person.id))))
    return bool(found)


def is_with_door(person_id: int | None) -> ColumnElement[bool]:
    """Return what is true of a meeting that somebody's place on its team gives the door of.

    To co-curators with everything else, to helpers until the list is closed.
    """
    helps = TeamMember.role == TeamRole.HELPER
    return Meeting.id.in_(
        select(TeamMember.meeting_id)
        .join(TeamMember.meeting)
        .where(
            TeamMember.person_id == person_id,
            TeamMember.left_at.is_(None),
            or_(
                TeamMember.role == TeamRole.CO_CURATOR,
                helps & (Meeting.status == MeetingStatus.PUBLISHED),
            ),
        )
    )


_PLACE = (selectinload(TeamMember.meeting).selectinload(Meeting.municipality),)


def _place(core: Core, member: TeamMember) -> TeamPlace:
    meeting, now = member.meeting, core.clock.now()
    came = member.came_at is not None
    return TeamPlace(
        **occasion_of(core, meeting, takes_part=member.left_at is None),
        member_id=member.id,
        meeting_id=meeting.id,
        status=meeting.status,
        cancel_reason=meeting.cancel_reason,
        role=member.role,
        offering=member.offering,
        offer=member.offer,
        came=came,
        minutes=member.minutes,
        may_leave=rules.may_cancel(meeting.status, meeting.ends_at, now, came=came),
        may_certify=rules.may_certify(meeting.status, meeting.ends_at, now, came=came),
        has_door=rules.may_stand_at_door(member.role, meeting.status)
        and rules.door_is_open(meeting.starts_at, now),
        manages=member.role is TeamRole.CO_CURATOR,
    )

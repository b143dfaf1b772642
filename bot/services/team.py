"""The team of a meeting as those who run it see it, and the hours of its helpers."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import Forbidden, NotFound, Refused
from bot.models import Meeting, TeamMember
from bot.services import audit
from bot.services.access import Actor, check_possible, get_managed_meeting, leads
from bot.services.core import Account, Core
from bot.services.team_invitations import count_open
from bot.vocabulary import Category, MeetingStatus, Offering, TeamRole


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a team, or who was on it.

    Attributes:
        name: None once they are erased.
        offer: what they bring, in their own words; may be empty.
        minutes: of volunteer time, once confirmed.
        usual_minutes: what to suggest for it.
        has_hours: whether volunteer time can be confirmed now: of a helper who came, after the
            end.
        may_mark: whether it can be marked now that they came.
        may_remove: whether this account may take them off the team.
        left: whether they are not on it any more.
    """

    id: int
    meeting_id: int
    title: str
    name: str | None
    role: TeamRole
    offering: Offering | None
    offer: str
    category: Category
    organisation: str
    came: bool
    minutes: int | None
    usual_minutes: int
    has_hours: bool
    may_mark: bool
    may_remove: bool
    left: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A page of the people on a team.

    Attributes:
        total: how many they are in all.
        came: how many of them came.
        open_invitations: links that nobody has used yet.
        without_hours: helpers who came and whose hours are still to be confirmed.
        may_invite: whether the meeting is still to come.
    """

    title: str
    members: tuple[Member, ...]
    total: int
    came: int
    open_invitations: int
    without_hours: int
    may_invite: bool


async def get_team(core: Core, account: Account, meeting_id: int, page: int, per_page: int) -> Team:
    """Return a page of a team, by role, then in the order in which they joined.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is a draft or cancelled.
    """
    async with core.db.read() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
        now = core.clock.now()
        check_possible(core, rules.MeetingAction.TEAM, meeting)
        on_team = (TeamMember.meeting_id == meeting_id, TeamMember.left_at.is_(None))
        without_hours = (TeamMember.role == TeamRole.HELPER) & TeamMember.minutes.is_(None)
        came = TeamMember.came_at.is_not(None)
        total, arrived, unconfirmed = (
            await session.execute(
                select(
                    func.count(),
                    func.count(TeamMember.came_at),
                    func.count(case((came & without_hours, 1))),
                )
                .select_from(TeamMember)
                .where(*on_team)
            )
        ).one()
        by_role = case(
            {role.value: number for number, role in enumerate(TeamRole)}, value=TeamMember.role
        )
        rows = await session.scalars(
            select(TeamMember)
            .where(*on_team)
            .options(selectinload(TeamMember.person))
            .order_by(by_role, TeamMember.joined_at, TeamMember.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        over = meeting.ends_at <= now
        return Team(
            title=meeting.title,
            members=tuple(_member(core, actor, meeting, row) for row in rows),
            total=total,
            came=arrived,
            open_invitations=await count_open(session, core, meeting),
            without_hours=unconfirmed if over else 0,
            may_invite=meeting.status is MeetingStatus.PUBLISHED and not over,
        )


async def get_member(core: Core, account: Account, member_id: int) -> Member:
    """Return somebody on the team of a meeting that this account runs, or who left it.

    Raises:
        Forbidden: this account does not run the meeting, or there is no such member.
    """
    async with core.db.read() as session:
        member = await session.get(TeamMember, member_id, options=[selectinload(TeamMember.person)])
        if member is None:
            raise Forbidden("forbidden-meeting")
        actor, meeting = await get_managed_meeting(session, core, account, member.meeting_id)
        return _member(core, actor, meeting, member)


async def confirm_hours(
    core: Core, account: Account, meeting_id: int, member_id: int, minutes: int
) -> None:
    """Confirm the volunteer time of a helper; the same time twice is one, another replaces it.

    Raises:
        Forbidden: this account does not run the meeting.
        NotFound: no such member of this team.
        Refused: they are no helper or did not come, the meeting is not over, or so much time
            cannot be.
    """
    rules.check_minutes(minutes)
    async with core.db.write() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        member = await session.get(TeamMember, member_id, options=[selectinload(TeamMember.person)])
        if member is None or member.meeting_id != meeting_id or member.left_at is not None:
            raise NotFound("team-member-gone")
        if not _member(core, actor, meeting, member).has_hours:
            raise Refused("refused-no-hours")
        if member.minutes == minutes:
            return
        member.minutes = minutes
        audit.record(
            session,
            core,
            account,
            "team.hours",
            f"meeting:{meeting_id}",
            member=member_id,
            minutes=minutes,
        )


def _member(core: Core, actor: Actor, meeting: Meeting, member: TeamMember) -> Member:
    came, now = member.came_at is not None, core.clock.now()
    may = rules.possible_actions(meeting.status, meeting.starts_at, meeting.ends_at, now)
    left = member.left_at is not None
    is_helper = member.role is TeamRole.HELPER
    is_over = meeting.ends_at <= now and meeting.status is not MeetingStatus.CANCELLED
    theirs = member.role in rules.team_roles_to_give(leads=leads(actor, meeting))
    return Member(
        id=member.id,
        meeting_id=meeting.id,
        title=meeting.title,
        name=member.person.name if member.person else None,
        role=member.role,
        offering=member.offering,
        offer=member.offer,
        category=member.category,
        organisation=member.organisation,
        came=came,
        minutes=member.minutes,
        usual_minutes=rules.usual_minutes(meeting.starts_at, meeting.ends_at),
        has_hours=is_helper and came and is_over and not left,
        may_mark=rules.MeetingAction.DOOR in may and not left,
        may_remove=theirs and not came and not left,
        left=left,
    )

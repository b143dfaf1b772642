"""«Посчитать вас?»: those who run a meeting are counted when they say so, once."""

from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Person, Registration, RegistrationLine, TeamMember, WalkIn
from bot.services.access import get_managed_meeting
from bot.services.attendance import get_meeting_with_door
from bot.services.booking import find_own_line
from bot.services.core import Account, Core
from bot.services.marks import Mark, store_marks
from bot.services.staff_walk_ins import staff_tap
from bot.services.team_marks import find_place, store_team_mark
from bot.vocabulary import Category, RegistrationStatus


@dataclass(frozen=True, slots=True)
class OwnCount:
    """Whether somebody who runs a meeting is among its numbers.

    Attributes:
        counted_as: as what; None: not at all.
        usual: what they usually are, to be offered first.
        may_count: whether they may be counted at all now: the door is open.
    """

    title: str
    counted_as: Category | None
    usual: Category | None
    may_count: bool

    @property
    def is_open(self) -> bool:
        """Whether to ask."""
        return self.may_count and self.counted_as is None


async def get_own_count(core: Core, account: Account, meeting_id: int) -> OwnCount:
    """Return whether this account is counted at a meeting that it runs.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
        person = await session.get(Person, actor.person_id) if actor.person_id else None
        return OwnCount(
            title=meeting.title,
            counted_as=await _counted_as(session, account, meeting_id, actor.person_id),
            usual=person.category if person else None,
            may_count=_door_is_open(core, meeting),
        )


async def count_me(core: Core, account: Account, meeting_id: int, category: Category) -> None:
    """Count whoever runs a meeting as one of those who came; the same call twice counts once.

    Whoever is on its team or signed up is marked there, as what they said then.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        actor, _ = await get_managed_meeting(session, core, account, meeting_id)
        if await _counted_as(session, account, meeting_id, actor.person_id) is not None:
            return
        member = await find_place(session, meeting_id, actor.person_id)
        if member is not None:
            await store_team_mark(session, core, account, member, "attendance.staff", came=True)
            return
        person = await session.get(Person, actor.person_id) if actor.person_id else None
        line = await find_own_line(session, meeting_id, person.id) if person else None
        marks: list[Mark] = []
        if line is not None and line.registration.status is RegistrationStatus.ACTIVE:
            marks.append((line, line.seats))
        else:
            known = person is not None and person.category is category is Category.OTHER
            session.add(
                WalkIn(
                    meeting_id=meeting_id,
                    category=category,
                    organisation=person.organisation if person and known else "",
                    created_at=core.clock.now(),
                    created_by=account.id,
                    tap=staff_tap(account, meeting_id),
                )
            )
        await store_marks(session, core, account, meeting, "attendance.staff", marks)


async def leave_me_out(core: Core, account: Account, meeting_id: int) -> None:
    """Take back that whoever runs a meeting is counted; harmless when they are not.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        actor, _ = await get_managed_meeting(session, core, account, meeting_id)
        member = await find_place(session, meeting_id, actor.person_id)
        if member is not None and member.came_at is not None:
            action = "attendance.staff_undo"
            await store_team_mark(session, core, account, member, action, came=False)
            return
        removed = await session.scalar(
            delete(WalkIn).where(WalkIn.tap == staff_tap(account, meeting_id)).returning(WalkIn.id)
        )
        line = await session.scalar(_marked_line(meeting_id, actor.person_id))
        marks: list[Mark] = [(line, None)] if removed is None and line is not None else []
        if removed is not None or marks:
            await store_marks(session, core, account, meeting, "attendance.staff_undo", marks)


async def _counted_as(
    session: AsyncSession, account: Account, meeting_id: int, person_id: int | None
) -> Category | None:
    walk_in = await session.scalar(
        select(WalkIn.category).where(WalkIn.tap == staff_tap(account, meeting_id))
    )
    if walk_in is not None or person_id is None:
        return walk_in
    line = await session.scalar(_marked_line(meeting_id, person_id))
    if line is not None:
        return line.category
    return await session.scalar(
        select(TeamMember.category).where(
            TeamMember.meeting_id == meeting_id,
            TeamMember.person_id == person_id,
            TeamMember.came_at.is_not(None),
        )
    )


def _marked_line(meeting_id: int, person_id: int | None) -> Select[RegistrationLine]:
    """Select the line on which a person was checked in, alone or with a group they brought."""
    return (
        select(RegistrationLine)
        .join(RegistrationLine.registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.person_id == person_id,
            RegistrationLine.is_own,
            RegistrationLine.came > 0,
        )
        .order_by(RegistrationLine.id)
        .limit(1)
    )


def _door_is_open(core: Core, meeting: Meeting) -> bool:
    return rules.MeetingAction.DOOR in rules.possible_actions(
        meeting.status,
        meeting.starts_at,
        meeting.ends_at,
        core.clock.now(),
        outside=meeting.outside,
    )

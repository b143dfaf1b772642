"""Closing the list: what is missing, who may be counted twice, and opening it again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_line
from bot.models import Person, Registration, RegistrationLine, WalkIn
from bot.rules import Doubles, ListedLine
from bot.services import audit, meeting_notices
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.door_groups import OF_GROUP, UncountedGroup, list_uncounted
from bot.services.headcounts import (
    CategoryCounts,
    count_came,
    count_signed_up,
    count_team,
    count_walk_ins,
)
from bot.services.meeting_steps import REASON_LENGTH, subject_of
from bot.services.own_words import count_only_said
from bot.services.staff_walk_ins import OF_STAFF
from bot.vocabulary import Category, MeetingStatus, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Closing:
    """What whoever closes a list should see before they do.

    Attributes:
        walk_ins: how many of those who came were not signed up.
        team_came: how many of those who came are on the team.
        groups: lines of groups whose people nobody has counted.
        unconfirmed: registrations whose people say themselves that they came.
        has_photos: whether the link to photos is there (Appendix 2, row 3).
        doubles: who may be counted twice.
        twice: the names of those persons whom `doubles` has on two lines.
    """

    title: str
    ends_at: datetime
    timezone: str
    seats: int | None
    signed_up: CategoryCounts
    came: CategoryCounts
    walk_ins: int
    team_came: int
    groups: tuple[UncountedGroup, ...]
    unconfirmed: int
    has_photos: bool
    doubles: Doubles
    twice: tuple[str, ...]


async def get_closing(core: Core, account: Account, meeting_id: int) -> Closing:
    """Return a meeting's numbers, what is missing, and who may be counted twice.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        doubles = rules.likely_doubles(
            await _lines(session, meeting_id), await _walk_ins(session, meeting_id)
        )
        return Closing(
            title=meeting.title,
            ends_at=meeting.ends_at,
            timezone=(await meeting.awaitable_attrs.municipality).timezone,
            seats=meeting.seats,
            signed_up=await count_signed_up(session, meeting_id),
            came=await count_came(session, meeting_id),
            walk_ins=await count_walk_ins(session, meeting_id),
            team_came=await count_team(session, meeting_id),
            groups=await list_uncounted(session, meeting_id),
            unconfirmed=await count_only_said(session, meeting_id),
            has_photos=bool(meeting.photo_link),
            doubles=doubles,
            twice=await _names(session, doubles.twice),
        )


async def reopen_list(core: Core, account: Account, meeting_id: int, reason: str) -> None:
    """Take «Состоялась» back: the marks stay, and until it is said again the meeting is
    provisional in the report. Harmless when the list is open already.

    Args:
        core: what every use case is given.
        account: who opens it.
        meeting_id: the meeting's id.
        reason: why; it goes to the audit log.

    Raises:
        Forbidden: this account does not run the meeting.
        InvalidInput: no reason, or one that is too long.
        Refused: it was never held.
    """
    reason = clean_line(reason, REASON_LENGTH)
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if meeting.status is MeetingStatus.PUBLISHED:
            return
        check_possible(core, rules.MeetingAction.REOPEN, meeting)
        meeting.status = MeetingStatus.PUBLISHED
        meeting.held_at = None
        await meeting_notices.ask_held_again(session, core, meeting)
        audit.record(session, core, account, "meeting.reopen", subject_of(meeting), reason=reason)


async def _lines(session: AsyncSession, meeting_id: int) -> list[ListedLine]:
    rows = await session.execute(
        select(
            RegistrationLine.category,
            RegistrationLine.seats,
            RegistrationLine.came,
            RegistrationLine.organisation,
            Person.municipality_id,
            Registration.person_id,
            RegistrationLine.is_own,
            OF_GROUP,
        )
        .join(RegistrationLine.registration)
        .outerjoin(Registration.person)
        .where(
            Registration.meeting_id == meeting_id,
            or_(
                Registration.status == RegistrationStatus.ACTIVE, RegistrationLine.came.is_not(None)
            ),
        )
        .order_by(RegistrationLine.id)
    )
    return [ListedLine(*row) for row in rows]


async def _walk_ins(session: AsyncSession, meeting_id: int) -> dict[tuple[Category, str], int]:
    rows = await session.execute(
        select(WalkIn.category, WalkIn.organisation, func.sum(WalkIn.people))
        .where(
            WalkIn.meeting_id == meeting_id,
            or_(WalkIn.tap.is_(None), ~WalkIn.tap.startswith(OF_STAFF, autoescape=True)),
        )
        .group_by(WalkIn.category, WalkIn.organisation)
    )
    return {(category, organisation): int(people) for category, organisation, people in rows}


async def _names(session: AsyncSession, person_ids: Collection[int]) -> tuple[str, ...]:
    names = await session.scalars(
        select(Person.name).where(Person.id.in_(person_ids)).order_by(Person.name, Person.id)
    )
    return tuple(names)

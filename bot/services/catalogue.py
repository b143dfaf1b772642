"""What anybody may read about published meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.errors import NotFound
from bot.models import Meeting, Registration, TeamMember
from bot.services import team_notices
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.services.seats import get_sign_up_terms, taken_seats
from bot.services.tickets import place_in_line
from bot.vocabulary import (
    IN_FORCE,
    Audience,
    Category,
    Format,
    MeetingStatus,
    Mode,
    RegistrationKind,
    RegistrationStatus,
    TeamRole,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as a line of a list."""

    token: str
    title: str
    starts_at: datetime
    timezone: str
    municipality: str
    free: int | None
    signed_up: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list and how many rows there are in all."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting as its card shows it.

    Attributes:
        free: seats that somebody who comes now can have, None without a limit.
        admits: who may sign up; empty: everybody.
        registration_id: of the reader's own registration, or of a group they bring; also of one
            that waits.
        came: whether the reader was checked in.
        says_came: whether the reader says so, which waits for the curator.
        categories: of everybody who comes with the reader, the reader first.
        own_status: of that registration, None without one.
        own_kind: personal or a group.
        people: how many it is for.
        waiting_place: its place (from 1) on the waiting list while it waits.
        offered_until: until when the seats offered to it are kept.
        held: whether seats are left, but kept for those who wait.
        full_categories: those whose own limit is reached.
        waiting: how many registrations wait.
        limits: of each category that has a limit of its own, that limit and what is left of it.
        opens_at: when signing up begins; None: at once.
        closes_at: when it ends; None: with the meeting.
        team_role: what the reader does on the meeting's team; None when they are not on it.
        member_id: of their place on it.
    """

    meeting_id: int
    token: str
    status: MeetingStatus
    title: str
    description: str
    audience: Audience
    format: Format
    mode: Mode
    place: str
    link: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    municipality: str
    seats: int | None
    free: int | None
    admits: frozenset[Category]
    cancel_reason: str
    registration_id: int | None
    code: str
    came: bool
    says_came: bool = False
    categories: tuple[Category, ...] = ()
    own_status: RegistrationStatus | None = None
    own_kind: RegistrationKind = RegistrationKind.PERSONAL
    people: int = 0
    waiting_place: int | None = None
    offered_until: datetime | None = None
    held: bool = False
    full_categories: frozenset[Category] = frozenset()
    waiting: int = 0
    limits: tuple[tuple[Category, int, int], ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    team_role: TeamRole | None = None
    member_id: int | None = None


async def list_meetings(
    core: Core,
    account: Account | None,
    municipality_id: int | None,
    page: int,
    per_page: int,
    *,
    with_room: bool = False,
) -> Page:
    """Return published meetings that are not over, the nearest first.

    Args:
        core: what every use case is given.
        account: who reads; their own registrations are marked. None for a list that many read.
        municipality_id: only this municipality's; None for the whole region.
        page: from 0.
        per_page: rows on a page.
        with_room: only those with a free seat.
    """
    where: list[ColumnElement[bool]] = [
        Meeting.status == MeetingStatus.PUBLISHED,
        Meeting.ends_at > core.clock.now(),
    ]
    if municipality_id is not None:
        where.append(Meeting.municipality_id == municipality_id)
    async with core.db.read() as session:
        held = await _find_held(session, where)
        if with_room:
            where.append(or_(Meeting.seats.is_(None), Meeting.seats > taken_seats()))
            where.append(Meeting.id.not_in(held))
        person = await find_person(session, account) if account else None
        total = await session.scalar(select(func.count()).select_from(Meeting).where(*where)) or 0
        mine = select(Registration.id).where(
            Registration.meeting_id == Meeting.id,
            Registration.person_id == (person.id if person else None),
            Registration.status == RegistrationStatus.ACTIVE,
        )
        rows = await session.execute(
            select(Meeting, taken_seats().label("taken"), mine.exists().label("mine"))
            .where(*where)
            .options(selectinload(Meeting.municipality))
            .order_by(Meeting.starts_at, Meeting.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        return Page(
            rows=tuple(
                Listed(
                    token=meeting.token,
                    title=meeting.title,
                    starts_at=meeting.starts_at,
                    timezone=meeting.municipality.timezone,
                    municipality=meeting.municipality.name,
                    free=0 if meeting.id in held else _left(meeting, taken),
                    signed_up=signed_up,
                )
                for meeting, taken, signed_up in rows
            ),
            total=total,
        )


def _left(meeting: Meeting, taken: int) -> int | None:
    return None if meeting.seats is None else max(0, meeting.seats - taken)


async def _find_held(session: AsyncSession, where: Sequence[ColumnElement[bool]]) -> set[int]:
    """Return the meetings that have seats left, all of them kept for those who wait."""
    somebody_waits = exists().where(
        Registration.meeting_id == Meeting.id, Registration.status == RegistrationStatus.WAITING
    )
    found = await session.scalars(
        select(Meeting).where(*where, somebody_waits, Meeting.seats > taken_seats())
    )
    return {
        meeting.id
        for meeting in found.all()
        if (await get_sign_up_terms(session, meeting)).free == 0
    }


async def _find_own(session: AsyncSession, meeting_id: int, person_id: int) -> Registration | None:
    """Return somebody's registration in force: their personal one first, then who is in."""
    return await session.scalar(
        select(Registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.person_id == person_id,
            Registration.status.in_(IN_FORCE),
        )
        .order_by(
            Registration.kind != RegistrationKind.PERSONAL,
            Registration.status != RegistrationStatus.ACTIVE,
            Registration.id,
        )
        .limit(1)
        .options(selectinload(Registration.lines))
    )


async def _find_member(session: AsyncSession, meeting_id: int, person_id: int) -> TeamMember | None:
    return await session.scalar(
        select(TeamMember).where(
            *team_notices.in_force(meeting_id), TeamMember.person_id == person_id
        )
    )


async def get_card(core: Core, account: Account | None, token: str) -> Card:
    """Return the card of a meeting by the token of its link.

    Args:
        core: what every use case is given.
        account: who reads; None for a card that many read: nobody's own place is on it.
        token: of the meeting's link.

    Raises:
        NotFound: no such meeting, it is still a draft, or it was held without the bot.
    """
    async with core.db.read() as session:
        meeting = await session.scalar(
            select(Meeting)
            .where(
                Meeting.token == token,
                Meeting.status != MeetingStatus.DRAFT,
                Meeting.outside.is_(False),
            )
            .options(selectinload(Meeting.municipality), selectinload(Meeting.admits))
        )
        if meeting is None:
            raise NotFound("meeting-not-found")
        person = await find_person(session, account) if account else None
        own = await _find_own(session, meeting.id, person.id) if person else None
        lines = own.lines if own else []
        is_in = own is not None and own.status is RegistrationStatus.ACTIVE
        member = await _find_member(session, meeting.id, person.id) if person else None
        terms = await get_sign_up_terms(session, meeting)
        return Card(
            meeting_id=meeting.id,
            token=meeting.token,
            status=meeting.status,
            title=meeting.title,
            description=meeting.description,
            audience=meeting.audience,
            format=meeting.format,
            mode=meeting.mode,
            place=meeting.place,
            # The link of an online meeting is for those who have a seat, or are on its team.
            link=meeting.link if is_in or member else "",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            timezone=meeting.municipality.timezone,
            municipality=meeting.municipality.name,
            seats=meeting.seats,
            free=terms.free,
            admits=terms.admits,
            cancel_reason=meeting.cancel_reason,
            registration_id=own.id if own else None,
            code=own.code if own and is_in else "",
            came=any(line.came for line in lines),
            says_came=own is not None and own.says_came_at is not None,
            categories=tuple(line.category for line in lines),
            own_status=own.status if own else None,
            own_kind=own.kind if own else RegistrationKind.PERSONAL,
            people=sum(line.seats for line in lines),
            waiting_place=await place_in_line(session, own) if own else None,
            offered_until=own.offered_until if own else None,
            held=bool(terms.left) and terms.free == 0,
            full_categories=frozenset(
                category for category in terms.limits if terms.full_category({category: 1})
            ),
            waiting=len(terms.waiting),
            limits=tuple(
                (who, terms.limits[who], max(0, terms.limits[who] - terms.taken_by.get(who, 0)))
                for who in Category
                if who in terms.limits
            ),
            opens_at=terms.opens_at,
            closes_at=terms.closes_at,
            team_role=member.role if member else None,
            member_id=member.id if member else None,
        )

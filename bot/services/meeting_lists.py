"""What those who run meetings see of them: lists, and one meeting with its numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import Forbidden
from bot.models import Meeting, Municipality
from bot.services.access import Actor, get_actor, get_managed_meeting, leads
from bot.services.core import Account, Core
from bot.services.headcounts import (
    CategoryCounts,
    count_came,
    count_signed_up,
    count_team,
    count_walk_ins,
    people_at,
)
from bot.services.meeting_draft import MeetingDraft, draft_of
from bot.services.reminders import count_confirmed
from bot.services.results import average, count_ratings
from bot.services.seats import taken_seats
from bot.services.team_places import is_with_door
from bot.services.waiting_room import count_listed
from bot.vocabulary import MeetingStatus, RegistrationStatus


class Tab(StrEnum):
    """The lists that a meeting can stand in; past ones that nobody closed stand in two."""

    UPCOMING = "upcoming"
    PAST = "past"
    OPEN = "open"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Ground:
    """A municipality in which somebody may create meetings."""

    id: int
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as a line of a list; `seats` is None without a limit."""

    id: int
    title: str
    status: MeetingStatus
    starts_at: datetime
    ends_at: datetime
    timezone: str
    seats: int | None
    signed_up: int
    came: int
    outside: bool


@dataclass(frozen=True, slots=True)
class MeetingRows:
    """One page of a list and how many rows there are in all."""

    rows: tuple[MeetingRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A meeting with its numbers, and what may be done with it now.

    Attributes:
        signed_up: people signed up, by category.
        confirmed: how many of them said «Приду».
        taken: seats that are given, or offered to somebody.
        listed: how many registrations are on the waiting list, offers included.
        came: people who came, by category.
        walk_ins: how many of those who came were not signed up.
        team_came: how many of those who came are on the team.
        may_repeat: whether the reader may make meetings in its municipality.
        average: of the answers that count; None without them.
        outside: whether it was held without the bot: of its times only the day is known.
    """

    id: int
    token: str
    status: MeetingStatus
    plan: MeetingDraft
    photo_link: str
    cancel_reason: str
    municipality: str
    timezone: str
    signed_up: CategoryCounts
    confirmed: int
    taken: int
    listed: int
    came: CategoryCounts
    walk_ins: int
    team_came: int
    answers: int
    average: float | None
    may: frozenset[rules.MeetingAction]
    may_repeat: bool
    outside: bool


async def list_grounds(core: Core, account: Account) -> tuple[Ground, ...]:
    """Return the municipalities in which this account may create meetings, by name.

    Raises:
        Forbidden: there is none.
    """
    today = core.today()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        rows = await session.execute(
            select(Municipality.id, Municipality.name, Municipality.timezone)
            .where(
                Municipality.id.in_(rules.where_may_create_meetings(actor.grants)),
                or_(Municipality.valid_until.is_(None), Municipality.valid_until > today),
            )
            .order_by(Municipality.name)
        )
        grounds = tuple(Ground(*row) for row in rows)
    if not grounds:
        raise Forbidden("forbidden-meetings")
    return grounds


async def list_meetings(
    core: Core, account: Account, tab: Tab, page: int, per_page: int
) -> MeetingRows:
    """Return the meetings that this account runs.

    Curators and coordinators have those of their municipalities, organisers their own, co-curators
    and helpers those on whose team they are; helpers until the list is closed.

    Args:
        core: what every use case is given.
        account: who asks.
        tab: which of them; what is still to come starts with the nearest and ends with what was
            called off, the rest starts with the last.
        page: from 0.
        per_page: rows on a page.

    Raises:
        Forbidden: this account runs no meetings anywhere.
    """
    now = core.clock.now()
    order = (
        (Meeting.status == MeetingStatus.CANCELLED, Meeting.starts_at)
        if tab is Tab.UPCOMING
        else (Meeting.starts_at.desc(),)
    )
    async with core.db.read() as session:
        where = (
            await _run_by(session, await get_actor(session, core, account)),
            _stands_in(tab, now),
        )
        total = await session.scalar(select(func.count()).select_from(Meeting).where(*where))
        rows = await session.execute(
            select(Meeting, taken_seats((RegistrationStatus.ACTIVE,)), people_at())
            .where(*where)
            .options(selectinload(Meeting.municipality))
            .order_by(*order, Meeting.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        return MeetingRows(
            rows=tuple(
                MeetingRow(
                    id=meeting.id,
                    title=meeting.title,
                    status=meeting.status,
                    starts_at=meeting.starts_at,
                    ends_at=meeting.ends_at,
                    timezone=meeting.municipality.timezone,
                    seats=meeting.seats,
                    signed_up=signed_up,
                    came=came,
                    outside=meeting.outside,
                )
                for meeting, signed_up, came in rows
            ),
            total=total or 0,
        )


async def get_overview(core: Core, account: Account, meeting_id: int) -> Overview:
    """Return a meeting with its numbers.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
        await session.refresh(meeting, ["admits", "seat_limits", "municipality"])
        ratings, _ = await count_ratings(session, meeting_id)
        came = await count_came(session, meeting_id)
        return Overview(
            id=meeting.id,
            token=meeting.token,
            status=meeting.status,
            plan=draft_of(meeting),
            photo_link=meeting.photo_link,
            cancel_reason=meeting.cancel_reason,
            municipality=meeting.municipality.name,
            timezone=meeting.municipality.timezone,
            signed_up=await count_signed_up(session, meeting_id),
            confirmed=await count_confirmed(session, meeting_id),
            taken=await session.scalar(select(taken_seats()).where(Meeting.id == meeting_id)) or 0,
            listed=await count_listed(session, meeting_id),
            came=came,
            walk_ins=await count_walk_ins(session, meeting_id),
            team_came=await count_team(session, meeting_id),
            answers=sum(ratings),
            average=average(ratings),
            may=_may(core, actor, meeting, marked=bool(came)),
            may_repeat=not meeting.outside
            and meeting.municipality_id in rules.where_may_create_meetings(actor.grants),
            outside=meeting.outside,
        )


def _may(
    core: Core, actor: Actor, meeting: Meeting, *, marked: bool
) -> frozenset[rules.MeetingAction]:
    possible = rules.possible_actions(
        meeting.status,
        meeting.starts_at,
        meeting.ends_at,
        core.clock.now(),
        marked=marked,
        outside=meeting.outside,
    )
    theirs = {rules.MeetingAction.CANCEL, rules.MeetingAction.REMOVE}
    return possible if leads(actor, meeting) else possible - theirs


async def _run_by(session: AsyncSession, actor: Actor) -> ColumnElement[bool]:
    whole = rules.whole_municipalities(actor.grants)
    own = rules.where_may_create_meetings(actor.grants) - whole
    on_team = is_with_door(actor.person_id)
    if not whole and not own and not await session.scalar(select(exists().where(on_team))):
        raise Forbidden("forbidden-meetings")
    return or_(
        Meeting.municipality_id.in_(whole),
        and_(Meeting.municipality_id.in_(own), Meeting.created_by_id == actor.person_id),
        on_team,
    )


def _stands_in(tab: Tab, now: datetime) -> ColumnElement[bool]:
    if tab is Tab.DRAFTS:
        return Meeting.status == MeetingStatus.DRAFT
    to_come = and_(
        Meeting.status.in_((MeetingStatus.PUBLISHED, MeetingStatus.CANCELLED)),
        # A draft that was thrown away was never published: it stands nowhere.
        Meeting.published_at.is_not(None),
        Meeting.ends_at > now,
    )
    if tab is Tab.UPCOMING:
        return to_come
    if tab is Tab.OPEN:
        return and_(Meeting.status == MeetingStatus.PUBLISHED, Meeting.ends_at <= now)
    return and_(Meeting.published_at.is_not(None), ~to_come)

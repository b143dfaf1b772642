"""The code in the room, scanned: people check themselves in, come in at once, or say how it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import ConsentRequired, Refused
from bot.models import Meeting, Municipality, Registration, RegistrationLine, TeamMember
from bot.rules import RoomPass, RoomUse
from bot.services.access import find_person, get_person, lock_meeting
from bot.services.answer_topics import About, find_named, find_unnamed, whose
from bot.services.booking import get_booker, lock_meeting_by_token
from bot.services.core import Account, Core
from bot.services.marks import left_to_mark, marked_since, store_marks
from bot.services.offers import take_offer
from bot.services.registrations import sign_up_booker
from bot.services.seats import get_sign_up_terms, let_in
from bot.services.team_marks import find_place, store_team_mark
from bot.services.tickets import Called, called_themselves
from bot.vocabulary import IN_FORCE, Category, RegistrationKind, RegistrationStatus


class Arrival(StrEnum):
    """What became of somebody who scanned the code in the room."""

    IN = "in"
    ALREADY = "already"
    NOT_SIGNED_UP = "not_signed_up"
    NEWCOMER = "newcomer"
    WAITS = "waits"
    GROUP = "group"
    TEAM = "team"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the one who scanned is told.

    Attributes:
        room_pass: shows that they were in the room; for their account alone.
        people: how many of which category are checked in with them.
        called: what they call themselves.
        since: when they were checked in.
        asks: what they are asked about how it was; None: nothing.
        answered: they said it already.
    """

    arrival: Arrival
    meeting_token: str
    title: str
    timezone: str
    room_pass: RoomPass
    people: tuple[tuple[Category, int], ...] = ()
    called: Called | None = None
    since: datetime | None = None
    asks: About | None = None
    answered: bool = False


async def scan_code(core: Core, account: Account, token: str, code: str) -> Arrived:
    """Check somebody in by the code in the room, if they are signed up or on the team.

    Scanned twice, it tells since when.

    Whoever is not signed up is only told what they can do: nothing is stored.

    Args:
        core: what every use case is given.
        account: who scanned.
        token: of the meeting, and `code`, as they stand in the link.
        code: see `rules.sign_code`.

    Raises:
        NotFound: no such meeting, or nobody signed this code for it.
        Refused: the code is too old, or it is too early or too late for it.
    """
    rules.check_code(core.secret, token, code, core.clock.now())
    async with core.db.write() as session:
        locked = await lock_meeting_by_token(session, token)
        meeting = await session.get_one(Meeting, locked.id)
        return await _arrive(session, core, account, meeting, signs_up=False)


async def come_in(core: Core, account: Account, shown: RoomPass) -> Arrived:
    """Sign somebody up who scanned the code, and check them in at once; the same twice is once.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        NotFound: not this account's own pass.
        Refused: it is too late, there is no seat, or the meeting is not open to them: the curator
            at the door decides.
    """
    rules.check_pass(core.secret, shown, whose(account))
    async with core.db.write() as session:
        meeting = await lock_meeting(session, shown.meeting_id)
        return await _arrive(session, core, account, meeting, signs_up=True)


async def _arrive(
    session: AsyncSession, core: Core, account: Account, meeting: Meeting, *, signs_up: bool
) -> Arrived:
    """Do what can be done now for an account in the room of a meeting whose row is taken."""
    uses = rules.check_room_uses(
        meeting.status, meeting.starts_at, meeting.ends_at, core.clock.now()
    )
    municipality = await session.get_one(Municipality, meeting.municipality_id)
    arrived = Arrived(
        arrival=Arrival.ANSWERS,
        meeting_token=meeting.token,
        title=meeting.title,
        timezone=municipality.timezone,
        room_pass=rules.room_pass(core.secret, meeting.id, whose(account)),
    )
    person = await find_person(session, account)
    person_id = person.id if person else None
    member = await find_place(session, meeting.id, person_id)
    own = await _find_own(session, person_id, meeting)
    if RoomUse.CHECK_IN in uses:
        try:
            if member is not None:
                arrived = await _check_in_member(session, core, account, member, arrived)
            elif own:
                arrived = await _check_in(session, core, account, meeting, own, arrived)
            elif signs_up:
                arrived = await _sign_up(session, core, account, meeting, arrived)
            elif RoomUse.ANSWER not in uses:
                # Near the end nobody comes in any more: who is not signed up came with a class.
                await get_booker(session, core, account)
                arrived = replace(arrived, arrival=Arrival.NOT_SIGNED_UP)
        except ConsentRequired:
            if signs_up:
                raise
            return replace(arrived, arrival=Arrival.NEWCOMER)
    elif signs_up:
        raise Refused("refused-room-over")
    if RoomUse.ANSWER not in uses:
        return arrived
    own = await _find_own(session, person_id, meeting)
    active = [each for each in own if each.status is RegistrationStatus.ACTIVE]
    answered = (
        await find_named(session, account, meeting.id)
        or await find_unnamed(session, core, account, meeting.id)
    ) is not None
    return replace(
        arrived,
        asks=None if answered else active[0].id if active else arrived.room_pass,
        answered=answered,
    )


async def _find_own(
    session: AsyncSession, person_id: int | None, meeting: Meeting
) -> Sequence[Registration]:
    """Return the registrations of somebody that are in force, the one that counts them first."""
    if person_id is None:
        return ()
    found = await session.scalars(
        select(Registration)
        .where(
            Registration.meeting_id == meeting.id,
            Registration.person_id == person_id,
            Registration.status.in_(IN_FORCE),
        )
        .options(selectinload(Registration.lines))
        .order_by(Registration.id)
    )
    return sorted(
        found, key=lambda each: (not _own_lines(each), each.status is not RegistrationStatus.ACTIVE)
    )


def _own_lines(registration: Registration) -> list[RegistrationLine]:
    """Return whom a scan checks in: «Я и ребёнок» both, of a group the one who brings it."""
    personal = registration.kind is RegistrationKind.PERSONAL
    return [line for line in registration.lines if personal or line.is_own]


async def _check_in(
    session: AsyncSession,
    core: Core,
    account: Account,
    meeting: Meeting,
    own: Sequence[Registration],
    arrived: Arrived,
) -> Arrived:
    """Check in the registration that counts this account; of a group without it nobody."""
    await get_person(session, account)
    registration = own[0]
    if not await _has_seats(session, core, meeting, registration):
        return replace(arrived, arrival=Arrival.WAITS)
    lines = _own_lines(registration)
    if not lines:
        return replace(arrived, arrival=Arrival.GROUP)
    arrived = replace(
        arrived,
        people=tuple((line.category, line.seats) for line in lines),
        called=await called_themselves(session, registration),
    )
    unmarked = left_to_mark(lines)
    if not unmarked:
        return replace(arrived, arrival=Arrival.ALREADY, since=marked_since(lines))
    await store_marks(
        session,
        core,
        account,
        meeting,
        "attendance.self_check_in",
        [(line, line.seats) for line in unmarked],
        registration=registration.id,
    )
    return replace(arrived, arrival=Arrival.IN, since=core.clock.now())


async def _check_in_member(
    session: AsyncSession, core: Core, account: Account, member: TeamMember, arrived: Arrived
) -> Arrived:
    """Check in somebody of the team: they need no seat, and the code shows that they are here."""
    await get_person(session, account)
    if member.came_at is not None:
        return replace(arrived, arrival=Arrival.ALREADY, since=member.came_at)
    await store_team_mark(session, core, account, member, "attendance.self_check_in", came=True)
    return replace(arrived, arrival=Arrival.TEAM, since=member.came_at)


async def _has_seats(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> bool:
    """Whether somebody is in, now at the latest: by an offer that holds, or as the next in line."""
    if registration.status is RegistrationStatus.ACTIVE:
        return True
    if await take_offer(session, core, meeting, registration):
        return True
    if registration.status is not RegistrationStatus.WAITING:
        return False
    terms = await get_sign_up_terms(session, meeting)
    following, _ = rules.next_in_line(terms, terms.waiting)
    if following is None or following.registration_id != registration.id:
        return False
    await let_in(session, core, meeting, registration)
    return True


_AT_DOOR = {
    "refused-full": "refused-room-full",
    "refused-held": "refused-room-full",
    "refused-limit": "refused-room-full",
    "refused-not-open-yet": "refused-room-no-sign-up",
    "refused-closed": "refused-room-no-sign-up",
    "refused-not-admitted": "refused-room-not-admitted",
}
"""What is said to somebody who stands at the door: there is somebody to speak to."""


async def _sign_up(
    session: AsyncSession, core: Core, account: Account, meeting: Meeting, arrived: Arrived
) -> Arrived:
    """Sign up somebody without a registration and check them in."""
    booker = await get_booker(session, core, account)
    # Its row is taken already: read once more for what a sign-up must know.
    locked = await lock_meeting_by_token(session, meeting.token)
    try:
        await sign_up_booker(session, core, locked, booker)
    except Refused as error:
        raise Refused(_AT_DOOR.get(error.key, error.key), **error.facts) from error
    own = await _find_own(session, booker.person_id, meeting)
    return await _check_in(session, core, account, meeting, own, arrived)

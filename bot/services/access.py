"""Who is this account, and may it do that? Every use case of the staff asks here, every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import ConsentRequired, Forbidden, NotFound, Refused
from bot.models import Meeting, Person, StaffRole, TeamMember
from bot.rules import (
    Grant,
    Ownership,
    consent_is_outdated,
    door_is_open,
    may_lead_meeting,
    may_manage_meeting,
    may_stand_at_door,
)
from bot.services.core import Account, Core
from bot.vocabulary import Role, TeamRole

# Every update asks for them: built once, not each time.
_PERSON = select(Person).where(
    Person.messenger == bindparam("messenger"), Person.account_id == bindparam("account_id")
)
_PLACES = TeamMember.__table__.c
_TEAM_ROLE = select(_PLACES.role).where(
    _PLACES.meeting_id == bindparam("meeting_id"),
    _PLACES.person_id == bindparam("person_id"),
    _PLACES.left_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with the roles it holds at this moment."""

    account: Account
    person_id: int | None
    grants: tuple[Grant, ...]

    @property
    def is_admin(self) -> bool:
        """Whether this account administers the bot."""
        return any(grant.role is Role.ADMIN for grant in self.grants)


def account_of(person: Person) -> Account:
    """Return the account that a person is written to."""
    return Account(person.account_id, person.messenger)


async def find_person(session: AsyncSession, account: Account) -> Person | None:
    """Return the person behind an account, None before they agreed to anything."""
    return await session.scalar(_PERSON, {"messenger": account.messenger, "account_id": account.id})


async def get_person(session: AsyncSession, account: Account) -> Person:
    """Return the person behind an account, to store something new about them.

    Raises:
        ConsentRequired: they have not agreed, or to an older text only.
    """
    person = await find_person(session, account)
    if person is None:
        raise ConsentRequired
    check_consent(person.consent_version)
    return person


def check_consent(version: str) -> None:
    """Check which text somebody agreed to.

    Raises:
        ConsentRequired: an older one than that of now.
    """
    if consent_is_outdated(version):
        raise ConsentRequired("error-consent-outdated")


async def get_actor(session: AsyncSession, core: Core, account: Account) -> Actor:
    """Return the account with the roles it holds now; administrators come from the settings too."""
    return await actor_of(session, core, account, await find_person(session, account))


async def actor_of(
    session: AsyncSession, core: Core, account: Account, person: Person | None
) -> Actor:
    """Return the same where the person behind the account has been looked up already."""
    held: Sequence[tuple[Role, int | None]] = ()
    if person is not None:
        held = (
            await session.execute(
                select(StaffRole.role, StaffRole.municipality_id).where(
                    StaffRole.person_id == person.id, StaffRole.revoked_at.is_(None)
                )
            )
        ).all()
    return Actor(account, person.id if person else None, grants_of(core, account, held))


def grants_of(
    core: Core, account: Account, held: Iterable[tuple[Role, int | None]]
) -> tuple[Grant, ...]:
    """Return what an account with the stored roles `held` may do; the settings add theirs."""
    grants = [Grant(role, municipality_id) for role, municipality_id in held]
    if core.names_admin(account):
        grants.append(Grant(Role.ADMIN))
    return tuple(grants)


async def get_managed_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, *, lock: bool = False
) -> tuple[Actor, Meeting]:
    """Return a meeting that this account may manage, and the actor.

    Args:
        session: the caller's transaction.
        core: what every use case is given.
        account: who asks.
        meeting_id: the meeting's id.
        lock: take the meeting's row first (a write transaction that decides about seats).

    Raises:
        Forbidden: no such right; also without such a meeting, which tells a stranger nothing.
    """
    actor = await get_actor(session, core, account)
    meeting = await _find_meeting(session, meeting_id, lock=lock)
    if meeting is None or not await manages(session, actor, meeting):
        raise Forbidden("forbidden-meeting")
    return actor, meeting


async def get_led_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, *, lock: bool = False
) -> tuple[Actor, Meeting]:
    """Return a meeting that this account may also cancel and choose co-curators for.

    Args:
        session, core, account, meeting_id, lock: as of `get_managed_meeting`.

    Raises:
        Forbidden: no such right; also without such a meeting.
    """
    actor = await get_actor(session, core, account)
    meeting = await _find_meeting(session, meeting_id, lock=lock)
    if meeting is None or not await manages(session, actor, meeting):
        raise Forbidden("forbidden-meeting")
    if not leads(actor, meeting):
        raise Forbidden("forbidden-lead")
    return actor, meeting


async def get_door_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, *, lock: bool = False
) -> tuple[Actor, Meeting]:
    """Return a meeting whose list at the door this account may see and mark.

    Whoever manages the meeting may at any time; its helpers from when the door opens until the
    list is closed, and no longer than they are on the team.

    Args:
        session, core, account, meeting_id, lock: as of `get_managed_meeting`.

    Raises:
        Forbidden: no such right; also without such a meeting.
        Refused: a helper before the door opens.
    """
    actor = await get_actor(session, core, account)
    meeting = await _find_meeting(session, meeting_id, lock=lock)
    if meeting is None:
        raise Forbidden("forbidden-meeting")
    if not await manages(session, actor, meeting):
        role = await find_team_role(session, actor.person_id, meeting_id)
        if not may_stand_at_door(role, meeting.status):
            raise Forbidden("forbidden-meeting")
        if not door_is_open(meeting.starts_at, core.clock.now()):
            raise Refused("refused-door")
    return actor, meeting


async def find_team_role(
    session: AsyncSession, person_id: int | None, meeting_id: int
) -> TeamRole | None:
    """Return what somebody does on the team of a meeting, None when they are not on it."""
    if person_id is None:
        return None
    return await session.scalar(_TEAM_ROLE, {"meeting_id": meeting_id, "person_id": person_id})


def leads(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody runs a meeting by a role of their own, not as its co-curator."""
    return may_lead_meeting(actor.grants, actor.person_id, _ownership(meeting))


async def manages(session: AsyncSession, actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody manages a meeting: leads it, or is its co-curator."""
    if leads(actor, meeting):
        return True
    role = await find_team_role(session, actor.person_id, meeting.id)
    return may_manage_meeting(actor.grants, actor.person_id, _ownership(meeting), role)


def check_possible(
    core: Core, action: rules.MeetingAction, meeting: Meeting, *, marked: bool = False
) -> None:
    """Check that something may be done with a meeting now; who may do it is another question.

    Raises:
        Refused: as `rules.check_possible`.
    """
    rules.check_possible(
        action,
        meeting.status,
        meeting.starts_at,
        meeting.ends_at,
        core.clock.now(),
        marked=marked,
        outside=meeting.outside,
    )


def _ownership(meeting: Meeting) -> Ownership:
    return Ownership(meeting.municipality_id, meeting.created_by_id)


async def lock_meeting(session: AsyncSession, meeting_id: int) -> Meeting:
    """Take a meeting's row before deciding about its seats.

    SQLite's write transaction holds the whole database already; on PostgreSQL the row lock makes
    everybody who wants a seat of this meeting wait here, and read the counts only then.

    Raises:
        NotFound: no such meeting.
    """
    meeting = await _find_meeting(session, meeting_id, lock=True)
    if meeting is None:
        raise NotFound("meeting-not-found")
    return meeting


async def _find_meeting(session: AsyncSession, meeting_id: int, *, lock: bool) -> Meeting | None:
    statement = select(Meeting).where(Meeting.id == meeting_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(statement)

"""The log of a municipality or of the region as the rows of a table.

The log itself holds no names. A name stands here where the reader sees it in the list of staff;
of everybody else the table says what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import AuditEntry, Meeting, Person, StaffRole
from bot.services.access import account_of
from bot.services.core import Account, Core
from bot.services.export_scope import Query, Scope, Wanted, falls_into
from bot.vocabulary import Role

_MEETING, _MUNICIPALITY = "meeting:", "municipality:"


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """A deed, or an attempt at one.

    Attributes:
        name: of who did it, where the reader may know.
        role: what they are; None of somebody who is or was no staff here.
        action: as it was recorded: "meeting.publish", of a refusal "command /report".
        about: the meeting's title or the municipality's name; empty for the rest.
        about_role: the role that was given or taken.
        reason: that staff gave.
    """

    at: datetime
    timezone: str
    name: str
    role: Role | None
    action: str
    refused: bool
    about: str
    about_role: Role | None
    reason: str


def select_audit(scope: Scope, wanted: Wanted) -> Query:
    """Select what `audit_facts` reads, and say what it is sorted by.

    To a municipality belongs what was done to it, to its meetings and roles, and what its staff did
    without a subject: attempts, and exports of their own meetings.
    """
    keys = (AuditEntry.at, AuditEntry.id)
    statement = select(
        *keys,
        AuditEntry.messenger,
        AuditEntry.account_id,
        AuditEntry.action,
        AuditEntry.subject,
        AuditEntry.refused,
        AuditEntry.details,
    )
    if wanted.period is not None:
        statement = statement.where(
            falls_into(wanted.period, scope.timezone, AuditEntry.at, scope.since)
        )
    if wanted.municipality_id is not None:
        statement = statement.where(_belongs_to(wanted.municipality_id))
    return statement, keys


async def audit_facts(
    session: AsyncSession, core: Core, scope: Scope, found: Sequence[Any]
) -> tuple[AuditFacts, ...]:
    """Return rows of `select_audit` as facts, within the caller's transaction."""
    accounts = {Account(account_id, messenger) for _, _, messenger, account_id, *_ in found}
    who = await _staff(session, scope, accounts)
    subjects = {subject for *_, subject, _, _ in found}
    titles = await _titles(session, subjects)
    rows = []
    for at, _, messenger, account_id, action, subject, refused, details in found:
        account = Account(account_id, messenger)
        name, role = who.get(account, ("", None))
        given = details.get("role")
        rows.append(
            AuditFacts(
                at=at,
                timezone=scope.timezone,
                name=name,
                role=Role.ADMIN if role is None and core.names_admin(account) else role,
                action=action,
                refused=refused,
                about=titles.get(subject) or _municipality(scope, subject, details),
                about_role=Role(given) if given in set(Role) else None,
                reason=str(details.get("reason", "")),
            )
        )
    return tuple(rows)


def _belongs_to(municipality_id: int) -> ColumnElement[bool]:
    meetings = select(literal(_MEETING) + cast(Meeting.id, String)).where(
        Meeting.municipality_id == municipality_id
    )
    staff = exists().where(
        Person.messenger == AuditEntry.messenger,
        Person.account_id == AuditEntry.account_id,
        StaffRole.person_id == Person.id,
        StaffRole.municipality_id == municipality_id,
    )
    return or_(
        AuditEntry.subject.in_(meetings),
        AuditEntry.subject == f"{_MUNICIPALITY}{municipality_id}",
        AuditEntry.details["municipality"].as_integer() == municipality_id,
        and_(AuditEntry.subject == "", staff),
    )


async def _staff(
    session: AsyncSession, scope: Scope, accounts: set[Account]
) -> dict[Account, tuple[str, Role]]:
    """Return the name, empty where the reader may not know it, and a role of each of the staff."""
    rows = await session.execute(
        select(Person, StaffRole.role, StaffRole.municipality_id)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(
            Person.account_id.in_({account.id for account in accounts}),
            or_(StaffRole.municipality_id.in_(scope.places), StaffRole.municipality_id.is_(None)),
        )
        # What somebody is comes before what they were.
        .order_by(StaffRole.revoked_at.is_(None).desc(), StaffRole.id)
    )
    found: dict[Account, tuple[str, Role]] = {}
    for person, role, municipality_id in rows:
        account = account_of(person)
        known = person.id == scope.actor.person_id or role in rules.roles_one_may_give(
            scope.actor.grants, municipality_id
        )
        name, first = found.get(account, ("", role))
        found[account] = (name or (person.staff_name or person.name if known else ""), first)
    return found


async def _titles(session: AsyncSession, subjects: set[str]) -> dict[str, str]:
    ids = [
        int(subject.removeprefix(_MEETING)) for subject in subjects if subject.startswith(_MEETING)
    ]
    rows = await session.execute(select(Meeting.id, Meeting.title).where(Meeting.id.in_(ids)))
    return {f"{_MEETING}{meeting_id}": title for meeting_id, title in rows}


def _municipality(scope: Scope, subject: str, details: dict[str, Any]) -> str:
    """Return the name of the municipality that a deed without a meeting is about, or nothing."""
    number = subject.removeprefix(_MUNICIPALITY) if subject.startswith(_MUNICIPALITY) else ""
    place = scope.places.get(int(number) if number else details.get("municipality") or 0)
    return place.name if place else ""

"""Inviting to the team of a meeting by one-time links."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden
from bot.models import Meeting, TeamInvitation
from bot.services import audit
from bot.services.access import get_managed_meeting, leads
from bot.services.core import Account, Core
from bot.vocabulary import TeamRole


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A link that nobody has used yet."""

    id: int
    role: TeamRole
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Inviting:
    """What somebody may invite to: a meeting, and the roles they may give there."""

    title: str
    starts_at: datetime
    timezone: str
    roles: tuple[TeamRole, ...]


def new_invitation_token() -> str:
    """Return what names an invitation that is about to be made, so that it is made once."""
    return secrets.token_urlsafe(12)


async def get_inviting(core: Core, account: Account, meeting_id: int) -> Inviting:
    """Return what this account may invite to.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
        municipality = await meeting.awaitable_attrs.municipality
        return Inviting(
            title=meeting.title,
            starts_at=meeting.starts_at,
            timezone=municipality.timezone,
            roles=rules.team_roles_to_give(leads=leads(actor, meeting)),
        )


async def invite(core: Core, account: Account, meeting_id: int, role: TeamRole, token: str) -> None:
    """Make a link that puts somebody on the team of a meeting once, within 7 days.

    Args:
        core: what every use case is given.
        account: who invites.
        meeting_id: the meeting's id.
        role: what the invited one is to do.
        token: from `new_invitation_token`; the same call again makes no other link.

    Raises:
        Forbidden: this account does not run the meeting, or may not choose co-curators.
        Refused: the meeting is cancelled, over, or a draft.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if role not in rules.team_roles_to_give(leads=leads(actor, meeting)):
            raise Forbidden("forbidden-lead")
        rules.check_team_wanted(meeting.status, meeting.ends_at, now)
        made = select(TeamInvitation.id).where(TeamInvitation.token == token)
        if await session.scalar(made) is not None:
            return
        session.add(
            TeamInvitation(
                token=token,
                meeting_id=meeting_id,
                role=role,
                created_by=account.id,
                created_at=now,
                expires_at=now + rules.INVITATION_LIFE,
            )
        )
        audit.record(
            session, core, account, "team.invite", f"meeting:{meeting_id}", role=role.value
        )


async def list_open(
    core: Core, account: Account, meeting_id: int, page: int, per_page: int
) -> tuple[tuple[OpenInvitation, ...], int]:
    """Return a page of the links that can still be used, the latest first, and their number.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        rows = await session.scalars(
            select(TeamInvitation)
            .where(*_is_open(core, meeting))
            .order_by(TeamInvitation.id.desc())
            .limit(per_page)
            .offset(page * per_page)
        )
        found = tuple(OpenInvitation(row.id, row.role, row.expires_at) for row in rows)
        return found, await count_open(session, core, meeting)


async def count_open(session: AsyncSession, core: Core, meeting: Meeting) -> int:
    """Return how many links can still be used, within the caller's transaction."""
    number = select(func.count()).select_from(TeamInvitation).where(*_is_open(core, meeting))
    return await session.scalar(number) or 0


async def revoke(core: Core, account: Account, meeting_id: int, invitation_id: int) -> None:
    """Make a link useless; harmless when it is gone or used already.

    Raises:
        Forbidden: this account does not run the meeting, or may not choose co-curators.
    """
    async with core.db.write() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        removed = await session.scalar(
            delete(TeamInvitation)
            .where(
                TeamInvitation.id == invitation_id,
                TeamInvitation.meeting_id == meeting_id,
                TeamInvitation.used_at.is_(None),
                TeamInvitation.role.in_(rules.team_roles_to_give(leads=leads(actor, meeting))),
            )
            .returning(TeamInvitation.id)
        )
        if removed is not None:
            audit.record(session, core, account, "team.revoke", f"meeting:{meeting_id}")


def _is_open(core: Core, meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return (
        TeamInvitation.meeting_id == meeting.id,
        TeamInvitation.used_at.is_(None),
        TeamInvitation.expires_at > core.clock.now(),
    )

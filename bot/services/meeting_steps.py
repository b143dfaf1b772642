"""What can happen to a meeting, each within the transaction of a use case that may do it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_line
from bot.errors import InvalidInput, Refused
from bot.models import Meeting
from bot.services import audit, meeting_notices, reminders, team_notices, ticket_notices
from bot.services.access import Actor, check_possible
from bot.services.core import Account, Core
from bot.services.headcounts import count_came
from bot.services.meeting_draft import (
    MeetingDraft,
    apply_draft,
    changed,
    cleaned,
    draft_of,
    take_over,
)
from bot.services.meeting_place import check_place
from bot.services.offers import offer_seats
from bot.services.seats import get_sign_up_terms
from bot.vocabulary import MeetingStatus

REASON_LENGTH = 500


async def add_meeting(
    session: AsyncSession,
    core: Core,
    actor: Actor,
    draft: MeetingDraft,
    *,
    publish: bool,
    token: str,
    source: Meeting | None = None,
) -> Meeting:
    """Store a new meeting within the caller's transaction, which has checked the right to.

    Args:
        session: the caller's transaction.
        core: what every use case is given.
        actor: who makes it.
        draft: what it is to be.
        publish: whether people can sign up from now on.
        token: of the link.
        source: the meeting that it repeats.

    Raises:
        InvalidInput: as `create_meeting`.
    """
    draft = cleaned(draft)
    _check_to_come(core, draft.starts_at)
    await check_place(session, draft.municipality_id, draft.starts_at)
    meeting = Meeting(
        token=token,
        municipality_id=draft.municipality_id,
        created_by_id=actor.person_id,
        status=MeetingStatus.DRAFT,
        created_at=core.clock.now(),
        admits=[],
        seat_limits=[],
    )
    apply_draft(meeting, draft)
    if source is not None:
        take_over(meeting, source)
    session.add(meeting)
    await session.flush()
    audit.record(session, core, actor.account, "meeting.create", subject_of(meeting))
    if publish:
        await open_sign_up(session, core, actor.account, meeting)
    return meeting


async def change_meeting(
    session: AsyncSession,
    core: Core,
    account: Account,
    meeting: Meeting,
    changes: Mapping[str, Any],
) -> None:
    """Change a meeting within the caller's transaction, which has its row and the right to.

    Raises:
        InvalidInput, Refused: as `edit_meeting`.
    """
    check_possible(core, rules.MeetingAction.EDIT, meeting)
    terms = await get_sign_up_terms(session, meeting)
    await session.refresh(meeting, ["admits", "seat_limits"])
    before = draft_of(meeting)
    draft = cleaned(_with_sign_up_moved(core, before, changed(before, changes)))
    if (draft.starts_at, draft.ends_at) != (before.starts_at, before.ends_at):
        marked = bool(await count_came(session, meeting.id))
        check_possible(core, rules.MeetingAction.MOVE, meeting, marked=marked)
    if draft.starts_at != before.starts_at:
        _check_to_come(core, draft.starts_at)
        await check_place(session, draft.municipality_id, draft.starts_at)
    if draft.ends_at != before.ends_at:
        _check_to_come(core, draft.ends_at)
    if draft.seats is not None and draft.seats < terms.taken:
        raise Refused("refused-seats-taken", taken=terms.taken, seats=draft.seats)
    apply_draft(meeting, draft)
    moved = (draft.starts_at, draft.ends_at) != (before.starts_at, before.ends_at)
    if moved and meeting.status is MeetingStatus.PUBLISHED:
        await meeting_notices.move(session, core, meeting)
    if meeting.status is MeetingStatus.PUBLISHED and _whereabouts(draft) != _whereabouts(before):
        await ticket_notices.plan_change(session, core, meeting, before)
    if draft.starts_at != before.starts_at:
        await team_notices.move_reminders(session, core, meeting)
        await reminders.forget_answers(session, meeting)
    await offer_seats(session, core, meeting)
    audit.record(
        session, core, account, "meeting.edit", subject_of(meeting), fields=sorted(changes)
    )


async def call_off(
    session: AsyncSession, core: Core, account: Account, meeting: Meeting, reason: str
) -> None:
    """Call a meeting off within the caller's transaction, which has its row and the right to.

    Raises:
        InvalidInput, Refused: as `cancel_meeting`.
    """
    if meeting.status is MeetingStatus.CANCELLED:
        return
    check_possible(core, rules.MeetingAction.CANCEL, meeting)
    if meeting.status is MeetingStatus.PUBLISHED:
        meeting.cancel_reason = clean_line(reason, REASON_LENGTH)
        await meeting_notices.tell_of_cancellation(session, core, meeting)
    meeting.status = MeetingStatus.CANCELLED
    meeting.cancelled_at = core.clock.now()
    audit.record(session, core, account, "meeting.cancel", subject_of(meeting))


async def open_sign_up(
    session: AsyncSession, core: Core, account: Account, meeting: Meeting
) -> None:
    """Publish a draft within the caller's transaction, which has its row and the right to."""
    meeting.status = MeetingStatus.PUBLISHED
    meeting.published_at = core.clock.now()
    await meeting_notices.plan_for_staff(session, core, meeting)
    audit.record(session, core, account, "meeting.publish", subject_of(meeting))


def _with_sign_up_moved(core: Core, before: MeetingDraft, draft: MeetingDraft) -> MeetingDraft:
    """Return the draft of a meeting that was moved with the times of signing up as they are then.

    Where these were changed as well, they are meant as they are.
    """
    asked = (draft.sign_up_opens_at, draft.sign_up_closes_at)
    if asked != (before.sign_up_opens_at, before.sign_up_closes_at):
        return draft
    later = draft.starts_at - before.starts_at
    opens_at, closes_at = rules.moved_sign_up(*asked, later, draft.ends_at, core.clock.now())
    return replace(draft, sign_up_opens_at=opens_at, sign_up_closes_at=closes_at)


def _whereabouts(draft: MeetingDraft) -> tuple[object, ...]:
    """Return what people must be told of when it changes."""
    return draft.starts_at, draft.ends_at, draft.mode, draft.place, draft.link


def subject_of(meeting: Meeting) -> str:
    """Return what the audit log calls a meeting."""
    return f"meeting:{meeting.id}"


def _check_to_come(core: Core, moment: datetime) -> None:
    if moment <= core.clock.now():
        raise InvalidInput("input-past")

"""Making, publishing, changing and cancelling meetings."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot import rules
from bot.errors import Forbidden
from bot.models import Meeting
from bot.services import audit
from bot.services.access import check_possible, get_actor, get_led_meeting, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.meeting_draft import MeetingDraft, clean_link
from bot.services.meeting_place import check_place
from bot.services.meeting_steps import (
    add_meeting,
    call_off,
    change_meeting,
    open_sign_up,
    subject_of,
)
from bot.vocabulary import MeetingStatus


async def create_meeting(
    core: Core,
    account: Account,
    draft: MeetingDraft,
    *,
    publish: bool,
    token: str = "",
    copy_of: int | None = None,
) -> int:
    """Store a new meeting, and publish it at once if so wanted.

    Args:
        core: what every use case is given.
        account: who makes it.
        draft: what it is to be.
        publish: whether people can sign up from now on.
        token: of the link, chosen beforehand: the same call again then finds its own meeting.
        copy_of: the meeting that it repeats, which gives it what a draft does not say.

    Returns:
        The meeting's id.

    Raises:
        Forbidden: this account makes no meetings in that municipality, or does not run the one
            that is repeated.
        InvalidInput: a field is missing or out of bounds; the time has passed, or there will be no
            such municipality then.
    """
    async with core.db.write() as session:
        actor = await get_actor(session, core, account)
        if draft.municipality_id not in rules.where_may_create_meetings(actor.grants):
            raise Forbidden("forbidden-meetings")
        token = token or secrets.token_urlsafe(12)
        stored = await session.scalar(select(Meeting).where(Meeting.token == token))
        if stored is not None and stored.created_by_id == actor.person_id:
            return stored.id
        source = None
        if copy_of is not None:
            _, source = await get_managed_meeting(session, core, account, copy_of)
        meeting = await add_meeting(
            session, core, actor, draft, publish=publish, token=token, source=source
        )
        return meeting.id


async def publish_meeting(core: Core, account: Account, meeting_id: int) -> None:
    """Open a draft for signing up; harmless when it is published already.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is no draft, or its start has passed.
        InvalidInput: there will be no such municipality then.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if meeting.status is MeetingStatus.PUBLISHED:
            return
        check_possible(core, rules.MeetingAction.PUBLISH, meeting)
        await check_place(session, meeting.municipality_id, meeting.starts_at)
        await open_sign_up(session, core, account, meeting)


async def edit_meeting(
    core: Core, account: Account, meeting_id: int, changes: Mapping[str, Any]
) -> None:
    """Change a meeting that nobody confirmed yet; what is asked after its end moves along.

    Args:
        core: what every use case is given.
        account: who changes it.
        meeting_id: the meeting's id.
        changes: new values by field of `MeetingDraft`; the municipality stays.

    Raises:
        Forbidden: this account does not run the meeting.
        InvalidInput: a field is missing or out of bounds; the new time has passed, or there will
            be no such municipality then.
        Refused: the meeting was held or cancelled; more people are signed up than would fit; new
            times of a published meeting that is over, or where somebody is marked.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        await change_meeting(session, core, account, meeting, changes)


async def leave_out_of_form(core: Core, account: Account, meeting_id: int) -> None:
    """Take a meeting out of Appendix 2, also one that was held: who came stays counted at it.

    Harmless when it is out already.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if not meeting.counts_in_form:
            return
        meeting.counts_in_form = False
        audit.record(
            session, core, account, "meeting.edit", subject_of(meeting), fields=["counts_in_form"]
        )


async def set_photo_link(core: Core, account: Account, meeting_id: int, link: str) -> str:
    """Keep where the photos of a meeting are (Appendix 2, row 3), also after it was held.

    Args:
        core: what every use case is given.
        account: who sets it.
        meeting_id: the meeting's id.
        link: an http(s) address; an empty one takes it away.

    Returns:
        The link as it was stored.

    Raises:
        Forbidden: this account does not run the meeting.
        InvalidInput: it is no web address.
        Refused: the meeting has not begun, or was cancelled.
    """
    link = clean_link(link, otherwise="input-photos") if link else ""
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        check_possible(core, rules.MeetingAction.PHOTOS, meeting)
        meeting.photo_link = link
        audit.record(session, core, account, "meeting.photos", subject_of(meeting))
    return link


async def cancel_meeting(core: Core, account: Account, meeting_id: int, reason: str) -> None:
    """Call a meeting off and tell everybody who is signed up; a draft is thrown away.

    It is also the answer «Не состоялась» afterwards. Harmless when it is cancelled already.

    Args:
        core: what every use case is given.
        account: who cancels.
        meeting_id: the meeting's id.
        reason: what the people are told; a draft needs none.

    Raises:
        Forbidden: this account does not run the meeting.
        InvalidInput: no reason, or one that is too long.
        Refused: the meeting was held.
    """
    async with core.db.write() as session:
        _, meeting = await get_led_meeting(session, core, account, meeting_id, lock=True)
        await call_off(session, core, account, meeting, reason)

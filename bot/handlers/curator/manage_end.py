"""How a meeting ends otherwise: cancelled with a reason; and where its photos are."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.cleaning import clean_line
from bot.handlers.curator.closing import FROM_CLOSING, refresh_helpers
from bot.handlers.curator.numbers import meeting_of, turnout_facts
from bot.handlers.navigation import started_with
from bot.i18n import Speech
from bot.rules import is_known_host
from bot.services import meeting_lists, meetings, series
from bot.services.core import Account, Core
from bot.services.meeting_steps import REASON_LENGTH
from bot.states import Manage
from bot.vocabulary import MeetingStatus
from bot.widgets import Label, T, speech

PHOTOS_ONLY = "photos_only"
"""Under this name a dialog is told that it was opened for the link alone, and closes after it."""


async def end_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers that whoever ends a meeting should see."""
    meeting_id = meeting_of(dialog_manager)
    overview = await meeting_lists.get_overview(core, account, meeting_id)
    draft = overview.status is MeetingStatus.DRAFT
    following = await series.count_following(core, account, meeting_id)
    return {
        "title": overview.plan.title,
        **turnout_facts(tr, overview),
        "draft": "yes" if draft else "no",
        "published": not draft,
        "following": following,
        "some_follow": following > 0,
        "none_follows": following == 0,
        "reason": dialog_manager.dialog_data.get("reason", ""),
        "photo_link": overview.photo_link,
        "has_photos": bool(overview.photo_link),
        "unknown_host": bool(overview.photo_link) and not is_known_host(overview.photo_link),
    }


async def _type_reason(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.dialog_data["reason"] = clean_line(message.text or "", REASON_LENGTH)
    await manager.switch_to(Manage.cancel)


async def _cancel(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _call_off(callback, manager, meetings.cancel_meeting)


async def _cancel_all(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _call_off(callback, manager, series.cancel_following)


async def _call_off(
    callback: CallbackQuery,
    manager: DialogManager,
    cancel: Callable[[Core, Account, int, str], Awaitable[None]],
) -> None:
    data = manager.middleware_data
    reason = manager.dialog_data.pop("reason", "")
    meeting_id = meeting_of(manager)
    await cancel(data["core"], data["account"], meeting_id, reason)
    overview = await meeting_lists.get_overview(data["core"], data["account"], meeting_id)
    await refresh_helpers(manager)
    thrown_away = not overview.cancel_reason
    key = "manage-thrown-away" if thrown_away else "manage-cancelled"
    await callback.answer(speech(manager).plain(key))
    await manager.switch_to(Manage.list if thrown_away else Manage.meeting)


async def _type_photos(message: Message, _input: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    link = await meetings.set_photo_link(
        data["core"], data["account"], meeting_of(manager), message.text or ""
    )
    if not is_known_host(link):
        await message.answer(speech(manager)("photos-unknown-host"))
    await _leave_photos(manager)


async def _remove_photos(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await meetings.set_photo_link(data["core"], data["account"], meeting_of(manager), "")
    await _leave_photos(manager)


async def _back_from_photos(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _leave_photos(manager)


async def _leave_photos(manager: DialogManager) -> None:
    if started_with(manager, PHOTOS_ONLY):
        await manager.done()
        return
    closing = manager.dialog_data.pop(FROM_CLOSING, False)
    await manager.switch_to(Manage.close if closing else Manage.meeting)


TO_MEETING = SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting)

windows = (
    Window(
        T("manage-reason-ask"),
        MessageInput(_type_reason),
        TO_MEETING,
        state=Manage.cancel_reason,
        getter=end_getter,
    ),
    Window(
        T("closing-title", when="published"),
        T("manage-reason", when="reason"),
        T("manage-reason-again", when="reason"),
        T("manage-cancel-ask"),
        MessageInput(_type_reason),
        T("manage-cancel-series", when="some_follow"),
        Button(Label("manage-cancel-yes"), id="cancel", on_click=_cancel, when="none_follows"),
        Button(Label("reach-this"), id="cancel_this", on_click=_cancel, when="some_follow"),
        Button(Label("reach-following"), id="cancel_all", on_click=_cancel_all, when="some_follow"),
        TO_MEETING,
        state=Manage.cancel,
        getter=end_getter,
    ),
    Window(
        T("manage-photos-ask"),
        T("manage-photos-now", when="has_photos"),
        T("photos-unknown-host", when="unknown_host"),
        MessageInput(_type_photos),
        Button(
            Label("manage-photos-remove"), id="remove", on_click=_remove_photos, when="has_photos"
        ),
        Button(Label("back"), id="to_meeting", on_click=_back_from_photos),
        state=Manage.photos,
        getter=end_getter,
    ),
)

"""What follows once a list is closed: «Посчитать вас?», and opening it again with a reason."""

from enum import StrEnum
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo

from bot.handlers.choices import as_one_of
from bot.handlers.curator.closing import refresh_helpers
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.services import closing, meeting_lists, staff_count
from bot.services.core import Account, Core
from bot.states import Manage
from bot.vocabulary import Category
from bot.widgets import Label, T, choice, speech


class UsualReason(StrEnum):
    """Why lists are opened again as a rule."""

    UNMARKED = "unmarked"
    NUMBERS = "numbers"


async def count_me_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return whether whoever closed the list is counted, or what to count them as."""
    meeting_id = meeting_of(dialog_manager)
    own = await staff_count.get_own_count(core, account, meeting_id)
    overview = await meeting_lists.get_overview(core, account, meeting_id)
    usual = own.usual
    return {
        "title": own.title,
        "state": tr.plain(f"manage-state-{overview.status}"),
        "category": tr.name_of("category", own.counted_as) if own.counted_as else "",
        "counted": own.counted_as is not None,
        "open": own.is_open,
        "answered": not own.is_open,
        "usual": [(tr.plain("count-me-yes", who=tr.name_of("category", usual)), usual.value)]
        if usual and own.is_open
        else [],
        # A pupil runs no meeting.
        "others": [
            (capitalised(tr.name_of("category", each)), each.value)
            for each in Category
            if not each.is_pupil
        ],
    }


async def _count_me(
    callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    data = manager.middleware_data
    category = as_one_of(Category, value)
    await staff_count.count_me(data["core"], data["account"], meeting_of(manager), category)
    await callback.answer(speech(manager).plain("count-me-done"))
    await manager.switch_to(Manage.count_me)


async def _leave_me_out(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await staff_count.leave_me_out(data["core"], data["account"], meeting_of(manager))
    await callback.answer(speech(manager).plain("count-me-undone"))


async def reopen_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the usual reasons."""
    overview = await meeting_lists.get_overview(core, account, meeting_of(dialog_manager))
    return {
        "title": overview.plan.title,
        "reasons": [(tr.plain(f"reopen-reason-{each}"), each.value) for each in UsualReason],
    }


async def _tap_reason(
    callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    reason = as_one_of(UsualReason, value)
    await _reopen(manager, speech(manager).plain(f"reopen-reason-{reason}"))
    await callback.answer(speech(manager).plain("reopen-done"))


async def _type_reason(message: Message, _input: Any, manager: DialogManager) -> None:
    await _reopen(manager, message.text or "")


async def _reopen(manager: DialogManager, reason: str) -> None:
    data = manager.middleware_data
    await closing.reopen_list(data["core"], data["account"], meeting_of(manager), reason)
    await refresh_helpers(manager)
    await manager.switch_to(Manage.meeting)


windows = (
    Window(
        T("count-me-title"),
        T("count-me-ask", when="open"),
        T("count-me-counted", when="counted"),
        Column(choice("usual", "usual", _count_me)),
        SwitchTo(Label("count-me-other"), id="other_me", state=Manage.count_me_as, when="open"),
        Button(Label("count-me-undo"), id="undo_me", on_click=_leave_me_out, when="counted"),
        Row(
            SwitchTo(Label("count-me-no"), id="no_me", state=Manage.meeting, when="open"),
            SwitchTo(Label("count-me-ready"), id="ready_me", state=Manage.meeting, when="answered"),
        ),
        state=Manage.count_me,
        getter=count_me_getter,
    ),
    Window(
        T("count-me-as"),
        Group(choice("other", "others", _count_me), width=2),
        SwitchTo(Label("back"), id="to_count_me", state=Manage.count_me),
        state=Manage.count_me_as,
        getter=count_me_getter,
    ),
    Window(
        T("reopen-ask"),
        Column(choice("reason", "reasons", _tap_reason)),
        MessageInput(_type_reason),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        state=Manage.reopen,
        getter=reopen_getter,
    ),
)

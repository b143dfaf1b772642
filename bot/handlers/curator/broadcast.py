"""«Написать участникам»: to whom, what, and how it will look."""

import secrets
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.broadcast_messages import announcement_text
from bot.errors import NotFound
from bot.handlers.choices import as_one_of
from bot.handlers.curator.numbers import meeting_of
from bot.i18n import Html, Speech, as_typed
from bot.services import broadcast_counters, broadcasts
from bot.services.core import Account, Core
from bot.states import Manage
from bot.vocabulary import Recipients
from bot.widgets import Label, T, choice, speech

RECIPIENTS, TEXT, TOKEN = "recipients", "message_text", "message_token"


async def to_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return whom one can write to; nobody is offered where nobody is."""
    found = await broadcasts.get_addressees(core, account, meeting_of(dialog_manager))
    return {
        "title": found.meeting.title,
        "recipients": [
            (tr.plain(f"recipients-{each.value.replace('_', '-')}", people=people), each.value)
            for each, people in found.people.items()
            if people
        ],
        "nobody": not any(found.people.values()),
        "wrote_before": found.last_id is not None,
    }


async def message_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the message as it will be read, and by how many."""
    form = dialog_manager.dialog_data
    found = await broadcasts.get_addressees(core, account, meeting_of(dialog_manager))
    recipients = _recipients_of(dialog_manager)
    people = found.people[recipients]
    text = str(form.get(TEXT, ""))
    to_whom = tr.plain(f"recipients-{recipients.value.replace('_', '-')}", people=people)
    head = announcement_text(tr, found.meeting)
    return {
        "title": found.meeting.title,
        "to_whom": to_whom,
        "people": people,
        "somebody": people > 0,
        "nobody": people == 0,
        "at_night": found.waits_until is not None,
        "time": found.waits_until and tr.time(found.waits_until, found.meeting.timezone),
        "message": Html(f"{head}{as_typed(text)}"),
        # Fluent refuses a fact as long as this text can be.
        "now": Html(f"{tr('new-now')} {as_typed(text)}"),
        "known": bool(text),
    }


def _recipients_of(manager: DialogManager) -> Recipients:
    return Recipients(manager.dialog_data.get(RECIPIENTS, Recipients.SIGNED_UP))


async def _tap_recipients(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, recipients: str, /
) -> None:
    manager.dialog_data[RECIPIENTS] = as_one_of(Recipients, recipients).value
    await manager.switch_to(Manage.message_text)


async def _type_text(message: Message, _input: Any, manager: DialogManager) -> None:
    form = manager.dialog_data
    form[TEXT] = broadcasts.check_text(message.text or "")
    form[TOKEN] = secrets.token_urlsafe(12)
    await manager.switch_to(Manage.message_preview)


async def _send(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send it; the counter comes below the meeting's screen, once, however often this is done."""
    form, data = manager.dialog_data, manager.middleware_data
    core, account, meeting_id = data["core"], data["account"], meeting_of(manager)
    sent_id = await broadcasts.send_broadcast(
        core,
        account,
        meeting_id,
        _recipients_of(manager),
        str(form.get(TEXT, "")),
        str(form.get(TOKEN, "")),
    )
    if not await broadcast_counters.is_followed(core, account, sent_id):
        await data["broadcast_board"].post(account, sent_id)
    form.pop(TEXT, None)
    await callback.answer(speech(manager).plain("message-going"))
    await manager.switch_to(Manage.meeting)


async def _show_last(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    found = await broadcasts.get_addressees(data["core"], data["account"], meeting_of(manager))
    if found.last_id is None:
        raise NotFound
    await data["broadcast_board"].post(data["account"], found.last_id)


TO_MEETING = SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting)

windows = (
    Window(
        T("message-to"),
        T("message-to-nobody", when="nobody"),
        Column(choice("to", "recipients", _tap_recipients)),
        Button(Label("message-last"), id="last", on_click=_show_last, when="wrote_before"),
        TO_MEETING,
        state=Manage.message_to,
        getter=to_getter,
    ),
    Window(
        T("message-ask"),
        Format("{now}", when="known"),
        MessageInput(_type_text),
        SwitchTo(Label("new-keep"), id="keep", state=Manage.message_preview, when="known"),
        SwitchTo(Label("back"), id="to_recipients", state=Manage.message_to),
        state=Manage.message_text,
        getter=message_getter,
    ),
    Window(
        Format("{message}"),
        T("message-preview", when="somebody"),
        T("message-night", when="at_night"),
        T("message-to-nobody", when="nobody"),
        Button(Label("message-send"), id="send", on_click=_send, when="somebody"),
        SwitchTo(Label("back"), id="to_text", state=Manage.message_text),
        state=Manage.message_preview,
        getter=message_getter,
    ),
)

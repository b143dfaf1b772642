"""«На бумаге»: sheets to print, then typed codes or the filled sheet, the differences, confirm."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction, ContentType
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot import papers
from bot.cleaning import fold
from bot.door_sheet import DoorSheet
from bot.door_sheet_reading import LARGEST_FILE, read_door_sheet
from bot.door_sheet_writing import door_sheet_xlsx
from bot.errors import InvalidInput
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.curator.paper_words import differences_text, done_text, sheet_of
from bot.handlers.navigation import started_with
from bot.i18n import Speech, Texts
from bot.paper_codes import parse_codes
from bot.rules import Said, SaidRow, SaidWalkIns
from bot.services import paper_marks, paper_sheet
from bot.services.core import Account, Core
from bot.states import DoorPaper
from bot.vocabulary import Category
from bot.widgets import Label, T, close_button, speech

SAID = "said"
"""Where the dialog keeps what was typed or sent until it is confirmed."""


async def open_desk(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the screen of the list on paper; its Back leads here."""
    await manager.start(DoorPaper.sheet, {"meeting_id": meeting_of(manager)})


def file_input() -> MessageInput:
    """Return what takes a filled sheet that is sent to another screen of the meeting."""
    return MessageInput(_take_file_elsewhere, content_types=ContentType.DOCUMENT)


async def desk_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return whether marks are taken already."""
    desk = await paper_sheet.get_desk(core, account, meeting_of(dialog_manager))
    return {
        "title": desk.title,
        "state": "open" if desk.may_mark else "early",
        "may_mark": desk.may_mark,
    }


async def preview_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what would change at this moment."""
    differences = await paper_marks.compare(
        core, account, meeting_of(dialog_manager), _said(dialog_manager)
    )
    return {
        # Fluent refuses a fact as long as this text can be.
        "differences": differences_text(tr, differences),
        "title": differences.title,
        "changes": differences.changes,
    }


async def _send_pdf(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _send(callback, manager, "pdf", lambda sheet, _: papers.door_sheet_pdf(sheet))


async def _send_xlsx(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _send(callback, manager, "xlsx", door_sheet_xlsx)


async def _send(
    callback: CallbackQuery,
    manager: DialogManager,
    suffix: str,
    make: Callable[[DoorSheet, Any], bytes],
) -> None:
    """Send the sheet as a message of its own; the screen follows it."""
    data = manager.middleware_data
    bot: Bot = data["bot"]
    texts: Texts = data["texts"]
    tr = speech(manager)
    chat_id = callback.from_user.id
    meeting = await paper_sheet.get_sheet(data["core"], data["account"], meeting_of(manager))
    await callback.answer()
    await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
    # On paper nobody asks which time zone the curator lives in.
    sheet = sheet_of(texts.speak(tr.locale, tr.now, meeting.timezone), meeting)
    content = await asyncio.to_thread(make, sheet, tr.now)
    day = tr.short_day(meeting.starts_at, meeting.timezone)
    await bot.send_document(
        chat_id,
        BufferedInputFile(content, f"{sheet.name}, {day}.{suffix}"),
        caption=tr(
            "sheet-ready-pdf" if suffix == "pdf" else "sheet-ready-xlsx", title=meeting.title
        ),
    )
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def _type_codes(message: Message, _input: Any, manager: DialogManager) -> None:
    await _show(manager, parse_codes(message.text or ""))


async def _take_file(message: Message, _input: Any, manager: DialogManager) -> None:
    await _show(manager, await _read_file(message, manager))


async def _take_file_elsewhere(message: Message, _input: Any, manager: DialogManager) -> None:
    said = await _read_file(message, manager)
    await manager.start(
        DoorPaper.preview, {"meeting_id": meeting_of(manager), SAID: _as_stored(said)}
    )


async def _read_file(message: Message, manager: DialogManager) -> Said:
    """Return what a filled sheet says.

    Raises:
        Forbidden, Refused: as `paper_marks.compare`.
        InvalidInput: it is no sheet of ours, too large, broken, or of another meeting.
    """
    data = manager.middleware_data
    core, account, bot = data["core"], data["account"], data["bot"]
    meeting_id = meeting_of(manager)
    await paper_marks.compare(core, account, meeting_id, Said())  # who may not is sent away first
    document = message.document
    if document is None or not (document.file_name or "").lower().endswith(".xlsx"):
        raise InvalidInput("input-sheet-strange")
    if (document.file_size or 0) > LARGEST_FILE:
        raise InvalidInput("input-sheet-large")
    await bot.send_chat_action(message.chat.id, ChatAction.TYPING)
    content = BytesIO()
    await bot.download(document, content)
    texts: Texts = data["texts"]
    read = await asyncio.to_thread(read_door_sheet, content.getvalue(), _categories(texts, manager))
    if read.token != await paper_sheet.get_token(core, account, meeting_id):
        raise InvalidInput("input-sheet-other")
    return read.said


def _categories(texts: Texts, manager: DialogManager) -> dict[str, Category]:
    """Return what categories are called in every language: the sheet may be a colleague's."""
    tr = speech(manager)
    voices = [texts.speak(locale, tr.now, tr.zone.key) for locale in texts.locales]
    return {fold(each.name_of("category", kind)): kind for each in voices for kind in Category}


async def _show(manager: DialogManager, said: Said) -> None:
    """Show what would change, after a look whether anything may."""
    data = manager.middleware_data
    await paper_marks.compare(data["core"], data["account"], meeting_of(manager), said)
    manager.dialog_data[SAID] = _as_stored(said)
    await manager.switch_to(DoorPaper.preview)


async def _confirm(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    done = await paper_marks.apply(
        data["core"], data["account"], meeting_of(manager), _said(manager)
    )
    manager.dialog_data.pop(SAID, None)
    await callback.answer(done_text(speech(manager), done))
    await manager.switch_to(DoorPaper.sheet)


def _said(manager: DialogManager) -> Said:
    stored = manager.dialog_data.get(SAID) or started_with(manager, SAID) or {}
    return Said(
        tuple(SaidRow(**row) for row in stored.get("rows", ())),
        tuple(
            SaidWalkIns(Category(each["category"]), each["people"], each["organisation"])
            for each in stored.get("walk_ins", ())
        ),
        tuple(stored.get("strange", ())),
    )


def _as_stored(said: Said) -> dict[str, Any]:
    return asdict(said)


TO_SHEET = SwitchTo(Label("back"), id="to_sheet", state=DoorPaper.sheet)

dialog = Dialog(
    Window(
        T("paper-desk"),
        Row(
            Button(Label("paper-pdf"), id="pdf", on_click=_send_pdf),
            Button(Label("paper-xlsx"), id="xlsx", on_click=_send_xlsx),
        ),
        SwitchTo(Label("paper-type"), id="type", state=DoorPaper.codes, when="may_mark"),
        close_button(),
        MessageInput(_take_file, content_types=ContentType.DOCUMENT),
        MessageInput(_type_codes, content_types=ContentType.TEXT),
        state=DoorPaper.sheet,
        getter=desk_getter,
    ),
    Window(
        T("paper-codes"),
        TO_SHEET,
        MessageInput(_take_file, content_types=ContentType.DOCUMENT),
        MessageInput(_type_codes, content_types=ContentType.TEXT),
        state=DoorPaper.codes,
        getter=desk_getter,
    ),
    Window(
        Format("{differences}"),
        Button(Label("paper-confirm"), id="confirm", on_click=_confirm, when="changes"),
        TO_SHEET,
        MessageInput(_take_file, content_types=ContentType.DOCUMENT),
        MessageInput(_type_codes, content_types=ContentType.TEXT),
        state=DoorPaper.preview,
        getter=preview_getter,
    ),
)

"""A certificate of one meeting, or a portfolio of all: «Как напечатать имя?», then the file."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction, ContentType
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot import papers
from bot.cleaning import clean_line
from bot.handlers.navigation import started_with
from bot.handlers.participant.paper_words import certificate_of, portfolio_of
from bot.services import participation, profiles
from bot.services.core import Account, Core
from bot.services.participation import Attended
from bot.states import Papers
from bot.widgets import T, choice, close_button, speech

REGISTRATION, MEMBER = "registration_id", "member_id"
NAME_ON_PAPER = 80


async def ask_for_certificate(manager: DialogManager, registration_id: int) -> None:
    """Ask for the name on the certificate of a registration.

    Raises:
        NotFound, Refused: as `participation.get_attended`.
    """
    data = manager.middleware_data
    await participation.get_attended(data["core"], data["account"], registration_id)
    await manager.start(Papers.name, {REGISTRATION: registration_id})


async def ask_for_team_certificate(manager: DialogManager, member_id: int) -> None:
    """Ask for the name on the certificate of somebody on a team.

    Raises:
        NotFound, Refused: as `participation.get_helped`.
    """
    data = manager.middleware_data
    await participation.get_helped(data["core"], data["account"], member_id)
    await manager.start(Papers.name, {MEMBER: member_id})


async def ask_for_portfolio(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Ask for the name on the portfolio."""
    await manager.start(Papers.name, {})


async def attended_getter(core: Core, account: Account, **_: Any) -> dict[str, Any]:
    """Return whether there is anything to make a portfolio of."""
    return {"some_attended": await participation.count_attended(core, account) > 0}


async def name_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return which paper it is, and the profile's name if it can be printed."""
    name = await _own_name(core, account)
    return {
        "paper": "certificate" if _is_certificate(dialog_manager) else "portfolio",
        "names": [(name, "own")] if name else [],
        "named": "yes" if name else "no",
    }


def _is_certificate(manager: DialogManager) -> bool:
    return any(started_with(manager, field) is not None for field in (REGISTRATION, MEMBER))


async def _meeting_of(manager: DialogManager, core: Core, account: Account) -> Attended:
    """Return the meeting of the certificate: of one's registration, or of a place on its team."""
    if (member_id := started_with(manager, MEMBER)) is not None:
        return await participation.get_helped(core, account, member_id)
    return await participation.get_attended(core, account, started_with(manager, REGISTRATION))


async def _own_name(core: Core, account: Account) -> str:
    profile = await profiles.get_profile(core, account)
    return papers.printable(profile.name) if profile else ""


async def _use_own_name(
    callback: CallbackQuery, _select: Any, manager: DialogManager, _item: str
) -> None:
    data = manager.middleware_data
    await callback.answer()
    await _send(manager, callback.from_user.id, await _own_name(data["core"], data["account"]))


async def _type_name(message: Message, _input: Any, manager: DialogManager) -> None:
    await _send(manager, message.chat.id, message.text or "")


async def _send(manager: DialogManager, chat_id: int, typed: str) -> None:
    """Make the paper and send it; the name is not stored. The screen below comes after it."""
    data = manager.middleware_data
    core, account, tr = data["core"], data["account"], speech(manager)
    bot: Bot = data["bot"]
    name = clean_line(papers.printable(typed), NAME_ON_PAPER)
    if not _is_certificate(manager):
        attended = await participation.list_attended(core, account)
        await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        content = await asyncio.to_thread(papers.portfolio_pdf, portfolio_of(tr, attended, name))
        file, caption = tr.plain("portfolio-name"), tr("portfolio-ready")
    else:
        meeting = await _meeting_of(manager, core, account)
        await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        content = await asyncio.to_thread(papers.certificate_pdf, certificate_of(tr, meeting, name))
        file, caption = tr.plain("certificate-name"), tr("certificate-ready", title=meeting.title)
    await bot.send_document(chat_id, BufferedInputFile(content, f"{file}.pdf"), caption=caption)
    manager.show_mode = ShowMode.DELETE_AND_SEND
    await manager.done()


dialog = Dialog(
    Window(
        T("paper-name-ask"),
        choice("own_name", "names", _use_own_name),
        close_button(),
        MessageInput(_type_name, content_types=ContentType.TEXT),
        state=Papers.name,
        getter=name_getter,
    ),
)

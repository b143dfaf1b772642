"""What the buttons of a report on its way do: sending, accepting, returning."""

from functools import partial
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.cleaning import clean_words
from bot.errors import NotFound
from bot.handlers.coordinator.report_year import PLACE, YEAR, municipality_and_year
from bot.handlers.coordinator.versions_getters import COMMENT, DECIDED, SEEN
from bot.handlers.coordinator.versions_past import OPENED, read_report
from bot.handlers.curator.numbers import ON_TOP
from bot.models import WORDS_LENGTH
from bot.report_forms import report_xlsx
from bot.services import version_steps
from bot.services.version_steps import Seen
from bot.states import Draft, Versions
from bot.vocabulary import ReportStatus
from bot.widgets import speech


async def send(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send the report as it stands on the screen."""
    data = manager.middleware_data
    number, status = manager.dialog_data[SEEN]
    seen = Seen(number, ReportStatus(status) if status else None)
    make = partial(report_xlsx, data["texts"])
    async with ChatActionSender.typing(bot=data["bot"], chat_id=callback.from_user.id):
        sent = await version_steps.send(
            data["core"], data["account"], *municipality_and_year(manager), seen, make
        )
    await callback.answer(speech(manager).plain("version-is-sent", number=sent))
    await manager.switch_to(Versions.version)


async def open_findings(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open what had better be seen to before; its Back leads here."""
    place, year = municipality_and_year(manager)
    await manager.start(Draft.findings, {PLACE: place, YEAR: year, ON_TOP: True})


async def _ask(manager: DialogManager, state: Any) -> None:
    data = manager.middleware_data
    found = await read_report(data["core"], data["account"], manager)
    if found.last is None:
        raise NotFound
    manager.dialog_data[DECIDED] = found.last.token
    await manager.switch_to(state)


async def ask_accept(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask whether the last version is to be accepted."""
    await _ask(manager, Versions.accept)


async def ask_return(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask for the words with which the last version is to be returned."""
    await _ask(manager, Versions.comment)


async def accept(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Accept the version that was asked about."""
    data = manager.middleware_data
    await version_steps.accept(data["core"], data["account"], manager.dialog_data[DECIDED])
    await callback.answer(speech(manager).plain("version-is-accepted"))
    await manager.switch_to(Versions.version)


async def type_comment(message: Message, _input: Any, manager: DialogManager) -> None:
    """Keep the words for the return."""
    manager.dialog_data[COMMENT] = clean_words(message.text or "", WORDS_LENGTH)


async def give_back(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Return the version that was asked about, with the words for that."""
    data = manager.middleware_data
    comment = manager.dialog_data.get(COMMENT, "")
    await version_steps.give_back(
        data["core"], data["account"], manager.dialog_data[DECIDED], comment
    )
    manager.dialog_data.pop(COMMENT, None)
    await callback.answer(speech(manager).plain("version-is-returned"))
    await manager.switch_to(Versions.version)


async def begin(_start_data: Any, manager: DialogManager) -> None:
    """Begin with the last version."""
    manager.dialog_data[OPENED] = ""

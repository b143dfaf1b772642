"""What went wrong, in a sentence with a next step; a person never sees a traceback."""

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.exceptions import (
    OutdatedIntent,
    UnknownIntent,
    UnknownState,
    UnregisteredDialogError,
)
from aiogram_dialog.utils import CB_SEP

from bot.errors import ConsentRequired, DomainError, Forbidden
from bot.handlers.navigation import answer_old_button, open_below, open_on_top, show_again
from bot.handlers.participant import onboarding
from bot.handlers.pushed import give_back_buttons
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.menu import EVERYBODY, STAFF
from bot.services import audit, outbox
from bot.services.core import Account, Core
from bot.states import Home

log = structlog.get_logger(__name__)
router = Router(name="errors")

COMMANDS = {"start", *STAFF, *EVERYBODY}


@router.error(
    ExceptionTypeFilter(UnknownIntent, OutdatedIntent, UnknownState, UnregisteredDialogError)
)
async def old_button(event: ErrorEvent, dialog_manager: DialogManager, tr: Speech) -> None:
    """A button of a screen that is gone: answer the tap, show what is open, or the menu."""
    log.info("old_button", error=type(event.exception).__name__)
    if event.update.callback_query:
        await answer_old_button(event.update.callback_query, dialog_manager, tr)
    else:
        await open_below(dialog_manager, Home.menu)


@router.error(ExceptionTypeFilter(DomainError))
async def refused(
    event: ErrorEvent, core: Core, account: Account, tr: Speech, dialog_manager: DialogManager
) -> None:
    """Say why not: an alert after a tap, a message after words. What was typed before stays."""
    error = event.exception
    assert isinstance(error, DomainError)  # noqa: S101 (the filter above)
    subject: CallbackQuery | Message | None = event.update.callback_query or event.update.message
    if isinstance(error, Forbidden):
        action = _action(event)
        log.info("forbidden", action=action)
        await audit.record_refusal(core, account, action)
    if subject is not None:
        await explain(subject, tr, error)
    if isinstance(subject, Message):  # the window follows the sentence; after a tap it stays
        dialog_manager.show_mode = ShowMode.SEND
    pushed = isinstance(subject, CallbackQuery) and CB_SEP not in (subject.data or "")
    if isinstance(error, ConsentRequired):
        if pushed:
            dialog_manager.show_mode = ShowMode.SEND
        await onboarding.begin(dialog_manager, core, account, None, answering=pushed)
        if pushed:
            await give_back_buttons(subject)
    elif isinstance(error, Forbidden):
        await open_on_top(dialog_manager, Home.menu)
    elif dialog_manager.has_context() and not pushed:
        await show_again(dialog_manager)


@router.error(ExceptionTypeFilter(TelegramBadRequest))
async def not_modified(event: ErrorEvent) -> bool | None:
    """A second tap drew the same screen: nothing is lost."""
    if "message is not modified" in str(event.exception):
        if event.update.callback_query:
            await event.update.callback_query.answer()
        return True
    raise event.exception


@router.error(ExceptionTypeFilter(TelegramForbiddenError))
async def blocked(_event: ErrorEvent, core: Core, account: Account) -> None:
    """The person blocked the bot while it was answering: there is nobody to tell."""
    log.info("blocked")
    await outbox.block(core, account)


def _action(event: ErrorEvent) -> str:
    """Return what was tried, for the log: a command's or a button's name, no personal data."""
    update = event.update
    if update.callback_query:
        data = (update.callback_query.data or "").rpartition(CB_SEP)[2]
        return f"button {data.split(':')[0]}"
    words = (update.message.text or "").split() if update.message else []
    if words and words[0].startswith("/"):
        name = words[0][1:].partition("@")[0]
        # What else begins with a stroke may be anything: «/Иванова_Мария».
        return f"command /{name}" if name in COMMANDS else "command"
    return "message"

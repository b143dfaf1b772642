"""Saying no, with the reason and what one can do instead."""

from aiogram.types import CallbackQuery, Message

from bot.errors import DomainError
from bot.i18n import Speech, as_typed

ALERT_LENGTH = 200  # answerCallbackQuery takes no longer text


async def explain(subject: CallbackQuery | Message, tr: Speech, error: DomainError) -> None:
    """Say why not: in an alert after a tap, in a message after words."""
    sentence = tr.error(error)
    if isinstance(subject, CallbackQuery):
        await subject.answer(sentence[:ALERT_LENGTH], show_alert=True)
    else:
        await subject.answer(as_typed(sentence))

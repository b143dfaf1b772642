"""Buttons under the messages that the bot sends of its own accord."""

from aiogram.types import InlineKeyboardButton

from bot.callbacks import OpenMeeting
from bot.i18n import Speech


def button(text: str, data: str) -> InlineKeyboardButton:
    """Return one inline button."""
    return InlineKeyboardButton(text=text, callback_data=data)


def to_meeting(tr: Speech, token: str) -> InlineKeyboardButton:
    """Return «Открыть встречу»."""
    return button(tr.plain("ticket-open"), OpenMeeting(token=token).pack())

"""Changing a message that the bot sent by itself."""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.sender import Outgoing

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # as the sender sends them


async def turn_into(callback: CallbackQuery, bot: Bot, outgoing: Outgoing) -> int:
    """Turn the tapped message into another one, or send a new one where it is too old for that.

    Returns the id of the message that says it now.
    """
    text, buttons = outgoing.text, outgoing.reply_markup
    if isinstance(callback.message, Message):
        try:
            await callback.message.edit_text(
                text, reply_markup=buttons, link_preview_options=NO_PREVIEW
            )
        except TelegramBadRequest as error:
            if "message is not modified" in str(error):  # a second tap: it says so already
                return callback.message.message_id
        else:
            return callback.message.message_id
    sent = await bot.send_message(
        callback.from_user.id, text, reply_markup=buttons, link_preview_options=NO_PREVIEW
    )
    return sent.message_id


async def take_buttons(callback: CallbackQuery) -> None:
    """Take the buttons off the message that was tapped: its question is answered."""
    if isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):  # a second tap: they are gone already
            await callback.message.edit_reply_markup()


async def give_back_buttons(callback: CallbackQuery | Message | None) -> None:
    """Leave a message its buttons, to be tapped again; the library takes them when it goes on."""
    if isinstance(callback, CallbackQuery) and isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):
            await callback.message.edit_reply_markup(reply_markup=callback.message.reply_markup)

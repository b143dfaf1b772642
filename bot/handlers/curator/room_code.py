"""«QR у входа»: the code in the room as a picture of its own, renewed in place by a tap."""

import asyncio
from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.callbacks import RenewCode
from bot.handlers.curator.numbers import meeting_of
from bot.i18n import Html, Speech
from bot.links import room_link
from bot.qr_codes import qr_png
from bot.rules import RoomUse
from bot.services.core import Account, Core
from bot.services.room_codes import RoomCode, show_code
from bot.widgets import speech

router = Router(name="room_code")


async def send_code(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send the picture below the list, to be shown to people."""
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    await deliver_code(callback, data["bot"], core, account, speech(manager), meeting_of(manager))
    manager.show_mode = ShowMode.NO_UPDATE


async def deliver_code(
    callback: CallbackQuery, bot: Bot, core: Core, account: Account, tr: Speech, meeting_id: int
) -> None:
    """Answer a tap with the picture.

    Raises:
        Forbidden, Refused: as `room_codes.show_code`.
    """
    code = await show_code(core, account, meeting_id)
    await callback.answer()
    await _send(bot, callback.from_user.id, tr, code)


@router.callback_query(RenewCode.filter())
async def renew(
    callback: CallbackQuery,
    callback_data: RenewCode,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Put a fresh code in the place of the old one, or below where the message is too old."""
    code = await show_code(core, account, callback_data.meeting_id)
    await callback.answer(tr.plain("room-code-renewed", until=_until(tr, code)))
    shown = callback.message
    if isinstance(shown, Message):
        media = InputMediaPhoto(media=await _picture(bot, code), caption=_caption(tr, code))
        try:
            await shown.edit_media(media, reply_markup=_renew_button(tr, code))
        except TelegramBadRequest as error:
            if "message is not modified" in str(error):  # the same second: it is fresh
                return
        else:
            return
        with suppress(TelegramBadRequest):  # an old code shall not be scanned
            await shown.delete()
    await _send(bot, callback.from_user.id, tr, code)


async def _send(bot: Bot, chat_id: int, tr: Speech, code: RoomCode) -> None:
    await bot.send_photo(
        chat_id,
        await _picture(bot, code),
        caption=_caption(tr, code),
        reply_markup=_renew_button(tr, code),
    )


async def _picture(bot: Bot, code: RoomCode) -> BufferedInputFile:
    link = await room_link(bot, code.token, code.code)
    return BufferedInputFile(await asyncio.to_thread(qr_png, link), "code.png")


def _caption(tr: Speech, code: RoomCode) -> Html:
    use = "both" if len(code.uses) > 1 else "in" if RoomUse.CHECK_IN in code.uses else "answer"
    return tr("room-code", title=code.title, use=use, until=_until(tr, code))


def _until(tr: Speech, code: RoomCode) -> str:
    return tr.time(code.until, code.timezone)


def _renew_button(tr: Speech, code: RoomCode) -> InlineKeyboardMarkup:
    renewing = InlineKeyboardButton(
        text=tr.plain("room-code-renew"),
        callback_data=RenewCode(meeting_id=code.meeting_id).pack(),
    )
    return InlineKeyboardMarkup(inline_keyboard=[[renewing]])

"""Answers to an offered seat: plain buttons under a pushed message."""

from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.callbacks import SeatAnswer, WaitAgain
from bot.errors import Refused
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.offer_messages import standing_message
from bot.sender import Outgoing
from bot.services import tickets, waitlist
from bot.services.core import Account, Core

router = Router(name="offers")


@router.callback_query(SeatAnswer.filter())
async def answer_offer(
    callback: CallbackQuery,
    callback_data: SeatAnswer,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Take the seat or leave it to the next; the message then says how things stand."""
    registration_id, number = callback_data.registration_id, callback_data.number
    declined = False
    try:
        if callback_data.takes:
            await waitlist.accept(core, account, registration_id, number=number)
        else:
            await waitlist.decline(core, account, registration_id, number)
            declined = True
        await callback.answer()
    except Refused as error:
        await explain(callback, tr, error)
    ticket = await tickets.get_ticket(core, account, registration_id)
    if declined:
        await _settle(callback, bot, Outgoing(tr("seat-refused", title=ticket.title)))
    else:
        await _settle(callback, bot, standing_message(tr, ticket))


@router.callback_query(WaitAgain.filter())
async def wait_again(
    callback: CallbackQuery,
    callback_data: WaitAgain,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Go back to the end of the waiting list."""
    await waitlist.wait_again(core, account, callback_data.registration_id)
    await callback.answer()
    ticket = await tickets.get_ticket(core, account, callback_data.registration_id)
    await _settle(callback, bot, standing_message(tr, ticket))


async def _settle(callback: CallbackQuery, bot: Bot, outgoing: Outgoing) -> None:
    """Turn the question into its outcome; one too old to be edited is followed by it."""
    if isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):  # a second tap: it says so already
            await callback.message.edit_text(outgoing.text, reply_markup=outgoing.reply_markup)
    else:
        await bot.send_message(
            callback.from_user.id, outgoing.text, reply_markup=outgoing.reply_markup
        )

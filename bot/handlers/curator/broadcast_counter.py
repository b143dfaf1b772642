"""The buttons under the counter of a message to many; they outlive every dialog."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.broadcast_board import BroadcastBoard
from bot.callbacks import BroadcastTap
from bot.services import broadcast_counters, broadcast_progress
from bot.services.core import Account, Core
from bot.vocabulary import BroadcastDeed

router = Router(name="broadcast_counter")

_DEEDS = {
    BroadcastDeed.STOP: broadcast_progress.stop,
    BroadcastDeed.AGAIN: broadcast_progress.send_unknown_again,
    BroadcastDeed.LEAVE: broadcast_progress.leave_unknown,
}


@router.callback_query(BroadcastTap.filter())
async def tap_counter(
    callback: CallbackQuery,
    callback_data: BroadcastTap,
    core: Core,
    account: Account,
    broadcast_board: BroadcastBoard,
) -> None:
    """Stop the message, send it again or leave it; the counter then says how things stand."""
    deed, sent_id = callback_data.deed, callback_data.broadcast_id
    if deed in _DEEDS:
        await _DEEDS[deed](core, account, sent_id)
    if not isinstance(callback.message, Message):  # too old to be edited
        await broadcast_board.post(account, sent_id)
        await callback.answer()
        return
    await broadcast_counters.follow(
        core, account, sent_id, callback.message.message_id, asks=deed is BroadcastDeed.ASK
    )
    await callback.answer()
    await broadcast_board.draw(account, sent_id)

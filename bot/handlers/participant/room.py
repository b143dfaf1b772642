"""The code in the room, opened by a phone's camera, and «Записать и отметить» below it."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.callbacks import ComeIn
from bot.handlers.participant import onboarding
from bot.handlers.participant.arrival import arrival_messages
from bot.handlers.pushed import turn_into
from bot.i18n import Speech
from bot.rules import RoomPass
from bot.services import self_check_in
from bot.services.core import Account, Core
from bot.services.self_check_in import Arrival

router = Router(name="room")


async def show_arrival(
    message: Message,
    manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
    scanned: str,
) -> None:
    """Check in whoever scanned the code, or ask them how it was; a newcomer is asked who they are.

    Raises:
        NotFound, Refused: as `self_check_in.scan_code`.
    """
    token, _, code = scanned.rpartition("_")
    arrived = await self_check_in.scan_code(core, account, token, code)
    if arrived.arrival is Arrival.NEWCOMER:
        await message.answer(tr("room-welcome", title=arrived.title))
        await onboarding.begin(
            manager, core, account, arrived.meeting_token, room_pass=arrived.room_pass
        )
        return
    for said in await arrival_messages(core, account, tr, arrived):
        await message.answer(said.text, reply_markup=said.reply_markup)


@router.callback_query(ComeIn.filter())
async def come_in(
    callback: CallbackQuery,
    callback_data: ComeIn,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Sign up and check in with one tap; the question how it was follows, if it is time for it."""
    shown = RoomPass(callback_data.meeting_id, callback_data.key)
    arrived = await self_check_in.come_in(core, account, shown)
    await callback.answer()
    standing, *others = await arrival_messages(core, account, tr, arrived)
    await turn_into(callback, bot, standing)
    for said in others:
        await bot.send_message(callback.from_user.id, said.text, reply_markup=said.reply_markup)

"""Somebody blocks the bot, or lets it in again."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from bot.services import outbox
from bot.services.core import Account, Core

router = Router(name="blocking")


@router.my_chat_member()
async def note(event: ChatMemberUpdated, core: Core, account: Account) -> None:
    """Send nothing of the bot's own accord to who does not want it, until they come back."""
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await outbox.block(core, account)
    else:
        await outbox.unblock(core, account)

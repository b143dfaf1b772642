"""«Поделиться»: the invitation to a meeting, ready to be forwarded."""

from aiogram import Bot
from aiogram.types import CallbackQuery

from bot.handlers.cards import invitation_text
from bot.i18n import Speech
from bot.links import meeting_link
from bot.services import catalogue, posters
from bot.services.core import Account, Core


async def deliver_invitation(
    callback: CallbackQuery, bot: Bot, core: Core, account: Account, tr: Speech, meeting_id: int
) -> None:
    """Answer a tap with the invitation as a message of its own.

    Raises:
        Forbidden, Refused: as `posters.get_announced`.
    """
    announced = await posters.get_announced(core, account, meeting_id)
    card = await catalogue.get_card(core, account, announced.token)
    link = await meeting_link(bot, card.token)
    # Fluent refuses a fact as long as a card can be.
    invitation = f"{invitation_text(tr, card)}\n\n{tr('manage-invitation', link=link)}"
    await bot.send_message(callback.from_user.id, invitation)
    await callback.answer(tr.plain("manage-shared"))

"""«Записаться» under a card in a group: on the spot, answered to whoever tapped alone."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.callbacks import SignUpHere
from bot.errors import ConsentRequired, Refused
from bot.handlers.participant.meetings_clicks import NO_ROOM, sign_up_toast
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.links import meeting_link
from bot.services import registrations
from bot.services.core import Account, Core
from bot.services.visitors import Visitor

router = Router(name="group_sign_up")


@router.callback_query(SignUpHere.filter())
async def sign_up(
    callback: CallbackQuery,
    callback_data: SignUpHere,
    bot: Bot,
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
) -> None:
    """Sign up whoever has a profile, and lead everybody else to the private chat.

    There, too, goes who blocked the bot: it could send them no ticket.
    """
    token = callback_data.token
    if visitor.blocked:
        await callback.answer(url=await meeting_link(bot, token))
        return
    try:
        signed = await registrations.sign_up(core, account, token)
    except ConsentRequired:
        await callback.answer(url=await meeting_link(bot, token))
    except Refused as error:
        await explain(callback, tr, _said_in_group(error))
    else:
        toast = sign_up_toast(tr, signed)
        if not signed.already and signed.place is None:
            toast = f"{toast}\n{tr.plain('group-ticket')}"
        await callback.answer(toast)


def _said_in_group(error: Refused) -> Refused:
    """Return the refusal with a next step that can be taken from here."""
    if error.key in NO_ROOM:
        return Refused("group-full")
    if error.key == "refused-not-admitted":
        return Refused("group-not-admitted", **error.facts)
    return error

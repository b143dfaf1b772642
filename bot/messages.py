"""The messages the bot sends of its own accord: what each says, and whether it still should."""

from aiogram import Bot

from bot import rules
from bot.errors import DomainError
from bot.i18n import Texts
from bot.messages_to_participants import TO_PARTICIPANTS
from bot.messages_to_staff import TO_STAFF
from bot.models import DueMessage
from bot.sender import Compose, Dropped, Outgoing
from bot.services import (
    message_switches,
    outbox,
    visitors,
)
from bot.services.core import Account, Core


def composer(core: Core, texts: Texts, bot: Bot, contact: str) -> Compose:
    """Return what turns a due message into words, or drops it when it is wanted no more.

    Args:
        core: database and clock.
        texts: of every language.
        bot: who speaks, for the links that lead to it.
        contact: how to reach the operator, empty where unknown.
    """

    async def compose(due: DueMessage) -> Outgoing | Dropped:
        account = Account(due.account_id, due.messenger)
        visitor = await visitors.recognise(core, account)
        if visitor.locale is None:
            return Dropped("nobody is behind the account any more")
        if visitor.blocked:
            return Dropped(outbox.BLOCKED)
        if not await message_switches.is_wanted(core, due):
            return Dropped("turned off")
        tr = texts.speak(visitor.locale, core.clock.now(), visitor.timezone or core.timezone)
        if rules.is_stale(due.kind, due.due_at, tr.now):
            return Dropped("too late by now")
        try:
            facts = due.facts | {"contact": contact, "bot": bot}
            said = await _KINDS[due.kind](core, account, facts, tr)
        except DomainError as error:
            return Dropped(f"not possible any more: {error.key}")
        return said or Dropped(rules.MESSAGE_RULES[due.kind].unless)

    return compose


_KINDS = {**TO_PARTICIPANTS, **TO_STAFF}

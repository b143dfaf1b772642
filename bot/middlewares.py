"""Before any handler: who is this, which language do they speak, did they come back?"""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.i18n import Texts
from bot.services import outbox, visitors
from bot.services.core import Account, Core

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Recognise(BaseMiddleware):
    """Puts `account`, `visitor` and the voice `tr` beside every update.

    A stranger's choice of language lives in the conversation until they agree to more.
    """

    def __init__(self, core: Core, texts: Texts) -> None:
        self.core = core
        self.texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Recognise the account behind `event`, then go on; nobody is answered in public here."""
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or chat is None or chat.type != ChatType.PRIVATE:
            return None
        visitor = await self._introduce(user, data)
        if visitor.blocked and isinstance(event, Update) and not event.my_chat_member:
            await outbox.unblock(self.core, visitor.account)
        with structlog.contextvars.bound_contextvars(account=user.id):
            return await handler(event, data)

    async def _introduce(self, user: User, data: dict[str, Any]) -> visitors.Visitor:
        account = Account(user.id)
        visitor = await visitors.recognise(self.core, account)
        locale = visitor.locale
        if locale is None and (state := data.get("state")) is not None:
            locale = (await state.get_data()).get("locale")
        data["account"] = account
        data["visitor"] = visitor
        data["tr"] = self.texts.speak(
            locale or user.language_code or "",
            self.core.clock.now(),
            visitor.timezone or self.core.timezone,
        )
        return visitor


class RecogniseInPublic(Recognise):
    """The same in groups and in inline mode: there `tr` speaks to the person, not to the group."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Recognise the account behind `event`, then go on."""
        user: User | None = data.get("event_from_user")
        if user is None:
            return None
        await self._introduce(user, data)
        with structlog.contextvars.bound_contextvars(account=user.id):
            return await handler(event, data)

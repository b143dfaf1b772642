"""Where an update goes: to the conversations of private chats, or to what the bot does elsewhere.

The two know nothing of each other: no dialog can ever open in a group, whatever is written or
forged there.
"""

from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.enums import ChatType
from aiogram.types import Update


class Reception:
    """Two dispatchers that look like one.

    Args:
        private: of what people write and tap in their private chat with the bot.
        public: of groups, and of the bot's name typed in any chat (inline mode).
    """

    def __init__(self, private: Dispatcher, public: Dispatcher) -> None:
        self._private = private
        self._public = public

    async def feed_update(self, bot: Bot, update: Update) -> Any:
        """Hand an update to whom it belongs."""
        chat = UserContextMiddleware.resolve_event_context(update).chat
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        return await (self._private if is_private else self._public).feed_update(bot, update)

    def resolve_used_update_types(self) -> list[str]:
        """Return the kinds of updates that one of the two can use."""
        return sorted(
            {
                *self._private.resolve_used_update_types(),
                *self._public.resolve_used_update_types(),
            }
        )

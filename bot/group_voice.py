"""How the bot speaks in groups: at their pace, and with an ear for what they answer.

A group can be left, moved, silenced or busy at any moment; whoever wants to say something there
gets a refusal with a sentence of its own.
"""

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import (
    ChatMemberRestricted,
    LinkPreviewOptions,
    Message,
    ResultChatMemberUnion,
)

from bot.errors import Refused
from bot.group_pace import GroupPace
from bot.sender import Outgoing
from bot.services import group_chats
from bot.services.core import Account, Core
from bot.slots import Slots

CALL_TIMEOUT = 20  # seconds for one call
SILENT_FOR = 60  # seconds without edits in a group that takes none from the bot
_MUTE = ("rights", "write_forbidden", "chat_restricted")
_TOPIC = ("topic_closed", "topic_deleted", "thread not found")

log = structlog.get_logger(__name__)


def is_in(member: ResultChatMemberUnion) -> bool:
    """Whether somebody whose standing in a group this is belongs to it."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


class GroupVoice:
    """Says and changes things in groups, and notes what that tells about them.

    Args:
        core: database and clock.
        bot: who speaks.
        slots: shared with everything else that the bot sends.
        pace: of each group.
    """

    def __init__(self, core: Core, bot: Bot, slots: Slots, pace: GroupPace) -> None:
        self._core, self._bot, self._slots, self._pace = core, bot, slots, pace

    async def say(self, chat_id: int, outgoing: Outgoing, thread_id: int | None = None) -> Message:
        """Say something in a group, in its supergroup if it became one.

        Args:
            chat_id: the group's.
            outgoing: the words and buttons.
            thread_id: the topic of the group, where it has topics.

        Raises:
            Refused: the bot may not write there or in this topic, is not there any more, or wrote
                too much.
        """
        try:
            async with self._slots.to_push(chat_id):
                message = await self._bot.send_message(
                    chat_id,
                    outgoing.text,
                    reply_markup=outgoing.reply_markup,
                    message_thread_id=thread_id,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    request_timeout=CALL_TIMEOUT,
                )
        except TelegramMigrateToChat as error:
            await group_chats.migrate(self._core, chat_id, error.migrate_to_chat_id)
            return await self.say(error.migrate_to_chat_id, outgoing)
        except TelegramAPIError as error:
            if (refusal := await self._understand(chat_id, error)) is None:
                raise
            raise refusal from None
        await group_chats.note_rights(self._core, chat_id, may_post=True)
        return message

    async def change(self, chat_id: int, message_id: int, outgoing: Outgoing) -> bool:
        """Change what the bot said in a group; say whether it can be changed at all.

        Raises:
            Refused: not now: the group is busy, has moved, takes nothing from the bot or has
                closed the topic, or the bot is not there any more.
            TelegramAPIError: Telegram is not well.
        """
        if not self._pace.may_edit(chat_id):
            raise Refused("group-busy")
        try:
            async with self._slots.to_push(chat_id):
                await self._bot.edit_message_text(
                    outgoing.text,
                    chat_id=chat_id,
                    message_id=message_id,
                    reply_markup=outgoing.reply_markup,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    request_timeout=CALL_TIMEOUT,
                )
        except TelegramMigrateToChat as error:
            await group_chats.migrate(self._core, chat_id, error.migrate_to_chat_id)
            raise Refused("group-gone") from None
        except TelegramAPIError as error:
            if "message is not modified" in error.message:
                return True
            refusal = await self._understand(chat_id, error)
            if refusal is not None:
                raise refusal from None
            if not isinstance(error, TelegramBadRequest):
                raise
            log.info("message_cannot_be_changed", chat=chat_id, telegram=error.message)
            return False
        return True

    async def has_member(self, chat_id: int, account: Account) -> bool | None:
        """Whether somebody is in a group; None where the messenger does not tell the bot."""
        try:
            member = await self._bot.get_chat_member(chat_id, account.id)
        except TelegramMigrateToChat as error:
            await group_chats.migrate(self._core, chat_id, error.migrate_to_chat_id)
            return await self.has_member(error.migrate_to_chat_id, account)
        except TelegramForbiddenError:
            await group_chats.leave(self._core, chat_id)
            return False
        except TelegramBadRequest as error:
            # A group may hide its members from a bot that is no administrator.
            hidden = "inaccessible" in error.message or "ADMIN_REQUIRED" in error.message
            return None if hidden else False
        return is_in(member)

    async def _understand(self, chat_id: int, error: TelegramAPIError) -> Refused | None:
        """Note what an error says about a group; None where it says nothing about it."""
        words = error.message.lower()
        if isinstance(error, TelegramRetryAfter):
            log.warning("group_asks_to_wait", chat=chat_id, seconds=error.retry_after)
            self._pace.pause(chat_id, error.retry_after)
            return Refused("group-busy")
        if not isinstance(error, TelegramBadRequest | TelegramForbiddenError):
            return None
        if any(word in words for word in _MUTE):
            await group_chats.note_rights(self._core, chat_id, may_post=False)
            self._pace.pause(chat_id, SILENT_FOR)
            return Refused("group-mute")
        if any(word in words for word in _TOPIC):  # the rest of the group still hears the bot
            return Refused("group-topic")
        if isinstance(error, TelegramForbiddenError) or "chat not found" in words:
            await group_chats.leave(self._core, chat_id)
            return Refused("group-gone")
        return None

"""Which chat and which message a method means, and whether the bot may touch it.

telegram.md 2, 3, 4, 5 and 6. The order of the refusals is the official server's: reading asks for
less than editing, editing for less than writing (`check_chat_access` in its Client.cpp).
"""

from __future__ import annotations

from datetime import timedelta

from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.group import Group
from sandbox.params import Params
from sandbox.records import Json, StoredMessage, User
from sandbox.world import World

DELETE_WINDOW = timedelta(hours=48)
Chat = User | Group


def readable_chat(world: World, chat_id: str) -> Chat:
    """The private chat (as its person) or the group with this id.

    Raises:
        ApiError: 400 «chat_id is empty», «chat not found»; 403 for a supergroup that the bot is
            not in.
    """
    if not chat_id:
        raise bad_request("chat_id is empty")
    try:
        chat = world.chat(int(chat_id))
    except (KeyError, ValueError):
        raise bad_request("chat not found") from None
    if isinstance(chat, Group):
        if not chat.bot_known:
            raise bad_request("chat not found")
        if chat.type == "supergroup":
            _check_membership(chat)
    return chat


def editable_chat(world: World, params: Params) -> Chat:
    """The chat of `chat_id`, if the bot may change its messages there.

    Raises:
        ApiError: besides those of `readable_chat`, 403 for someone deactivated, who blocked the
            bot or never wrote to it, and for a group that the bot is not in.
    """
    chat = readable_chat(world, params.text("chat_id"))
    if isinstance(chat, Group):
        if chat.migrated_to is None:
            _check_membership(chat)
        return chat
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """The chat of `chat_id`, if the bot may write there.

    Raises:
        ApiError: besides those of `editable_chat`, 400 for a group that lives on as a supergroup.
    """
    chat = readable_chat(world, params.text("chat_id"))
    if isinstance(chat, Group) and chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    return editable_chat(world, params)


def check_may_send(chat: Chat, content: Json) -> None:
    """Refuse to send into a group that took the right to write away from the bot.

    Raises:
        ApiError: 400 «not enough rights to send … to the chat».
    """
    if isinstance(chat, Group) and not chat.bot_may_write:
        kinds = {"photo": "photos", "document": "documents", "contact": "contacts"}
        what = next((kinds[key] for key in kinds if key in content), "text messages")
        raise bad_request(f"not enough rights to send {what} to the chat")


def editable_message(world: World, params: Params) -> StoredMessage:
    """The message that an edit method means.

    Raises:
        ApiError: besides those of `editable_chat`, 400 «message to edit not found» (which is what
            becomes of messages in a group that was upgraded, too), «message can't be edited»
            (someone else's, or with a reply keyboard).
    """
    if not params.text("chat_id") and not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    chat = editable_chat(world, params)
    message = world.message(chat.id, params.integer("message_id"))
    if message is None or (isinstance(chat, Group) and chat.migrated_to is not None):
        raise bad_request("message to edit not found")
    if not message.by_bot or (message.markup is not None and not message.inline_keyboard):
        raise bad_request("message can't be edited")
    return message


def check_deletable(world: World, chat: Chat, message: StoredMessage) -> None:
    """Refuse to delete what is older than 48 hours of the movable clock, and what others wrote
    into a group; its administrators may delete everything.

    Raises:
        ApiError: 400 «message can't be deleted», «message can't be deleted for everyone».
    """
    if isinstance(chat, Group):
        if chat.bot_status == "administrator":
            return
        if not message.by_bot:
            raise bad_request("message can't be deleted")
    if world.now().timestamp() - message.body["date"] > DELETE_WINDOW.total_seconds():
        raise bad_request("message can't be deleted for everyone")


def _check_membership(group: Group) -> None:
    if group.bot_status == "kicked" or (group.type == "group" and group.bot_put_out):
        raise forbidden(f"bot was kicked from the {group.type} chat")
    if not group.has_bot:
        raise forbidden(f"bot is not a member of the {group.type} chat")

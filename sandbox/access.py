"""Which chat and which message a method means, and whether the bot may touch it.

telegram.md 2, 3, 5 and 6.
"""

from __future__ import annotations

from datetime import timedelta

from sandbox.errors import bad_request, forbidden
from sandbox.params import Params
from sandbox.records import StoredMessage, User
from sandbox.world import World

DELETE_WINDOW = timedelta(hours=48)


def known_user(world: World, chat_id: str) -> User:
    """The person whose private chat this is.

    Raises:
        ApiError: 400 «chat_id is empty», «chat not found».
    """
    if not chat_id:
        raise bad_request("chat_id is empty")
    try:
        user = world.users.get(int(chat_id))
    except ValueError:
        user = None
    if user is None:
        raise bad_request("chat not found")
    return user


def writable_user(world: World, params: Params) -> User:
    """The person of `chat_id`, if the bot may write to them.

    Raises:
        ApiError: besides those of `known_user`, 403 for someone deactivated, who blocked the bot
            or never wrote to it.
    """
    user = known_user(world, params.text("chat_id"))
    if user.deactivated:
        raise forbidden("user is deactivated")
    if user.blocked:
        raise forbidden("bot was blocked by the user")
    if not user.started:
        raise forbidden("bot can't initiate conversation with a user")
    return user


def editable_message(world: World, params: Params) -> StoredMessage:
    """The message that an edit method means.

    Raises:
        ApiError: besides those of `writable_user`, 400 «message to edit not found», «message
            can't be edited» (someone else's, or with a reply keyboard).
    """
    if not params.text("chat_id") and not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    user = writable_user(world, params)
    message = world.message(user.id, params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or (message.markup is not None and not message.inline_keyboard):
        raise bad_request("message can't be edited")
    return message


def check_deletable(world: World, message: StoredMessage) -> None:
    """Refuse to delete what is older than 48 hours of the movable clock.

    Raises:
        ApiError: 400 «message can't be deleted for everyone».
    """
    if world.now().timestamp() - message.body["date"] > DELETE_WINDOW.total_seconds():
        raise bad_request("message can't be deleted for everyone")

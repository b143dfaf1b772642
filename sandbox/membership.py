"""Methods about a chat and who is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.access import editable_chat, readable_chat
from sandbox.errors import bad_request
from sandbox.group import Group, chat_member
from sandbox.params import Params
from sandbox.records import Json
from sandbox.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, params: Params) -> Json:
    """getChat."""
    chat = readable_chat(world, params.text("chat_id"))
    full: Json = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if isinstance(chat, Group):
        return {**chat.as_chat(), "permissions": chat.permissions(), **full}
    if not chat.started:
        raise bad_request("chat not found")
    return {**chat.as_chat(), **full}


def get_chat_member(world: World, params: Params) -> Json:
    """getChatMember: whoever is not in the chat has «left»."""
    chat, user_id = editable_chat(world, params), params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id == world.bot.id:
        status = chat.bot_status if isinstance(chat, Group) else "member"
        return chat_member(status, world.bot.as_user())
    if user_id not in world.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if isinstance(chat, Group):
        return chat_member(chat.status_of(user_id), world.users[user_id].as_user())
    if user_id != chat.id:
        raise bad_request("member not found")
    return chat_member("member", chat.as_user())


def get_chat_member_count(world: World, params: Params) -> int:
    """getChatMemberCount: the bot is counted too."""
    chat = editable_chat(world, params)
    return len(chat.members) + chat.has_bot if isinstance(chat, Group) else 2


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """getChatAdministrators."""
    group = editable_chat(world, params)
    if not isinstance(group, Group):
        raise bad_request("there are no administrators in the private chat")
    found = [chat_member("creator", world.users[one].as_user()) for one in group.members[:1]]
    if group.bot_status == "administrator":
        found.append(chat_member(group.bot_status, world.bot.as_user()))
    return found


def leave_chat(world: World, params: Params) -> bool:
    """leaveChat: an upgraded group, or one left before, is no error."""
    chat = readable_chat(world, params.text("chat_id"))
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    world.groups.bot_leaves(chat)
    return True


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatmembercount": get_chat_member_count,
    "getchatadministrators": get_chat_administrators,
    "leavechat": leave_chat,
}

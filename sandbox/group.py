"""A group chat as the local Telegram keeps it, and the Bot API objects that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sandbox.records import Json

BotStatus = Literal["left", "member", "administrator", "restricted", "kicked"]
GroupType = Literal["group", "supergroup"]
PERMISSIONS = (
    "can_send_messages",
    "can_send_media_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "is_anonymous",
)
_GRANTED = frozenset({"can_manage_chat", "can_delete_messages", "can_pin_messages"})


@dataclass
class Group:
    """A group of people, with or without the bot.

    Attributes:
        id: negative; a supergroup's begins with -100.
        members: ids of the people, the creator first. The bot is not among them.
        bot_status: what the bot is here.
        bot_known: whether the bot has ever been here; if not, it cannot even name the chat.
        bot_put_out: whether it was a person who ended the bot's stay in a basic group.
        silent: only administrators may write.
        migrated_to: the supergroup that took this group's place.
    """

    id: int
    title: str
    type: GroupType = "group"
    members: list[int] = field(default_factory=list)
    bot_status: BotStatus = "left"
    bot_known: bool = False
    bot_put_out: bool = False
    silent: bool = False
    migrated_to: int | None = None

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member, of whatever rights."""
        return self.bot_status in {"member", "administrator", "restricted"}

    @property
    def bot_may_write(self) -> bool:
        """Whether the rights of the group let the bot, once a member, send something."""
        return self.bot_status != "restricted" and (
            not self.silent or self.bot_status == "administrator"
        )

    def as_chat(self) -> Json:
        """The Bot API `Chat` object."""
        chat: Json = {"id": self.id, "title": self.title, "type": self.type}
        if self.type == "group":
            chat["all_members_are_administrators"] = not self.silent
        return chat

    def permissions(self) -> Json:
        """What an ordinary member may do, as `ChatPermissions`."""
        writing = {name for name in PERMISSIONS if name.startswith("can_send")}
        return {name: not (self.silent and name in writing) for name in PERMISSIONS}

    def status_of(self, user_id: int) -> str:
        """The status of a person in a `ChatMember` object."""
        if user_id not in self.members:
            return "left"
        return "creator" if user_id == self.members[0] else "member"


def chat_member(status: str, user: Json) -> Json:
    """The Bot API `ChatMember` object of someone who has this status."""
    member: Json = {"user": user, "status": status}
    match status:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {name: name in _GRANTED for name in _RIGHTS}
        case "restricted":
            member |= {"until_date": 0, **dict.fromkeys(PERMISSIONS, False), "is_member": True}
        case "kicked":
            member["until_date"] = 0
    return member

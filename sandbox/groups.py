"""Group chats: who is in them, what happens to the bot there, what it hears (telegram.md 4, 22)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox.group import BotStatus, Group, chat_member
from sandbox.records import Json, StoredMessage

if TYPE_CHECKING:
    from sandbox.store import Store

FIRST_GROUP = -4_100_000_001
FIRST_SUPERGROUP = -1_002_100_000_001
ANONYMOUS_ADMIN: Json = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""Stands in `from` where an administrator writes in the name of the group."""


class Groups:
    """The group chats of a world; everything here is done by a person (`by`, `user_id`)."""

    def __init__(self, world: Store) -> None:
        self._world = world
        self.stored: dict[int, Group] = {}

    def add(self, title: str, members: Iterable[int], *, supergroup: bool = False) -> Group:
        """A new group without the bot; the first of its members is its creator.

        Raises:
            ValueError: there is nobody in it.
        """
        people = list(dict.fromkeys(members))
        if not people:
            raise ValueError("a group needs at least its creator")
        group = Group(self._new_id(supergroup=supergroup), title, members=people)
        if supergroup:
            group.type = "supergroup"
        self.stored[group.id] = group
        self._note(group, people[0], {f"{group.type}_chat_created": True})
        self._world.events.emit("groups", None, {})
        return group

    def restore(self, group: Group) -> None:
        """Put back a group of a snapshot."""
        self.stored[group.id] = group

    def get(self, chat_id: int) -> Group | None:
        """The group with this id, if any."""
        return self.stored.get(chat_id)

    def say(
        self,
        group: Group,
        user_id: int,
        content: Json,
        markup: Json | None = None,
        *,
        anonymous: bool = False,
    ) -> StoredMessage:
        """Write into a group; the bot learns of it if privacy mode lets it.

        Raises:
            RuntimeError: the person is not in the group, or it lives on as a supergroup.
        """
        if user_id not in group.members or group.migrated_to is not None:
            raise RuntimeError(f"user {user_id} cannot write into «{group.title}»")
        sender = self._world.users[user_id].as_user()
        if anonymous:
            sender, content = ANONYMOUS_ADMIN, {**content, "sender_chat": group.as_chat()}
        message = self._world.chats.add(group.as_chat(), sender, content, markup)
        if self._hears(group, message):
            self._world.updates.put(user_id, "message", message.as_api(), group.id)
        return message

    def add_bot(self, group: Group, by: int) -> None:
        """Let the bot in; a bot that is here already stays as it is."""
        if group.has_bot:
            return
        bot = self._world.bot.as_user()
        self._set_status(group, by, "member")
        group.bot_put_out = False
        self._note(group, by, _new_members(bot))

    def remove_bot(self, group: Group, by: int) -> None:
        """Put the bot out; basic groups keep no list of the banned, so there it has «left»."""
        if not group.has_bot:
            return
        self._set_status(group, by, "left" if group.type == "group" else "kicked")
        group.bot_put_out = True
        self._note(group, by, _left_member(self._world.bot.as_user()), to_bot=True)

    def bot_leaves(self, group: Group) -> None:
        """The bot goes by itself (leaveChat)."""
        if not group.has_bot:
            return
        bot = self._world.bot.as_user()
        self._set_status(group, self._world.bot.id, "left")
        self._note(group, self._world.bot.id, _left_member(bot), to_bot=True)

    def promote_bot(self, group: Group, by: int) -> None:
        """Make the bot an administrator: from now on it hears everything."""
        self._set_status(group, by, "administrator")

    def restrict_bot(self, group: Group, by: int) -> None:
        """Take the right to write away from the bot.

        Raises:
            ValueError: in a basic group; it has to become a supergroup first.
        """
        if group.type != "supergroup":
            raise ValueError("single members are restricted in supergroups only")
        self._set_status(group, by, "restricted")

    def unrestrict_bot(self, group: Group, by: int) -> None:
        """Make the bot an ordinary member again."""
        self._set_status(group, by, "member")

    def join(self, group: Group, user_id: int) -> None:
        """A person comes in by an invite link; someone who is here stays."""
        if user_id not in group.members:
            group.members.append(user_id)
            self._note(group, user_id, _new_members(self._world.users[user_id].as_user()))
            self._world.events.emit("groups", None, {})

    def leave(self, group: Group, user_id: int) -> None:
        """A person goes; someone who is not here changes nothing."""
        if user_id in group.members:
            self._note(group, user_id, _left_member(self._world.users[user_id].as_user()))
            group.members.remove(user_id)
            self._world.events.emit("groups", None, {})

    def upgrade(self, group: Group, by: int) -> Group:
        """Turn a basic group into a supergroup with an id of its own (telegram.md 4).

        The bot is told as by the real server (tdlib/telegram-bot-api, issue 266): it «joined» the
        supergroup, it never «left» the group, and each of the two has its service message.

        Raises:
            ValueError: it is a supergroup, or was upgraded before.
        """
        if group.type == "supergroup" or group.migrated_to is not None:
            raise ValueError(f"«{group.title}» cannot be upgraded")
        heir = Group(
            self._new_id(supergroup=True),
            group.title,
            "supergroup",
            list(group.members),
            bot_known=group.has_bot,
            silent=group.silent,
        )
        self.stored[heir.id] = heir
        if group.has_bot:
            self._set_status(heir, by, group.bot_status)
        self._note(group, by, {"migrate_to_chat_id": heir.id})
        group.migrated_to = heir.id
        self._note(heir, by, {"migrate_from_chat_id": group.id})
        self._world.events.emit("groups", None, {})
        return heir

    def _hears(self, group: Group, message: StoredMessage) -> bool:
        """Privacy mode, as core.telegram.org/bots/features#privacy-mode has it."""
        if group.bot_status == "administrator":
            return True
        bot = self._world.bot
        body, text = message.body, message.text
        answered: Json = body.get("reply_to_message", {})
        if not group.has_bot:
            return False
        if "via_bot" in body or answered.get("from", {}).get("id") == bot.id:
            return True
        command, _, addressee = "".join(text.split()[:1]).partition("@")
        if not command.startswith("/"):
            return False
        if addressee:
            return addressee.lower() == bot.username.lower()
        return any(said.by_bot for said in self._world.history(group.id))

    def _set_status(self, group: Group, by: int, status: BotStatus) -> None:
        if group.bot_status == status:
            return
        world, bot = self._world, self._world.bot.as_user()
        old = chat_member(group.bot_status, bot)
        group.bot_status = status
        group.bot_known = True
        actor = world.users.get(by)
        payload: Json = {
            "chat": group.as_chat(),
            "from": bot if actor is None else actor.as_user(),
            "date": int(world.now().timestamp()),
            "old_chat_member": old,
            "new_chat_member": chat_member(status, bot),
        }
        world.updates.put(by, "my_chat_member", payload, group.id)
        world.events.emit("groups", None, {})

    def _note(self, group: Group, by: int, content: Json, *, to_bot: bool = False) -> None:
        """A service message; privacy mode hides none of them from a member, and the bot's own
        leave-taking reaches it too."""
        world = self._world
        actor = world.users.get(by)
        sender = world.bot.as_user() if actor is None else actor.as_user()
        message = world.chats.add(group.as_chat(), sender, content)
        if group.has_bot or to_bot:
            world.updates.put(by, "message", message.as_api(), group.id)

    def _new_id(self, *, supergroup: bool) -> int:
        return (FIRST_SUPERGROUP if supergroup else FIRST_GROUP) - len(self.stored)


def _new_members(user: Json) -> Json:
    return {"new_chat_participant": user, "new_chat_member": user, "new_chat_members": [user]}


def _left_member(user: Json) -> Json:
    return {"left_chat_participant": user, "left_chat_member": user}

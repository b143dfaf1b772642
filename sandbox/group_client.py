"""A person in a group chat, for tests."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.client import PATIENCE, Person
from sandbox.group import Group


class InGroup(Person):
    """Somebody with a group open: writes, taps and looks there, and can change who is in it.

    `start` and links to the bot lead to the private chat all the same. Whether the person is a
    member is not asked for a tap: a client can forge it (telegram.md 11).
    """

    def __init__(self, person: Person, group: Group, *, patience: float = PATIENCE) -> None:
        self.group = group
        super().__init__(person.world, person.user, patience=patience)

    @property
    def chat_id(self) -> int:
        """The group."""
        return self.group.id

    @property
    def menu(self) -> list[str]:
        """Names of the commands in the menu of the group."""
        return [command.command for command in self.world.commands(self.id, self.group)]

    async def send_anonymously(self, text: str) -> None:
        """Write in the name of the group, as its administrators may."""
        self._forget()
        self.world.send_text(self.id, text, chat_id=self.chat_id, anonymous=True)
        await self._settle_if_idle()

    async def join(self) -> None:
        """Come into the group."""
        await self._change(self.world.groups.join)

    async def leave(self) -> None:
        """Go out of the group."""
        await self._change(self.world.groups.leave)

    async def add_bot(self) -> None:
        """Let the bot in."""
        await self._change(self.world.groups.add_bot)

    async def remove_bot(self) -> None:
        """Put the bot out."""
        await self._change(self.world.groups.remove_bot)

    async def promote_bot(self) -> None:
        """Make the bot an administrator."""
        await self._change(self.world.groups.promote_bot)

    async def restrict_bot(self) -> None:
        """Take the right to write away from the bot; ValueError where this is no supergroup."""
        await self._change(self.world.groups.restrict_bot)

    async def unrestrict_bot(self) -> None:
        """Make the bot an ordinary member again."""
        await self._change(self.world.groups.unrestrict_bot)

    def silence_members(self) -> None:
        """Let nobody but administrators write; nobody is told."""
        self.group.silent = True

    async def upgrade(self) -> Group:
        """Turn the group into a supergroup, and go there; ValueError if it is one."""
        self._forget()
        self.group = self.world.groups.upgrade(self.group, self.id)
        self._events.close()
        self._events = self.world.subscribe(chat_id=self.chat_id)
        await self._settle_if_idle()
        return self.group

    async def _change(self, change: Callable[[Group, int], None]) -> None:
        self._forget()
        change(self.group, self.id)
        await self._settle_if_idle()

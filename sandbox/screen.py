"""What a person sees of a chat, as tests look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.records import File, Json, StoredMessage
from sandbox.world import World

ButtonTest = Callable[[Json], bool]


@dataclass(frozen=True)
class Screen:
    """A message as it stood when it was looked at."""

    message_id: int
    by_bot: bool
    text: str
    entities: list[Json]
    keyboard: list[list[Json]]
    document: File | None
    photo: File | None
    edited: bool

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the buttons, inline or of the reply keyboard it brought, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """Labels of the buttons in one list."""
        return [label for row in self.buttons for label in row]

    def button(self, wanted: str | ButtonTest) -> Json | None:
        """The button that `wanted` means, see `find_button`."""
        return find_button(self.keyboard, wanted)

    def __str__(self) -> str:
        who = "bot " if self.by_bot else "user"
        lines = [f"{who} #{self.message_id}{' (edited)' if self.edited else ''}: {self.text}"]
        for name, file in (("document", self.document), ("photo", self.photo)):
            if file is not None:
                lines.append(f"    <{name} {file.name}, {file.size} bytes>")
        lines += ["    " + " ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n".join(lines)


def find_button(rows: list[list[Json]], wanted: str | ButtonTest) -> Json | None:
    """The button with exactly this label, else the first whose label contains it; or the first
    for which a function says yes."""
    buttons = [button for row in rows for button in row]
    if callable(wanted):
        return next((button for button in buttons if wanted(button)), None)
    exact = next((button for button in buttons if button["text"] == wanted), None)
    return exact or next((button for button in buttons if wanted in button["text"]), None)


def look(world: World, message: StoredMessage) -> Screen:
    """A message as a screen."""
    markup = message.markup or {}
    document: Json | None = message.body.get("document")
    photos: list[Json] | None = message.body.get("photo")
    return Screen(
        message_id=message.message_id,
        by_bot=message.by_bot,
        text=message.text,
        entities=message.entities,
        keyboard=markup.get("inline_keyboard") or markup.get("keyboard") or [],
        document=world.file(document["file_id"]) if document else None,
        photo=world.file(photos[-1]["file_id"]) if photos else None,
        edited="edit_date" in message.body,
    )


def picture(world: World, chat_id: int, user_id: int, last: int = 6) -> str:
    """The end of a chat in plain text, and what this person did that the bot has not fetched yet;
    for a failure's message."""
    messages = world.history(chat_id)[-last:]
    shown = "\n".join(str(look(world, message)) for message in messages) or "(no messages)"
    pending = [update.kind for update in world.updates.alive() if update.user_id == user_id]
    waiting = f"\nnot fetched by the bot yet: {', '.join(pending)}" if pending else ""
    chat = world.groups.get(chat_id)
    name = f"«{chat.title}», seen by " if chat is not None else "The chat of "
    return f"{name}{world.users[user_id].full_name}:\n{shown}{waiting}"

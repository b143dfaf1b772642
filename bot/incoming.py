"""What a raw update says about itself before anybody tries to understand it."""

import json
from typing import Any

Json = dict[str, Any]

_SENT_BY_PEOPLE = ("message", "edited_message", "channel_post", "edited_channel_post")
_MIGRATION = ("migrate_to_chat_id", "migrate_from_chat_id")


def as_text(update: Json) -> str:
    """Return the update as JSON text that both databases can keep.

    A lone surrogate, which is no text, becomes U+FFFD: one broken character must not cost a
    person the whole message. NUL stays an escape of JSON.
    """
    text = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def chat_of(update: Json) -> str:
    """Return whose order the update obeys: its chat, or its sender where it has no chat.

    A tap obeys the order of whoever tapped, wherever the button is: in a group many people tap at
    once, and none of them waits for another.
    """
    event = _event(update)
    for holder, field in ((event, "chat"), (event, "from"), (event, "user")):
        if isinstance(holder, dict) and isinstance(holder.get(field), dict):
            return str(holder[field].get("id", ""))[:40]
    return ""


def language_of(update: Json) -> str:
    """Return the language of the sender's messenger, empty where it does not say."""
    sender = _event(update).get("from")
    return str(sender.get("language_code") or "") if isinstance(sender, dict) else ""


def is_fleeting(update: Json) -> bool:
    """Whether the update is worth nothing a moment later, and so is never stored.

    What somebody types after the bot's name changes with every letter, and may come from people
    who agreed to nothing.
    """
    return "inline_query" in update


def is_ordinary_talk(update: Json, bot_id: int) -> bool:
    """Whether this is what people in a group say to each other: the bot neither needs nor keeps it.

    Commands and a group's move to a supergroup are not. A card that somebody sent by typing the
    bot's name is, in any chat: the bot itself wrote it.
    """
    message = next((update[kind] for kind in _SENT_BY_PEOPLE if kind in update), None)
    if not isinstance(message, dict):
        return False
    if (message.get("via_bot") or {}).get("id") == bot_id:
        return True
    if message.get("chat", {}).get("type") == "private":
        return False
    is_command = str(message.get("text", "")).startswith("/")
    return not (is_command or any(field in message for field in _MIGRATION))


def _event(update: Json) -> Json:
    for field, value in update.items():
        if field != "update_id" and isinstance(value, dict):
            return value
    return {}

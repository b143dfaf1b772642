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
    """Return whose order the update obeys: its chat, or its sender where it has no chat."""
    event = _event(update)
    message = event.get("message")
    for holder, field in (
        (event, "chat"),
        (message, "chat"),
        (event, "from"),
        (event, "user"),
    ):
        if isinstance(holder, dict) and isinstance(holder.get(field), dict):
            return str(holder[field].get("id", ""))[:40]
    return ""


def language_of(update: Json) -> str:
    """Return the language of the sender's messenger, empty where it does not say."""
    sender = _event(update).get("from")
    return str(sender.get("language_code") or "") if isinstance(sender, dict) else ""


def is_ordinary_talk(update: Json, bot_id: int) -> bool:
    """Whether this is what people in a group say to each other: the bot neither needs nor keeps it.

    Commands, replies to the bot and a group's move to a supergroup are not.
    """
    message = next((update[kind] for kind in _SENT_BY_PEOPLE if kind in update), None)
    if not isinstance(message, dict) or message.get("chat", {}).get("type") == "private":
        return False
    answered = message.get("reply_to_message") or {}
    is_command = str(message.get("text", "")).startswith("/")
    is_reply = answered.get("from", {}).get("id") == bot_id
    return not (is_command or is_reply or any(field in message for field in _MIGRATION))


def _event(update: Json) -> Json:
    for field, value in update.items():
        if field != "update_id" and isinstance(value, dict):
            return value
    return {}

"""Methods that put something into a chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.access import Chat, check_may_send, readable_chat, writable_chat
from sandbox.content import read_caption, read_file, read_media, read_text
from sandbox.errors import bad_request
from sandbox.markup import read_markup
from sandbox.params import Params
from sandbox.records import Json, StoredMessage
from sandbox.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, params: Params) -> Json:
    """sendMessage."""
    return _send(world, params, read_text(params))


def send_photo(world: World, params: Params) -> Json:
    """sendPhoto."""
    return _send_file(world, params, "photo")


def send_document(world: World, params: Params) -> Json:
    """sendDocument."""
    return _send_file(world, params, "document")


def send_media_group(world: World, params: Params) -> list[Json]:
    """sendMediaGroup: 2–10 photos, or as many documents; each counts for the rate."""
    items = params.json("media", "media")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad_request("the media group must contain 2-10 items")
    if len({item.get("type") for item in items if isinstance(item, dict)}) != 1:
        raise bad_request("can't use the media of the specified type in the album")
    chat = writable_chat(world, params)
    reply = _replied(world, chat, params)
    contents = [read_media(world, params, item) for item in items]
    check_may_send(chat, contents[0])
    world.limits.take(chat.id, len(contents))
    album = {"media_group_id": str(world.chats.next_id), **reply}
    return [_post(world, chat, {**content, **album}, None).as_api() for content in contents]


def copy_message(world: World, params: Params) -> Json:
    """copyMessage: only the new `message_id` is returned."""
    content = _content(_source(world, params, "message to copy not found"))
    if "caption" in params.values:
        content = {
            key: value for key, value in content.items() if not key.startswith("caption")
        } | read_caption(params)
    return {"message_id": _send(world, params, content)["message_id"]}


def forward_message(world: World, params: Params) -> Json:
    """forwardMessage."""
    source = _source(world, params, "message to forward not found")
    origin = {
        "type": "user",
        "sender_user": source.body["from"],
        "date": source.body["date"],
    }
    return _send(world, params, {**_content(source), "forward_origin": origin})


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction."""
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, params)
    world.events.emit("action", chat.id, {"action": action})
    return True


def _send(world: World, params: Params, content: Json) -> Json:
    markup = read_markup(params)
    chat = writable_chat(world, params)
    check_may_send(chat, content)
    content = {**content, **_replied(world, chat, params)}
    world.limits.take(chat.id)
    return _post(world, chat, content, markup).as_api()


def _send_file(world: World, params: Params, kind: str) -> Json:
    writable_chat(world, params)
    return _send(world, params, {**read_file(world, params, kind), **read_caption(params)})


def _post(world: World, chat: Chat, content: Json, markup: Json | None) -> StoredMessage:
    return world.chats.add(chat.as_chat(), world.bot.as_user(), content, markup)


def _replied(world: World, chat: Chat, params: Params) -> Json:
    """The `reply_to_message` field, if the new message answers another."""
    reply = params.json("reply_parameters", "reply parameters")
    if reply is None:
        reply = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    elif not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    try:
        message_id = int(reply.get("message_id") or 0)
    except (TypeError, ValueError):
        raise bad_request("can't parse reply parameters JSON object") from None
    if not message_id:
        return {}
    message = world.message(chat.id, message_id)
    if message is not None:
        shown = message.as_api()
        shown.pop("reply_to_message", None)
        return {"reply_to_message": shown}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _source(world: World, params: Params, complaint: str) -> StoredMessage:
    chat = readable_chat(world, params.text("from_chat_id"))
    message = world.message(chat.id, params.integer("message_id"))
    if message is None:
        raise bad_request(complaint)
    return message


def _content(message: StoredMessage) -> Json:
    fields = ("text", "entities", "caption", "caption_entities", "photo", "document", "contact")
    return {key: message.body[key] for key in fields if key in message.body}


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "copymessage": copy_message,
    "forwardmessage": forward_message,
    "sendchataction": send_chat_action,
}

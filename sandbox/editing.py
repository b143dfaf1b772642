"""Methods that change or remove messages, and the answers to taps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from sandbox.access import check_deletable, editable_chat, editable_message
from sandbox.chats import ENVELOPE
from sandbox.content import read_caption, read_media, read_text
from sandbox.entities import utf16_length
from sandbox.errors import bad_request
from sandbox.markup import inline_only, read_markup
from sandbox.params import Params
from sandbox.records import Answer, Json, StoredMessage
from sandbox.world import World

QUERY_LIFETIME = timedelta(seconds=15)
"""How long a tap may be answered, on the movable clock."""
MAX_ANSWER_TEXT = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, params: Params) -> Json | bool:
    """editMessageText."""
    content = read_text(params)
    markup = inline_only(read_markup(params))
    message = _message(world, params)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, message, content, markup)


def edit_message_caption(world: World, params: Params) -> Json | bool:
    """editMessageCaption."""
    caption = read_caption(params)
    markup = inline_only(read_markup(params))
    message = _message(world, params)
    content = _content(message)
    if not content.keys() & {"photo", "document"}:
        raise bad_request("there is no caption in the message to edit")
    content = {key: value for key, value in content.items() if not key.startswith("caption")}
    return _edit(world, message, {**content, **caption}, markup)


def edit_message_media(world: World, params: Params) -> Json | bool:
    """editMessageMedia: a text message may become a file, too."""
    media = params.json("media", "input media")
    if media is None:
        raise bad_request("input media is not specified")
    markup = inline_only(read_markup(params))
    message = _message(world, params)
    return _edit(world, message, read_media(world, params, media), markup)


def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    """editMessageReplyMarkup."""
    markup = inline_only(read_markup(params))
    message = _message(world, params)
    return _edit(world, message, _content(message), markup)


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage: the bot's own or the person's, within 48 hours."""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = editable_chat(world, params)
    message = world.message(chat.id, params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    check_deletable(world, chat, message)
    world.chats.delete(message)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages: up to 100, those already gone are passed over."""
    ids = params.json("message_ids", "message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(one, int) for one in ids):
        raise bad_request("message identifier must be a Number")
    chat = editable_chat(world, params)
    messages = [found for one in ids if (found := world.message(chat.id, one)) is not None]
    for message in messages:
        check_deletable(world, chat, message)
    for message in messages:
        world.chats.delete(message)
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery (telegram.md 10)."""
    query = world.queries.asked.get(params.text("callback_query_id"))
    if query is None or abs(world.now() - query.asked_at) > QUERY_LIFETIME:
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if utf16_length(text) > MAX_ANSWER_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url") or None
    own = (f"https://t.me/{world.bot.username}?", f"t.me/{world.bot.username}?")
    if url is not None and not url.startswith(own):
        raise bad_request("URL_INVALID")
    world.queries.answer(query, Answer(text, params.flag("show_alert"), url))
    return True


def _message(world: World, params: Params) -> StoredMessage:
    """The message that an edit method means, in a chat or sent «via» the bot."""
    if not (inline_message_id := params.text("inline_message_id")):
        return editable_message(world, params)
    try:
        message = world.inline.message(inline_message_id)
    except ValueError:
        raise bad_request("invalid inline message identifier specified") from None
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _content(message: StoredMessage) -> Json:
    return {
        key: value for key, value in message.body.items() if key not in (*ENVELOPE, "edit_date")
    }


def _edit(world: World, message: StoredMessage, content: Json, markup: Json | None) -> Json | bool:
    if content == _content(message) and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    if message.chat_id < 0:  # a group's twenty a minute are messages and edits together
        world.limits.take(message.chat_id)
    world.chats.edit(message, content, markup)
    return True if "via_bot" in message.body else message.as_api()


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
}

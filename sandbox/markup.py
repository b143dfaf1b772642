"""Reply markups: parsing and refusing (telegram.md 9)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import ApiError, bad_request
from sandbox.params import Params
from sandbox.records import Json

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_CALLBACK_DATA_BYTES = 64
_INLINE_KINDS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "copy_text",
    "login_url",
    "pay",
)
_KEYBOARD_OPTIONS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
)


def read_markup(params: Params) -> Json | None:
    """The `reply_markup` argument, checked; None when absent or empty.

    The kinds come in the server's order: reply keyboard, inline keyboard, removal, force reply.

    Raises:
        ApiError: 400 for what the server would refuse.
    """
    value = params.json("reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    keyboard = _rows(value, "keyboard", 'field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    if keyboard:
        rows = _shown([[_keyboard_button(button) for button in row] for row in keyboard])
        options = {key: value[key] for key in _KEYBOARD_OPTIONS if value.get(key)}
        return {"keyboard": rows, **options}
    if inline:
        rows = _shown([[_inline_button(button) for button in row] for row in inline])
        return {"inline_keyboard": rows} if rows else None
    for kind in ("remove_keyboard", "force_reply"):
        if value.get(kind):
            return {kind: True}
    return None


def inline_only(markup: Json | None) -> Json | None:
    """The markup for an edit.

    Raises:
        ApiError: 400 «inline keyboard expected» for any other kind.
    """
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(value: Json, field: str, complaint: str) -> list[list[Any]]:
    rows = value.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return rows


def _shown(rows: list[list[Json]]) -> list[list[Json]]:
    """Rows as they will be seen: buttons without text are dropped, too many are refused."""
    rows = [[button for button in row if button["text"]] for row in rows]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _keyboard_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise _unreadable("keyboard", "KeyboardButton must be a String or an Object")
    kinds = {
        key: button[key]
        for key in ("request_contact", "request_location", "request_users", "web_app")
        if button.get(key)
    }
    return {"text": _label(button, "keyboard"), **kinds}


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("inline keyboard", "InlineKeyboardButton must be an Object")
    text = _label(button, "inline keyboard")
    for field in ("url", "callback_data"):
        if not isinstance(button.get(field, ""), str):
            raise _unreadable("inline keyboard", f'Field "{field}" must be of type String')
    if url := button.get("url"):
        return {"text": text, "url": _checked_url(url)}
    if data := button.get("callback_data"):
        if len(data.encode()) > MAX_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    for kind in _INLINE_KINDS:
        if button.get(kind) is not None:
            return {"text": text, kind: button[kind]}
    raise _unreadable("inline keyboard", "Text buttons are unallowed in the inline keyboard")


def _label(button: Json, kind: str) -> str:
    text = button.get("text")
    if text is None:
        raise _unreadable(kind, 'Can\'t find field "text"')
    if not isinstance(text, str):
        raise _unreadable(kind, 'Field "text" must be of type String')
    return text


def _checked_url(url: str) -> str:
    def invalid(reason: str) -> ApiError:
        return bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")

    full = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
    except ValueError:
        raise invalid("Wrong HTTP URL") from None
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"}:
        raise invalid("Unsupported URL protocol")
    if parts.scheme in {"http", "https"} and ("." not in host.strip(".") or " " in full):
        raise invalid("Wrong HTTP URL")
    return full


def _unreadable(kind: str, reason: str) -> ApiError:
    return bad_request(f"can't parse {kind} button: {reason}")

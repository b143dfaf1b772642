"""telegram.md 8 and 9: sizes of texts, and keyboards."""

from typing import Any

import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, inline


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_an_empty_text(call: Caller, maria: User, text: str) -> None:
    assert await call.refused("sendMessage", chat_id=maria.id, text=text, parse_mode="HTML") == (
        400,
        "Bad Request: message text is empty",
    )


async def test_4096_after_entities(call: Caller, maria: User) -> None:
    await call.say(maria, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    too_long = (400, "Bad Request: message is too long")
    assert await call.refused("sendMessage", chat_id=maria.id, text="ы" * 4097) == too_long
    sent = await call.say(maria)
    assert too_long == await call.refused(
        "editMessageText", chat_id=maria.id, message_id=sent["message_id"], text="ы" * 4097
    )


async def test_a_caption_of_1024(call: Caller, sandbox: Sandbox, maria: User) -> None:
    file_id = sandbox.world.files.add("отчёт.xlsx", b"xlsx", kind="documents").id
    document = {"chat_id": maria.id, "document": file_id}
    sent = await call.ok("sendDocument", **document, caption="ы" * 1024)
    too_long = (400, "Bad Request: message caption is too long")
    assert await call.refused("sendDocument", **document, caption="ы" * 1025) == too_long
    target = {"chat_id": maria.id, "message_id": sent["message_id"]}
    assert await call.refused("editMessageCaption", **target, caption="ы" * 1025) == too_long
    edited = await call.ok("editMessageCaption", **target, caption="готово")
    assert (edited["caption"], edited["document"]["file_name"]) == ("готово", "отчёт.xlsx")
    assert await call.refused("editMessageText", **target, text="текст") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


async def test_control_characters_and_lone_surrogates(call: Caller, maria: User) -> None:
    assert (await call.say(maria, "а\0б\rв\u2028г"))["text"] == "а бвг"
    assert await call.refused("sendMessage", chat_id=maria.id, text="\ud83c") == (
        400,
        "Bad Request: strings must be encoded in UTF-8",
    )


async def test_callback_data_counts_bytes(call: Caller, maria: User) -> None:
    sent = await call.say(maria, reply_markup=inline([("Да", "я" * 32)]))
    assert sent["reply_markup"] == inline([("Да", "я" * 32)])
    assert await call.refused(
        "sendMessage", chat_id=maria.id, text="а", reply_markup=inline([("Да", "я" * 32 + "x")])
    ) == (400, "Bad Request: BUTTON_DATA_INVALID")


@pytest.mark.parametrize(
    "rows",
    [
        [[("а", "x")] * 9],
        [[("а", "x")] * 8] * 12 + [[("а", "x")] * 5],
    ],
)
async def test_too_many_buttons(
    call: Caller, maria: User, rows: list[list[tuple[str, str]]]
) -> None:
    assert await call.refused(
        "sendMessage", chat_id=maria.id, text="а", reply_markup=inline(*rows)
    ) == (400, "Bad Request: reply markup is too long")


async def test_100_buttons_pass(call: Caller, maria: User) -> None:
    rows = [[("а", "x")] * 8] * 12 + [[("а", "x")] * 4]
    await call.say(maria, reply_markup=inline(*rows))


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
        ({"inline_keyboard": 1}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [{"text": "а"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "а"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline([("а", "")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [["а"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [[{"text": "а", "url": "http://localhost/x"}]]},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "а", "url": "ftp://example.org"}]]},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        (
            {"keyboard": [[5]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
    ],
)
async def test_markup_that_is_refused(
    call: Caller, maria: User, markup: Any, complaint: str
) -> None:
    assert await call.refused("sendMessage", chat_id=maria.id, text="а", reply_markup=markup) == (
        400,
        f"Bad Request: {complaint}",
    )


async def test_the_reply_keyboard_stays_until_removed(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    keyboard = {
        "keyboard": [["Мои встречи", {"text": "Телефон", "request_contact": True}]],
        "resize_keyboard": True,
    }
    sent = await call.say(maria, reply_markup=keyboard)
    assert "reply_markup" not in sent
    await call.say(maria, "ещё", reply_markup=inline([("Да", "x")]))
    assert sandbox.world.reply_keyboard(maria.id) == {
        "keyboard": [[{"text": "Мои встречи"}, {"text": "Телефон", "request_contact": True}]],
        "resize_keyboard": True,
    }
    await call.say(maria, "всё", reply_markup={"remove_keyboard": True})
    assert sandbox.world.reply_keyboard(maria.id) is None

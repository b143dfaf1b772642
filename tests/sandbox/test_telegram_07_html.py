"""telegram.md 7: the HTML of messages."""

import pytest

from sandbox.records import User
from tests.sandbox.conftest import Caller

PREFIX = "Bad Request: can't parse entities: "


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>Встреча", 'Can\'t find end tag corresponding to start tag "b"'),
        ("Да <x>нет</x>", 'Unsupported start tag "x" at byte offset 5'),
        ("5 < 7", 'Unsupported start tag "" at byte offset 2'),
        (
            "<i>Да</em>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</em>"',
        ),
        (
            "<b><i>а</b></i>",
            'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
        ),
        ("а</b>", "Unexpected end tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>а</b", "Unclosed end tag at byte offset 5"),
        ("<!-- -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<a href=x,y>а</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">а</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<span>а</span>",
            'Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
async def test_refused(call: Caller, maria: User, html: str, complaint: str) -> None:
    assert await call.refused("sendMessage", chat_id=maria.id, text=html, parse_mode="HTML") == (
        400,
        PREFIX + complaint,
    )


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<B>да</B >", None, None),
        (
            "🎓 <b>Инженеры <i>будущего</i></b>",
            "🎓 Инженеры будущего",
            [("bold", 3, 17), ("italic", 12, 8)],
        ),
        ("&lt;b&gt; &amp;amp; &quot;&#33;&#x1F393;&nbsp;", '<b> &amp; "!🎓&nbsp;', []),
        ("a &lt b", "a < b", []),
        (
            "<tg-spoiler>а</tg-spoiler><span class='tg-spoiler'>б</span>",
            "аб",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote>а</blockquote>", "а", [("blockquote", 0, 1)]),
        ("<blockquote expandable>а</blockquote>", "а", [("expandable_blockquote", 0, 1)]),
        (
            "<s>а</s><u>б</u><code>в</code><pre>г</pre>",
            "абвг",
            [("strikethrough", 0, 1), ("underline", 1, 1), ("code", 2, 1), ("pre", 3, 1)],
        ),
        ("<b></b>пусто", "пусто", []),
        ("\n  <b> слева</b>  \n", "слева", [("bold", 0, 5)]),
        ("<b>да</>", "да", [("bold", 0, 2)]),
    ],
)
async def test_understood(
    call: Caller,
    maria: User,
    html: str,
    text: str | None,
    entities: list[tuple[str, int, int]] | None,
) -> None:
    if text is None or entities is None:
        code, description = await call.refused(
            "sendMessage", chat_id=maria.id, text=html, parse_mode="HTML"
        )
        assert (code, description) == (
            400,
            PREFIX + 'Unmatched end tag at byte offset 7, expected "</b>", found "</B>"',
        )
        return
    sent = await call.say(maria, html, parse_mode="html")
    assert sent["text"] == text
    found = [(one["type"], one["offset"], one["length"]) for one in sent.get("entities", [])]
    assert found == entities


async def test_links_and_code_keep_what_they_carry(call: Caller, maria: User) -> None:
    sent = await call.say(
        maria,
        '<a href="https://example.org/?a=1&amp;b=2">сюда</a> https://example.com '
        '<pre><code class="language-python">x</code></pre> /start@sandbox_bot',
        parse_mode="HTML",
    )
    link, url, code, command = sent["entities"]
    assert (link["type"], link["url"]) == ("text_link", "https://example.org/?a=1&b=2")
    assert (url["type"], url["offset"], url["length"]) == ("url", 5, 19)
    assert (code["type"], code["language"]) == ("pre", "python")
    assert command["type"] == "bot_command"


async def test_other_parse_modes(call: Caller, maria: User) -> None:
    assert await call.refused("sendMessage", chat_id=maria.id, text="а", parse_mode="BBCode") == (
        400,
        "Bad Request: unsupported parse_mode",
    )
    assert (await call.say(maria, "<b>как есть"))["text"] == "<b>как есть"

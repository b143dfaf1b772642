"""The HTML of the Bot API: text with tags → plain text and entities.

The rules and the words of the refusals follow the parser of the official server (telegram.md 7).
Byte offsets in refusals count UTF-8 bytes of what the bot sent, entity offsets UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.entities import utf16_length
from sandbox.errors import ApiError, bad_request
from sandbox.records import Json

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_CHARACTER = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>\d+)|(?P<name>lt|gt|amp|quot));?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


class _Parser:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[_Open] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.html):
            if self.html[self.at] != "<":
                self.text += self.character()
            elif self.html.startswith("/", self.at + 1):
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return self.text, self.entities

    def character(self) -> str:
        """One character of text or of an attribute, a reference such as `&lt;` decoded."""
        if (match := _CHARACTER.match(self.html, self.at)) is not None:
            if match["name"]:
                self.at = match.end()
                return _NAMED[match["name"]]
            code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
            if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                self.at = match.end()
                return chr(code)
        self.at += 1
        return self.html[self.at - 1]

    def skip(self, *, until: str) -> str:
        """Move to the first of the characters `until`, or to the end; return what was passed."""
        begin = self.at
        while self.at < len(self.html) and self.html[self.at] not in until:
            self.at += 1
        return self.html[begin : self.at]

    def skip_spaces(self) -> None:
        while self.at < len(self.html) and self.html[self.at] in _SPACE:
            self.at += 1

    def here(self) -> str:
        return self.html[self.at : self.at + 1]

    def byte(self, position: int) -> int:
        return len(self.html[:position].encode())

    def start_tag(self) -> None:
        begin = self.at
        unclosed = _refused(f"Unclosed start tag at byte offset {self.byte(begin)}")
        self.at += 1
        tag = self.skip(until=_SPACE + ">").lower()
        if not self.here():
            raise unclosed
        if tag not in _TYPES:
            raise _refused(f'Unsupported start tag "{tag}" at byte offset {self.byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self.skip_spaces()
            if self.here() == ">":
                break
            name, value = self.attribute(tag, begin)
            if not self.here():
                raise unclosed
            attributes[name] = value
        self.at += 1
        argument = _argument(tag, attributes)
        if tag == "span" and argument != "spoiler":
            raise _refused(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}'
            )
        if tag == "tg-emoji" and not argument.isdigit():
            raise _refused(f"Invalid custom emoji identifier at byte offset {self.byte(begin)}")
        self.open.append(_Open(tag, argument, utf16_length(self.text), len(self.text)))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self.skip(until=_SPACE + "=>/\"'").lower()
        if not name and self.here():
            raise _refused(
                f'Empty attribute name in the tag "{tag}" at byte offset {self.byte(begin)}'
            )
        self.skip_spaces()
        if self.here() != "=":
            return name, ""
        self.at += 1
        self.skip_spaces()
        if self.here() not in {"'", '"'}:
            token_begin = self.at
            while self.here().isascii() and (self.here().isalnum() or self.here() in set(".-")):
                self.at += 1
            value = self.html[token_begin : self.at].lower()
            if self.here() and self.here() not in _SPACE + ">":
                raise _refused(
                    f"Unexpected end of name token at byte offset {self.byte(token_begin)}"
                )
            return name, value
        quote = self.here()
        self.at += 1
        value = ""
        while self.here() and self.here() != quote:
            value += self.character()
        self.at += 1
        return name, value

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {self.byte(begin)}")
        self.at += 2
        found = self.skip(until=_SPACE + ">")
        self.skip_spaces()
        if self.here() != ">":
            raise _refused(f"Unclosed end tag at byte offset {self.byte(begin)}")
        self.at += 1
        opened = self.open.pop()
        if found and found != opened.tag:
            raise _refused(
                f"Unmatched end tag at byte offset {self.byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        length = utf16_length(self.text[opened.position :])
        if length:
            self.close(opened, length)

    def close(self, opened: _Open, length: int) -> None:
        entity: Json = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            url = opened.argument or self.text[opened.position :]
            if "." not in url and not url.startswith("tg://"):
                return  # the server silently drops links that lead nowhere
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in {"pre", "code"} and self.entities:
            inner = self.entities[-1]
            same = (inner["offset"], inner["length"]) == (opened.offset, length)
            if opened.tag == "pre" and inner["type"] == "code" and same:
                self.entities.pop()
                if "language" in inner:
                    entity["language"] = inner["language"]
        if opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)


def _argument(tag: str, attributes: dict[str, str]) -> str:
    """The one attribute of a tag that means something."""
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code" if attributes.get("class", "").startswith("language-"):
            return attributes["class"].removeprefix("language-")
        case "span" if attributes.get("class", "").startswith("tg-"):
            return attributes["class"].removeprefix("tg-")
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case "blockquote" if "expandable" in attributes:
            return "expandable"
        case _:
            return ""


def _refused(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def parse_html(html: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, in order of their offsets, the outer of two first.

    Raises:
        ApiError: 400 «can't parse entities: …» where the official server refuses.
    """
    text, entities = _Parser(html).run()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only code inside pre has a language
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities

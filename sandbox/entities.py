"""Text as Telegram measures it, and the entities it finds by itself."""

from __future__ import annotations

import re

from sandbox.records import Json

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?)])"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def find_entities(text: str, taken: list[Json] | None = None) -> list[Json]:
    """Links, commands, addresses, mentions and hashtags in a text.

    What lies in `taken` entities that forbid it (links, code) is left alone. The result does not
    repeat `taken`.
    """
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken or []
        if entity["type"] in {"text_link", "code", "pre"}
    ]
    found: list[Json] = []
    for match in _FOUND.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if all(offset + length <= start or offset >= end for start, end in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return found

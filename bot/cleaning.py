"""Text that a person typed is cleaned once, at the entrance of the services."""

import re
import unicodedata

from bot.errors import InvalidInput

# Control characters, lone surrogates (and U+FFFD, which the inbox puts for them) and
# non-characters: PostgreSQL and xlsx refuse some of them.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Marks that turn the direction of what stands around them, or show nothing at all.
_INVISIBLE = re.compile(r"[\u200b\u2028-\u202e\u2060-\u2069\ufeff]")


def clean_text(value: str, limit: int) -> str:
    """Return `value` in NFC, without characters that nobody sees; line breaks stay.

    Args:
        value: what was typed.
        limit: how many characters it may have, counted as Telegram counts what fits in a message:
            in UTF-16, where most emoji are two.

    Raises:
        InvalidInput: it is longer than `limit`; nothing is cut silently.
    """
    return _checked(_cleaned(value), limit)


def clean_words(value: str, limit: int) -> str:
    """Return `value` cleaned, line breaks and all; it must have at least one letter or digit.

    Raises:
        InvalidInput: nothing readable is in it, or it is longer than `limit`.
    """
    text = clean_text(value, limit)
    if not any(character.isalnum() for character in text):
        raise InvalidInput("input-empty")
    return text


def cut(text: str, limit: int) -> str:
    """Return text that is no longer than `limit`, counted as above, with «…» where it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= limit * 2:
        return text
    return units[: (limit - 1) * 2].decode("utf-16-le", errors="ignore").rstrip() + "…"


def fold(text: str) -> str:
    """Return text as it is compared: case, ё and the number of spaces make no difference."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _cleaned(value: str) -> str:
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = _INVISIBLE.sub("", _UNWANTED.sub("", value))
    value = _SPACES.sub(" ", value)
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in value.split("\n"))).strip()


def _checked(value: str, limit: int) -> str:
    length = len(value.encode("utf-16-le")) // 2
    if length > limit:
        raise InvalidInput("input-too-long", limit=limit, length=length)
    return value


def clean_line(value: str, limit: int) -> str:
    """Return `value` cleaned as one line; it must have at least one letter or digit.

    Raises:
        InvalidInput: nothing readable is in it, or it is longer than `limit`.
    """
    value = _checked(" ".join(_cleaned(value.replace("\n", " ")).split()), limit)
    if not any(character.isalnum() for character in value):
        raise InvalidInput("input-empty")
    return value

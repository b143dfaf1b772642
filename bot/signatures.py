"""Reading what goes into the signature lines of Appendix 2: a full name and a phone."""

import re

from bot.cleaning import clean_line
from bot.errors import InvalidInput
from bot.models import NAME_LENGTH

_PHONE_TYPED = 60
_EXTENSION = re.compile(r"[\s,;]*\(?\b(?:доб|вн|ext)[.\s:]*(\d{1,6})\)?$", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-–/]+")
_PREFIX_APART = re.compile(r"[78]\D")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")


def read_full_name(typed: str) -> str:
    """Return a full name as it is printed: «Иванова Мария Петровна».

    Raises:
        InvalidInput: there are not two words of letters at least, or something else than letters.
    """
    name = clean_line(typed, NAME_LENGTH)
    words = name.split()
    if len(words) < 2 or not all(_WORD.fullmatch(word) for word in words):
        raise InvalidInput("signature-name-invalid")
    return name


def read_phone(typed: str) -> str:
    """Return a phone in one spelling, «+7 391 123-45-67», with «доб. 12» where it was typed.

    A number of ten digits, or of eleven after 8 or 7, is a Russian one; any other must begin with
    a plus and have 8 to 15 digits (ITU-T E.164).

    Raises:
        InvalidInput: this is no full phone number.
    """
    line = clean_line(typed, _PHONE_TYPED)
    extension = ""
    if match := _EXTENSION.search(line):
        line, extension = line[: match.start()], f", доб. {match[1]}"
    if not _PHONE.fullmatch(line):
        raise InvalidInput("signature-phone-invalid")
    digits = re.sub(r"\D", "", line)
    if line.startswith("+") and not digits.startswith("7"):
        if 8 <= len(digits) <= 15:
            return f"+{digits}{extension}"
        raise InvalidInput("signature-phone-invalid")
    # «8 391 …», where 8 is no part of the number, as against «812 …», where it is.
    has_prefix = line.startswith("+") or _PREFIX_APART.match(line) or len(digits) == 11
    number = digits[1:] if has_prefix and digits[0] in "78" else digits
    if len(number) != 10:
        raise InvalidInput("signature-phone-invalid")
    return f"+7 {number[:3]} {number[3:6]}-{number[6:8]}-{number[8:]}{extension}"

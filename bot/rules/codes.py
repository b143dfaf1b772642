"""The short codes of tickets and of paper lists, as they are made and as they are typed."""

from bot.vocabulary import Category

# Letters that look the same in Cyrillic and Latin and like no digit: typed either way.
_CODE_LETTERS = "ACEHKMPTX"

_CODE_NUMBERS = 99

# Begins the codes of those who came without a ticket: no ticket has it.
_WITHOUT_TICKET = "Y"

_TO_LATIN = str.maketrans("АСЕНКМРТХУ", _CODE_LETTERS + _WITHOUT_TICKET)

_CATEGORIES = tuple(Category)


def ticket_code(number: int) -> str:
    """Return the short code of a meeting's `number`-th registration (from 1): A1 … A99, C1 …"""
    index, rest = divmod(number - 1, _CODE_NUMBERS)
    letters = ""
    while True:
        index, letter = divmod(index, len(_CODE_LETTERS))
        letters = _CODE_LETTERS[letter] + letters
        if index == 0:
            return f"{letters}{rest + 1}"
        index -= 1


def read_ticket_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed («а 7» → «A7»)."""
    return "".join(typed.split()).upper().translate(_TO_LATIN)


def ticket_number(code: str) -> int | None:
    """Return which registration of a meeting (from 1) has this code, None when none ever has it."""
    letters = code.rstrip("0123456789")
    number = code[len(letters) :]
    if not letters or set(letters) - set(_CODE_LETTERS) or not number.isascii():
        return None
    if not number or number.startswith("0") or int(number) > _CODE_NUMBERS:
        return None
    index = 0
    for letter in letters:
        index = index * len(_CODE_LETTERS) + _CODE_LETTERS.index(letter) + 1
    return (index - 1) * _CODE_NUMBERS + int(number)


def walk_in_code(category: Category) -> str:
    """Return the code that stands for a category's people without a registration: Y1 … Y18."""
    return f"{_WITHOUT_TICKET}{_CATEGORIES.index(category) + 1}"


def read_walk_in_code(code: str) -> Category | None:
    """Return the category of such a code, None when it is none."""
    return _BY_CODE.get(code)


_BY_CODE = {walk_in_code(category): category for category in _CATEGORIES}

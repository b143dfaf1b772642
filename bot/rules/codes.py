"""The short codes of tickets, as they are made and as they are typed."""

# Letters that look the same in Cyrillic and Latin and like no digit: typed either way.
_CODE_LETTERS = "ACEHKMPTX"

_CODE_NUMBERS = 99

_TO_LATIN = str.maketrans("АСЕНКМРТХ", _CODE_LETTERS)


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

"""Which names may be of one organisation: a suggestion, never a decision."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from bot.cleaning import fold

LIKE = 0.82
"""From this likeness on, of 1, two names are worth a question."""

_LEAST_WORD = 4
_PARTS = re.compile(r"[a-zа-я]+|\d+")
_LEGAL_FORMS = frozenset(
    """
    ао зао нао оао ооо пао ип нко ано гку кгку мку гау кгау мау гбу кгбу мбу фгбу фгку гуп муп фгуп
    гбук мбук мбудо мбоу маоу мкоу моу гбоу кгбоу кгаоу кгбпоу кгапоу гбпоу гапоу фгбоу фгаоу сош
    оош школа во дод доу мбдоу мадоу
    имени им города г городской муниципальное бюджетное автономное казенное государственное краевое
    общеобразовательное образовательное учреждение средняя основная общеобразовательная
    общество с ограниченной ответственностью
    """.split()  # noqa: SIM905 (sixty quotation marks say nothing)
)
_SCHOOLS = frozenset({"сош", "оош", "школа"})


def find_alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of names that may be of one organisation, the likeliest first, else in order.

    Quotation marks, the number sign and legal forms («МБОУ», «ООО») make no difference. Names with
    different numbers are never alike: «Школа № 5» is not «Школа № 15». Slow for hundreds of names.
    """
    cores = [(name, _core(name)) for name in names if name]
    found = []
    for (one, core), (other, another) in combinations(cores, 2):
        likeness = _likeness(core, another)
        if likeness >= LIKE:
            found.append((likeness, one, other))
    found.sort(key=lambda pair: -pair[0])
    return [(one, other) for _, one, other in found]


def _core(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what tells a name from others: its words in order of the alphabet, its numbers."""
    parts = _PARTS.findall(fold(name))
    numbers = frozenset(part.lstrip("0") for part in parts if part.isdigit())
    words = {part for part in parts if part.isalpha()}
    telling = words - _LEGAL_FORMS
    if words & _SCHOOLS:
        telling.add("школа")
    return tuple(sorted(telling or words)), numbers


def _likeness(
    one: tuple[tuple[str, ...], frozenset[str]], other: tuple[tuple[str, ...], frozenset[str]]
) -> float:
    (words, numbers), (other_words, other_numbers) = one, other
    if numbers != other_numbers or not words or not other_words:
        return 0.0
    fewer, more = sorted((set(words), set(other_words)), key=len)
    if fewer <= more:
        # «Газета» and «Газета «Причулымье»»: the shorter one may be how people say it.
        telling = any(len(word) >= _LEAST_WORD for word in fewer)
        return 1.0 if fewer == more else LIKE if telling else 0.0
    matcher = SequenceMatcher(None, " ".join(words), " ".join(other_words), autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()

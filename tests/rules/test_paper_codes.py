"""Codes of a paper list, typed as people type them."""

import pytest

from bot.errors import InvalidInput
from bot.paper_codes import MOST_IN_RANGE, parse_codes
from bot.rules import (
    SaidRow,
    SaidWalkIns,
    Verdict,
    judge,
    read_walk_in_code,
    ticket_code,
    ticket_number,
    walk_in_code,
)
from bot.vocabulary import Category

CYRILLIC_A, CYRILLIC_U = "\u0430", "\u0443"


def rows(typed: str) -> list[tuple[str, int | None, bool]]:
    return [(row.code, row.people, row.whole) for row in parse_codes(typed).rows]


@pytest.mark.parametrize(
    "typed",
    [
        "A7 C9",
        "a7,c9",
        "A7;C9.",
        "A7\nC9\n",
        "\u04107 \u04219",
        f"{CYRILLIC_A}7,\u04419",
        "A 7, C 9",
        "A7.1 C9 A7",
    ],
)
def test_codes_are_typed_in_any_alphabet_with_any_separator(typed: str) -> None:
    assert rows(typed) == [("A7", None, False), ("C9", None, False)]
    assert parse_codes(typed).strange == ()


@pytest.mark.parametrize("dash", list("-‐‑‒–—―−"))
@pytest.mark.parametrize("space", ["", " "])
def test_a_range_is_all_rows_of_its_tickets(dash: str, space: str) -> None:
    wanted = [(f"A{number}", None, True) for number in range(9, 13)]
    assert rows(f"A9{space}{dash}{space}A12") == wanted
    assert rows(f"{CYRILLIC_A}9{space}{dash}{space}\u041012") == wanted


def test_a_range_goes_on_with_the_next_letter() -> None:
    assert [code for code, *_ in rows("A98–C2")] == ["A98", "A99", "C1", "C2"]


@pytest.mark.parametrize("typed", ["A7=24", "a7:24", "A7 = 24", f"{CYRILLIC_A}7: 24"])
def test_a_group_has_its_number(typed: str) -> None:
    assert rows(typed) == [("A7", 24, False)]


def test_the_second_row_of_a_ticket_has_a_code_of_its_own() -> None:
    assert rows("A7.2 A7.3=5") == [("A7.2", None, False), ("A7.3", 5, False)]


def test_the_last_word_about_a_row_counts() -> None:
    assert rows("A7=24 A7=25") == [("A7", 25, False)]


def test_people_without_a_registration_have_codes_by_category() -> None:
    said = parse_codes(f"Y5=12 {CYRILLIC_U}8:3 A1")
    assert said.walk_ins == (
        SaidWalkIns(Category.GRADE_9, 12),
        SaidWalkIns(Category.PARENT, 3),
    )
    assert [read_walk_in_code(walk_in_code(each)) for each in Category] == list(Category)
    assert not any(ticket_number(walk_in_code(each)) for each in Category)


@pytest.mark.parametrize(
    ("typed", "strange"),
    [
        ("A1 привет A2", ("привет",)),
        ("A1 A2 7", ("7",)),
        ("A1 A2 A7-24", ("A7-24",)),
        ("A1 A2 B1–B12", ("B1–B12",)),
        ("A1 A2 A9–A3", ("A9–A3",)),
        ("A1 A2 A3–A5=7", ("A3–A5=7",)),
        ("A1 A2 Y5", ("Y5",)),
        ("A1 A2 Y5=1000", ("Y5=1000",)),
        ("A1 A2 Y5–Y8", ("Y5–Y8",)),
        ("A1 A2 A7=24чел", ("A7=24чел",)),
        ("A1 A2 A1–XXX99", ("A1–XXX99",)),
        ("A1 A2 " + "ы" * 100, ("ы" * 30,)),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_kept(
    typed: str, strange: tuple[str, ...]
) -> None:
    said = parse_codes(typed)
    assert [row.code for row in said.rows] == ["A1", "A2"]
    assert said.strange == strange


@pytest.mark.parametrize("typed", ["", "привет", "7 9", "A7-24", "=1+1", "A" * 4000, "-" * 4000])
def test_nothing_understood_asks_again(typed: str) -> None:
    with pytest.raises(InvalidInput, match="input-codes"):
        parse_codes(typed)


def test_codes_and_numbers_of_tickets_are_the_same_thing() -> None:
    for number in [*range(1, 2000), 99 * 9 + 1, 99 * 90, 99 * 90 + 1, 50_000]:
        assert ticket_number(ticket_code(number)) == number
    for other in ("", "A", "7", "A0", "A07", "A100", "B7", "A7.2", "А7", "A٧"):
        assert ticket_number(other) is None
    assert len(rows(f"A1–{ticket_code(MOST_IN_RANGE)}")) == MOST_IN_RANGE


ONE = {"seats": 1, "is_group": False, "signed_up": True}
CLASS = {"seats": 25, "is_group": True, "signed_up": True}


@pytest.mark.parametrize(
    ("said", "row", "came", "verdict", "after"),
    [
        (SaidRow("A1"), ONE, None, Verdict.CHANGES, 1),
        (SaidRow("A1", people=1), ONE, None, Verdict.CHANGES, 1),
        (SaidRow("A1"), ONE, 1, Verdict.SAME, 1),
        (SaidRow("A1", people=0), ONE, 1, Verdict.CHANGES, None),
        (SaidRow("A1", cleared=True), ONE, 1, Verdict.CHANGES, None),
        (SaidRow("A1", cleared=True), ONE, None, Verdict.SAME, None),
        (SaidRow("A1", people=2), ONE, None, Verdict.IMPOSSIBLE, None),
        (SaidRow("A1", people=24), CLASS, None, Verdict.CHANGES, 24),
        (SaidRow("A1", people=24), CLASS, 20, Verdict.CHANGES, 24),
        (SaidRow("A1", people=24), CLASS, 24, Verdict.SAME, 24),
        (SaidRow("A1", people=0), CLASS, 24, Verdict.CHANGES, 0),
        (SaidRow("A1", people=0), CLASS, None, Verdict.CHANGES, 0),
        (SaidRow("A1", cleared=True), CLASS, 24, Verdict.CHANGES, None),
        (SaidRow("A1"), CLASS, None, Verdict.UNNUMBERED, None),
        (SaidRow("A1"), CLASS, 24, Verdict.SAME, 24),
        (SaidRow("A1", people=51), CLASS, None, Verdict.IMPOSSIBLE, None),
        (SaidRow("A1"), ONE | {"signed_up": False}, None, Verdict.OFF_LIST, None),
        (SaidRow("A1", people=0), ONE | {"signed_up": False}, 1, Verdict.CHANGES, None),
        (SaidRow("A1", people=9), CLASS | {"signed_up": False}, 5, Verdict.OFF_LIST, 5),
        (SaidRow("A1"), CLASS | {"signed_up": False}, None, Verdict.OFF_LIST, None),
    ],
)
def test_what_is_said_about_a_row_is_judged(
    said: SaidRow, row: dict[str, object], came: int | None, verdict: Verdict, after: int | None
) -> None:
    assert judge(said, came=came, **row) == (verdict, after)  # type: ignore[arg-type]

"""Periods of statistics, and which ratings may stand for themselves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import FEWEST_ANSWERS, Period, half_year, quarter, shown_apart, whole_year


def test_halves_and_quarters_make_a_year() -> None:
    year = whole_year(2028)
    assert (year.first, year.last) == (date(2028, 1, 1), date(2028, 12, 31))
    for parts in (
        [half_year(2028, number) for number in (1, 2)],
        [quarter(2028, number) for number in (1, 2, 3, 4)],
    ):
        assert [month for part in parts for month in part.months] == [*year.months]
        assert (parts[0].first, parts[-1].last) == (year.first, year.last)
    assert quarter(2028, 1).last == date(2028, 3, 31)


def test_the_year_before_a_leap_day() -> None:
    before = Period(date(2028, 2, 29), date(2028, 2, 29)).year_before
    assert before == Period(date(2027, 2, 28), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("groups", "apart", "together"),
    [
        ({}, set(), 0),
        ({"a": 5, "b": 9}, {"b", "a"}, 0),
        ({"a": 9, "b": 2, "c": 3}, {"a"}, 5),
        # Two answers could be read off the whole: the smallest of the shown ones hides them.
        ({"a": 9, "b": 6, "c": 2}, {"a"}, 8),
        ({"a": 9, "c": 2}, set(), 11),
        ({"a": 1, "b": 1}, set(), 2),
    ],
)
def test_few_answers_are_shown_only_among_others(
    groups: dict[str, int], apart: set[str], together: int
) -> None:
    found, rest = shown_apart({name: [0, 0, 0, 0, number] for name, number in groups.items()})
    assert set(found) == apart
    assert sum(rest) == together


@given(st.dictionaries(st.text(max_size=3), st.lists(st.integers(0, 9), min_size=5, max_size=5)))
def test_no_answer_is_lost_and_none_stands_out(groups: dict[str, list[int]]) -> None:
    found, rest = shown_apart(groups)
    everything = [sum(numbers) for numbers in zip(*groups.values(), strict=True)]
    shown = [
        sum(numbers) for numbers in zip(*found.values(), *([rest] if rest else []), strict=True)
    ]
    assert shown == everything
    assert all(sum(ratings) >= FEWEST_ANSWERS for ratings in found.values())
    assert not found or not 0 < sum(rest) < FEWEST_ANSWERS

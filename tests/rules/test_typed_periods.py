"""What people type for a stretch of time."""

from datetime import date

import pytest

from bot.errors import InvalidInput
from bot.periods import parse_period

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("за 2025 год", "2025-01-01", "2025-12-31"),
        ("Март 2026", "2026-03-01", "2026-03-31"),
        ("за февраль 2024 года", "2024-02-01", "2024-02-29"),
        ("июнь", "2026-06-01", "2026-06-30"),
        ("03.2025", "2025-03-01", "2025-03-31"),
        ("march 2026", "2026-03-01", "2026-03-31"),
        ("01.09.2025–31.05.2026", "2025-09-01", "2026-05-31"),
        ("01.03-31.05", "2026-03-01", "2026-05-31"),
        ("01.03-31.05.2025", "2025-03-01", "2025-05-31"),
        ("с 1 марта по 31 мая", "2026-03-01", "2026-05-31"),
        ("с 1 сентября по 31 мая 2026", "2025-09-01", "2026-05-31"),
        ("сентябрь 2025 - май 2026", "2025-09-01", "2026-05-31"),
        ("2026-03-01 – 2026-05-31", "2026-03-01", "2026-05-31"),
        ("5 марта", "2026-03-05", "2026-03-05"),
    ],
)
def test_a_period_as_people_write_it(typed: str, first: str, last: str) -> None:
    expected = date.fromisoformat(first), date.fromisoformat(last)
    assert parse_period(typed, TODAY) == expected


@pytest.mark.parametrize(
    "typed", ["", "абв", "завтра", "5.13", "31.05.2026–01.03.2026", "5 марта в 15", "2-3-4", "1999"]
)
def test_what_is_no_period_is_asked_again(typed: str) -> None:
    with pytest.raises(InvalidInput, match="input-period"):
        parse_period(typed, TODAY)

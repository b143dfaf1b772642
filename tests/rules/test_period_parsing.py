"""What people type for a period."""

from datetime import date

import pytest

from bot.errors import InvalidInput
from bot.period_parsing import parse_period
from bot.rules import Period, half_year, quarter, whole_year

TODAY = date(2026, 11, 20)
AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("01.09.2026–31.12.2026", AUTUMN),
        ("01.09.2026-31.12.2026", AUTUMN),
        ("1.9.26-31.12.26", AUTUMN),
        (" 01.09.2026 — 31.12.2026 ", AUTUMN),
        ("2026-09-01 - 2026-12-31", AUTUMN),
        ("с 1 сентября по 31 декабря", AUTUMN),
        ("1 сентября 2026 до 31 декабря 2026 г.", AUTUMN),
        ("from September 1 to December 31, 2026", AUTUMN),
        ("1.09–31.12", AUTUMN),
        ("1 сентября – 31 декабря 2025", Period(date(2025, 9, 1), date(2025, 12, 31))),
        ("с 1 ноября по 1 марта", Period(date(2025, 11, 1), date(2026, 3, 1))),
        ("29 февраля 2024 – 29 февраля 2024", Period(date(2024, 2, 29), date(2024, 2, 29))),
        ("2025", whole_year(2025)),
        ("2025 год", whole_year(2025)),
        ("3 квартал", quarter(2026, 3)),
        ("III кв. 2025", quarter(2025, 3)),
        ("1-й квартал 2025 года", quarter(2025, 1)),
        ("Q4 2025", quarter(2025, 4)),
        ("третий квартал", quarter(2026, 3)),
        ("2 полугодие 2025 г.", half_year(2025, 2)),
        ("I полугодие", half_year(2026, 1)),
        ("за II полугодие 2025", half_year(2025, 2)),
        ("1-е полугодие", half_year(2026, 1)),
        ("Первое полугодие 2025 года", half_year(2025, 1)),
        ("во втором полугодии", half_year(2026, 2)),
        ("H1", half_year(2026, 1)),
        ("H2 2025", half_year(2025, 2)),
        ("first half of 2025", half_year(2025, 1)),
        ("2nd half", half_year(2026, 2)),
    ],
)
def test_a_year_a_part_of_it_and_two_ends(typed: str, period: Period) -> None:
    assert parse_period(typed, TODAY) == period


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
def test_a_month_a_day_and_two_ends(typed: str, first: str, last: str) -> None:
    expected = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert parse_period(typed, TODAY) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("", "абв", "завтра", "5.13", "5 марта в 15", "2-3-4", "1999", "99999"),
        *("31.05.2026–01.03.2026", "31.02.2026–31.12.2026", "01.09.2026 15:00 – 31.12.2026"),
        *("третье полугодие", "3 полугодие", "H3", "5 квартал", "вчера – сегодня – завтра"),
    ],
)
def test_what_is_no_period_is_asked_again(typed: str) -> None:
    with pytest.raises(InvalidInput, match="input-period"):
        parse_period(typed, TODAY)

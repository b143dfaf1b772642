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
        ("второе полугодие", None),
        ("2 полугодие 2025 г.", half_year(2025, 2)),
        ("3 полугодие", None),
        ("5 квартал", None),
        ("1 сентября", None),
        ("01.09.2026 15:00 – 31.12.2026", None),
        ("31.02.2026–31.12.2026", None),
        ("вчера – сегодня – завтра", None),
        ("", None),
        ("99999", None),
    ],
)
def test_a_period(typed: str, period: Period | None) -> None:
    if period is None:
        with pytest.raises(InvalidInput, match="input-period"):
            parse_period(typed, TODAY)
    else:
        assert parse_period(typed, TODAY) == period

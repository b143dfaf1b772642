"""What people really type, and what is understood."""

from datetime import date, time, timedelta

import pytest

from bot.errors import InvalidInput
from bot.parsing import (
    parse_before,
    parse_grade,
    parse_length,
    parse_link,
    parse_seats,
    parse_time,
    parse_when,
)

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("14.03 в 15", date(2026, 3, 14), time(15)),
        ("14.03 15:00", date(2026, 3, 14), time(15)),
        ("14.3", date(2026, 3, 14), None),
        ("14.03.2027", date(2027, 3, 14), None),
        ("14/03/27 в 9:30", date(2027, 3, 14), time(9, 30)),
        ("2026-04-01 10:00", date(2026, 4, 1), time(10)),
        ("14 марта", date(2026, 3, 14), None),
        ("14 марта 2027 г. в 15.30", date(2027, 3, 14), time(15, 30)),
        ("сб, 14 марта, 15:00", date(2026, 3, 14), time(15)),
        ("14-го мая в 10 утра", date(2026, 5, 14), time(10)),
        ("1 мар", date(2027, 3, 1), None),
        ("завтра 15:00", date(2026, 3, 3), time(15)),
        ("Завтра в 15", date(2026, 3, 3), time(15)),
        ("сегодня, в 18:30", date(2026, 3, 2), time(18, 30)),
        ("послезавтра", date(2026, 3, 4), None),
        ("в субботу в 12", date(2026, 3, 7), time(12)),
        ("во вторник", date(2026, 3, 3), None),
        ("пн", date(2026, 3, 9), None),
        ("15:00 14.03", date(2026, 3, 14), time(15)),
        ("15.00 25.11", date(2026, 11, 25), time(15)),
        ("15.10 25.11", date(2026, 11, 25), time(15, 10)),
        ("25.11.", date(2026, 11, 25), None),
        ("25.11. в 15", date(2026, 11, 25), time(15)),
        ("25.11.2026.", date(2026, 11, 25), None),
        ("14.03.1530", date(2026, 3, 14), time(15, 30)),
        ("14 марта 1530", date(2026, 3, 14), time(15, 30)),
        ("14 марта 2027 1530", date(2027, 3, 14), time(15, 30)),
        ("March 14 1530", date(2026, 3, 14), time(15, 30)),
        ("в 15", None, time(15)),
        ("15.30", None, time(15, 30)),
        ("tomorrow at 15:00", date(2026, 3, 3), time(15)),
        ("March 14, 3 pm", date(2026, 3, 14), time(15)),
        ("on Saturday", date(2026, 3, 7), None),
    ],
)
def test_when(typed: str, day: date | None, at: time | None) -> None:
    assert parse_when(typed, MONDAY) == (day, at)


def test_the_29_february_may_be_in_the_year_to_come() -> None:
    assert parse_when("29.02", date(2027, 12, 1))[0] == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "скоро",
        "31.02",
        "32.01",
        "14.03 в 25",
        "14.03 весь день",
        "14.03 в 12 вечера",
    ],
)
def test_when_is_not_guessed(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_when(typed, MONDAY)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("15:00", time(15)),
        ("в 15", time(15)),
        ("15", time(15)),
        ("15.30", time(15, 30)),
        ("15-30", time(15, 30)),
        ("15 30", time(15, 30)),
        ("9 часов", time(9)),
        ("3 часа дня", time(15)),
        ("7 вечера", time(19)),
        ("10 утра", time(10)),
        ("12 am", time(0)),
        ("12 дня", time(12)),
        ("12 ночи", time(0)),
        ("2 ночи", time(2)),
        ("11 ночи", time(23)),
        ("1530", time(15, 30)),
        ("at 3 pm", time(15)),
    ],
)
def test_time(typed: str, at: time) -> None:
    assert parse_time(typed) == at


@pytest.mark.parametrize("typed", ["", "24:00", "15:60", "после обеда", "153", "2460", "12 вечера"])
def test_no_time(typed: str) -> None:
    assert parse_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1 ч 30", 90),
        ("1 ч 30 мин", 90),
        ("1 час 30 минут", 90),
        ("1ч30м", 90),
        ("90 мин", 90),
        ("90", 90),
        ("2", 120),
        ("2 часа", 120),
        ("1,5 часа", 90),
        ("1.5 ч", 90),
        ("1:30", 90),
        ("полтора часа", 90),
        ("Полтора", 90),
        ("1,5 ч.", 90),
        ("полчаса", 30),
        ("час", 60),
        ("45 минут", 45),
        ("2 hours", 120),
        ("1 h 15 min", 75),
    ],
)
def test_length(typed: str, minutes: int) -> None:
    assert parse_length(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "долго", "ч", "1 день"])
def test_no_length(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_length(typed)


@pytest.mark.parametrize(
    ("typed", "seats"),
    [("27", 27), ("27 чел", 27), ("27 чел.", 27), ("до 30 человек", 30), ("1 000 мест", 1000)],
)
def test_seats(typed: str, seats: int) -> None:
    assert parse_seats(typed) == seats


@pytest.mark.parametrize("typed", ["", "много", "-5", "27,5", "9" * 30])
def test_no_seats(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_seats(typed)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://telemost.yandex.ru/j/1", "https://telemost.yandex.ru/j/1"),
        (" telemost.yandex.ru/j/1 ", "https://telemost.yandex.ru/j/1"),
        ("http://vk.com", "http://vk.com"),
        ("дк-ачинск.рф", "https://дк-ачинск.рф"),
        ("example.ru:8443/x?a=1", "https://example.ru:8443/x?a=1"),
    ],
)
def test_link(typed: str, link: str) -> None:
    assert parse_link(typed) == link


@pytest.mark.parametrize(
    "typed", ["", "ссылка", "javascript:alert(1)", "ftp://a.ru", "http://", "a b.ru", "me@mail.ru"]
)
def test_no_link(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_link(typed)


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("9", 9),
        ("9б", 9),
        ("9 Б", 9),
        ("9-а", 9),
        ("9-б класс", 9),
        ("11 А класс", 11),
        ("11 «А» класс", 11),
        ("в 9-а классе", 9),
        ("9 класс", 9),
        ("11-й «А»", 11),
        ("10 кл.", 10),
        ("9 класс б", 9),
        ("девятый", 9),
        ("Девятый класс", 9),
        ("в девятом", 9),
        ("11-й", 11),
        ("одиннадцатый", 11),
        ("третий «А»", 3),
        ("пять", 5),
        ("в 9-м классе", 9),
        ("grade 9", 9),
    ],
)
def test_grade(typed: str, grade: int) -> None:
    assert parse_grade(typed) == grade


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("grade", "input-grade"),
        ("9.5", "input-grade"),
        ("вторник", "input-grade"),
        ("пятница", "input-grade"),
        ("", "input-grade"),
        ("12", "input-no-such-grade"),
        ("0", "input-no-such-grade"),
        ("100", "input-no-such-grade"),
    ],
)
def test_no_grade(typed: str, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_grade(typed)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("за 2 часа", timedelta(hours=2)),
        ("За 30 мин до начала", timedelta(minutes=30)),
        ("за полтора часа", timedelta(minutes=90)),
        ("за час", timedelta(hours=1)),
        ("за день", timedelta(days=1)),
        ("за 3 дня", timedelta(days=3)),
        ("за сутки до начала", timedelta(days=1)),
        ("за неделю", timedelta(days=7)),
        ("за 2 недели", timedelta(days=14)),
        ("2 hours before", timedelta(hours=2)),
        ("1 week before", timedelta(days=7)),
        ("14.03 в 15", None),
        ("завтра", None),
    ],
)
def test_how_long_before_the_start(typed: str, length: timedelta | None) -> None:
    assert parse_before(typed) == length


@pytest.mark.parametrize("typed", ["за два пирожка", "за стол до начала"])
def test_what_is_no_time_before_the_start(typed: str) -> None:
    with pytest.raises(InvalidInput, match="input-sign-up-when"):
        parse_before(typed)

"""What people type about a meeting that is over: its day, and how many of whom came."""

from datetime import date

import pytest

from bot.errors import InvalidInput
from bot.past_parsing import parse_headcounts, parse_past_day
from bot.vocabulary import Category

TODAY = date(2026, 11, 21)  # a Saturday
C = Category


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14.03", date(2026, 3, 14)),
        ("21.11", TODAY),
        ("22.11", date(2025, 11, 22)),
        ("14 марта 2025", date(2025, 3, 14)),
        ("вчера", date(2026, 11, 20)),
        ("вчера в 15:00", date(2026, 11, 20)),
        ("в субботу", date(2026, 11, 14)),
        ("в субботу в 15:00", date(2026, 11, 14)),
        ("yesterday", date(2026, 11, 20)),
    ],
)
def test_a_day_without_a_year_is_the_last_one(typed: str, day: date) -> None:
    assert parse_past_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("14.03", date(2028, 3, 14), date(2028, 3, 14)),
        ("15.03", date(2028, 3, 14), date(2027, 3, 15)),
        ("29.02", date(2028, 3, 14), date(2028, 2, 29)),
        ("29 февраля", date(2028, 12, 1), date(2028, 2, 29)),
        ("28.02", date(2028, 2, 29), date(2028, 2, 28)),
        ("01.03", date(2028, 2, 29), date(2027, 3, 1)),
        ("29.02", date(2029, 2, 28), date(2028, 2, 29)),
    ],
)
def test_a_leap_year_has_a_day_more(typed: str, today: date, day: date) -> None:
    assert parse_past_day(typed, today) == day


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("22.11.2026", "input-not-yet"),
        ("завтра", "input-not-yet"),
        ("давно", "input-past-day"),
        ("15:00", "input-past-day"),
        ("31.02", "input-no-such-day"),
    ],
)
def test_a_day_to_come_is_refused(typed: str, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_past_day(typed, TODAY)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("9 класс 25, родители 10", [(C.GRADE_9, 25, ""), (C.PARENT, 10, "")]),
        ("9а 20, 9б — 25", [(C.GRADE_9, 45, "")]),
        ("11-й «А» класс: 12", [(C.GRADE_11, 12, "")]),
        ("10 родителей и 5 волонтёров", [(C.PARENT, 10, ""), (C.VOLUNTEER, 5, "")]),
        ("школа № 3 — 4", [(C.OTHER, 4, "школа № 3")]),
        ("другие организации (Завод «Мост») 2", [(C.OTHER, 2, "Завод «Мост»")]),
        ("школа № 3 — 2, Школа  № 3 — 5", [(C.OTHER, 7, "школа № 3")]),
        ("работники библиотек 3", [(C.CULTURE, 3, "")]),
        ("директор школы 2", [(C.OTHER, 2, "директор школы")]),
        ("директор школы № 5 — 1", [(C.OTHER, 1, "директор школы № 5")]),
        ("работники школы 4", [(C.OTHER, 4, "работники школы")]),
        ("социальный педагог школы 2", [(C.OTHER, 2, "социальный педагог школы")]),
        ("сотрудники администрации 3", [(C.OTHER, 3, "сотрудники администрации")]),
        ("head of the administration 1", [(C.OTHER, 1, "head of the administration")]),
        ("отдел соцзащиты администрации 2", [(C.SOCIAL, 2, "")]),
        ("родители школы 3, волонтёры лицея 2", [(C.PARENT, 3, ""), (C.VOLUNTEER, 2, "")]),
        ("работники предприятий: 3 чел.", [(C.EMPLOYEE, 3, "")]),
        ("вузы и колледжи 4", [(C.UNIVERSITY, 4, "")]),
        ("grade 9: 25\nparents 10", [(C.GRADE_9, 25, ""), (C.PARENT, 10, "")]),
    ],
)
def test_who_came_is_understood(typed: str, people: list[tuple[Category, int, str]]) -> None:
    said = parse_headcounts(typed)
    assert [(each.category, each.people, each.organisation) for each in said.people] == people
    assert said.strange == ()


@pytest.mark.parametrize(
    "typed", ["школьники 25", "работодатели 3", "родители", "9 класс 25 родители 10", "4 класс 9"]
)
def test_what_could_be_read_wrongly_is_asked_again(typed: str) -> None:
    said = parse_headcounts(f"мамы 2, {typed}")
    assert [each.category for each in said.people] == [C.PARENT]
    assert said.strange == (typed,)
    with pytest.raises(InvalidInput):
        parse_headcounts(typed)


@pytest.mark.parametrize("typed", ["родители 6000, мамы 6000", "родители 12000", "школа — 12000"])
def test_more_people_than_there_can_be_are_refused(typed: str) -> None:
    assert parse_headcounts("родители 4000, мамы 6000").people[0].people == 10_000
    with pytest.raises(InvalidInput) as refused:
        parse_headcounts(f"9 класс 25, {typed}")
    assert refused.value.key == "input-too-many-came"
    assert refused.value.facts == {"people": 12_000, "most": 10_000}

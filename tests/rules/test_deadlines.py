"""When a deadline is recalled: around the ends of years, leap days and holidays; the data file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deadlines_file import read_deadlines_file
from bot.errors import StartupError
from bot.rules import (
    Deadline,
    Grant,
    answers_for,
    is_still_asked,
    is_workday,
    may_settle,
    nudge_days,
    occurrence_of,
    occurrences_around,
)
from bot.settings import Settings
from bot.vocabulary import DoneWhen, Role

DAY = timedelta(days=1)
ROADMAP = read_deadlines_file(Settings.model_fields["deadlines_file"].default)
BY_CODE = {each.code: each for each in ROADMAP}
LEAP_DAY = Deadline(
    code="leap",
    name_ru="Високосный",
    name_en="Leap",
    rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    roles=frozenset({Role.CURATOR}),
    done_when=DoneWhen.MARKED,
)
LAST_FRIDAY = replace(LEAP_DAY, code="friday", rule="FREQ=YEARLY;BYMONTH=5;BYDAY=-1FR")
few = settings(deadline=None, max_examples=30)
DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def test_workdays_know_holidays_and_the_days_that_were_moved() -> None:
    off = [date(2027, 1, day) for day in range(1, 9)] + [date(2026, 5, 11), date(2026, 12, 31)]
    assert not [day for day in off if is_workday(day)]
    assert is_workday(date(2025, 11, 1))  # a Saturday that was worked for a Monday
    assert not is_workday(date(2025, 11, 3))
    assert [is_workday(date(2026, 11, day)) for day in range(20, 24)] == [True, False, False, True]


def test_the_deadlines_of_section_7_3() -> None:
    assert {
        code: (str(occurrence.due), occurrence.year)
        for code, deadline in BY_CODE.items()
        if (occurrence := occurrence_of(deadline, 2026))
    } == {
        "analysis": ("2026-12-15", 2026),
        "proposals": ("2026-12-15", 2026),
        "appendix2": ("2026-12-25", 2026),
        "addendum": ("2027-01-14", 2026),
        "consolidated": ("2027-01-15", 2026),
    }


@few
@given(st.sampled_from([*ROADMAP, LEAP_DAY, LAST_FRIDAY]), DAYS)
def test_a_deadline_includes_its_day_and_none_is_left_out(deadline: Deadline, day: date) -> None:
    last, coming = occurrences_around(deadline, day)
    assert coming is not None
    assert coming.due >= day
    assert occurrences_around(deadline, coming.due)[1] == coming
    assert occurrences_around(deadline, coming.due + DAY)[0] == coming
    assert occurrence_of(deadline, coming.year) == coming
    if last is not None:
        assert last.due < day
        assert last.year < coming.year


@few
@given(st.sampled_from([*ROADMAP, LAST_FRIDAY]), DAYS)
def test_it_is_recalled_before_its_day_and_on_workdays_after(deadline: Deadline, day: date) -> None:
    _, coming = occurrences_around(deadline, day)
    assert coming is not None
    due = coming.due
    days = nudge_days(deadline, due, due - 40 * DAY, due + 400 * DAY)
    for before in deadline.nudges:
        assert due - before * DAY in days
    assert next(each for n in range(15) if is_workday(each := due - n * DAY)) in days
    _, following = occurrences_around(deadline, due + DAY)
    assert following is not None
    overdue = sorted(each for each in days if each > due)
    assert all(map(is_workday, overdue))
    next_year = nudge_days(deadline, following.due, due, following.due)
    assert max(overdue) < min(next_year)  # nobody is asked about two years at once
    assert is_still_asked(deadline, due, max(overdue))
    assert not is_still_asked(deadline, due, min(next_year))
    # Asked day by day it is the same: that is how a digest asks.
    assert {
        each
        for step in range(-40, 60)
        if (each := due + step * DAY) in nudge_days(deadline, due, each, each)
    } == {each for each in days if each < due + 60 * DAY}


def test_after_the_holidays_the_first_reminder_is_on_the_first_workday() -> None:
    days = nudge_days(
        BY_CODE["appendix2"], date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 12)
    )
    assert sorted(map(str, days)) == ["2027-01-11", "2027-01-12"]


def test_who_answers_and_who_may_settle() -> None:
    report, consolidated = BY_CODE["appendix2"], BY_CODE["consolidated"]
    curator = (Grant(Role.CURATOR, 1),)
    boss = (Grant(Role.REGIONAL_COORDINATOR),)
    adviser = (Grant(Role.REGIONAL_CURATOR),)
    assert [answers_for(curator, report, place) for place in (1, 2, None)] == [True, False, False]
    assert [may_settle(boss, each, 1) for each in ROADMAP] == [True] * 5
    assert not may_settle(adviser, report, 1)
    assert may_settle(adviser, consolidated, None)
    assert not may_settle((Grant(Role.ADMIN), Grant(Role.ORGANISER, 1)), report, 1)


ENTRY = """
[[deadline]]
code = "council-1"
ru = "Совет, первый квартал"
en = "Council, first quarter"
rrule = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR"
level = "municipality"
roles = ["coordinator"]
done = "marked"
nudges = [5]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Write a roadmap."""

    def write(text: str) -> Path:
        path = tmp_path / "deadlines.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_another_roadmap_is_another_file(write: Callable[[str], Path]) -> None:
    """A district with quarterly councils: four entries."""
    text = ENTRY + ENTRY.replace("council-1", "council-2").replace("BYMONTH=3", "BYMONTH=6")
    first, second = read_deadlines_file(write(text))
    assert (first.nudges, first.roles, first.after) == ((5,), frozenset({Role.COORDINATOR}), "")
    assert [str(occurrences_around(each, date(2026, 1, 1))[1]) for each in (first, second)] == [
        "Occurrence(due=datetime.date(2026, 3, 27), year=2026)",
        "Occurrence(due=datetime.date(2026, 6, 26), year=2026)",
    ]
    assert sorted(nudge_days(first, date(2026, 3, 27), date(2026, 3, 1), date(2026, 3, 27))) == [
        date(2026, 3, 22),
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("FREQ=YEARLY;BYMONTH=3", "FREQ=MONTHLY"), "rrule: must be yearly"),
        (("BYDAY=-1FR", "BYDAY=FR"), "rrule: must give one day a year"),
        (("BYMONTH=3", "BYMONTH=march"), "rrule: is no RRULE"),
        (('level = "municipality"', 'level = "region"'), "coordinator makes no report of a region"),
        (('["coordinator"]', '["organiser"]'), "organiser makes no report of a municipality"),
        (('"marked"', '"guessed"'), "done: Input should be"),
        (("nudges", "nudge"), "nudge: Extra inputs"),
        (("nudges", 'after = "nothing"\nnudges'), "after: nothing is no other deadline"),
        (("nudges", 'after = "council-1"\nnudges'), "after: council-1 is no other deadline"),
        (("[[deadline]]", "[[deadline"), "no TOML"),
    ],
)
def test_a_wrong_roadmap_stops_the_start_with_one_line(
    write: Callable[[str], Path], wrong: tuple[str, str], says: str
) -> None:
    path = write(ENTRY.replace(*wrong))
    with pytest.raises(StartupError) as stopped:
        read_deadlines_file(path)
    line = str(stopped.value)
    assert line.startswith(str(path))
    assert says in line
    assert "\n" not in line
    assert "no TOML" in line or "deadline council-1" in line


def test_a_code_stands_there_once(write: Callable[[str], Path]) -> None:
    with pytest.raises(StartupError, match="council-1: this code stands there twice"):
        read_deadlines_file(write(ENTRY * 2))

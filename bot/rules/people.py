"""Who takes part as what: grades, groups, ways to come, consents."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.errors import InvalidInput, Refused
from bot.vocabulary import Category

CONSENT_VERSION = "2026-11"  # year and month of the text: a later one sorts after it

STAFF_CONSENT_VERSION = "2026-11"

HIGHEST_GRADE = 11

LOWEST_GRADE = 5  # 5.1 of the regulation: «школьников средних классов и старшеклассников»

LARGEST_GROUP = 300  # people that one adult answers for


def check_group(usual: Category, people: Mapping[Category, int]) -> None:
    """Check that somebody may bring such a group.

    Raises:
        Refused: pupils bring no groups; nobody is in it, or too many.
    """
    check_brings(usual)
    check_group_size(people)


def check_brings(usual: Category) -> None:
    """Check that somebody may bring groups at all.

    Raises:
        Refused: pupils bring none.
    """
    if usual.is_pupil:
        raise Refused("refused-pupil-brings")


def check_group_size(people: Mapping[Category, int]) -> None:
    """Check that a group has people, and not more than one adult can answer for.

    Raises:
        Refused: nobody is in it, or too many.
    """
    if min(people.values(), default=0) < 0 or not 1 <= sum(people.values()) <= LARGEST_GROUP:
        raise Refused("refused-group-size", most=LARGEST_GROUP)


def ways_to_come(usual: Category) -> tuple[Category, ...]:
    """Return the categories somebody may sign up as, the usual one first.

    A teacher is also a parent; a volunteer may be a pupil. Nobody else becomes a pupil.
    """
    ways = [usual]
    if not usual.is_pupil:
        ways.append(Category.PARENT)
    ways.append(Category.VOLUNTEER)
    return tuple(dict.fromkeys(ways))


def check_ways(usual: Category, wanted: Sequence[Category]) -> None:
    """Check that somebody signs up as what they can be, with one child at most («Я и ребёнок»).

    Raises:
        Refused: the first is none of `ways_to_come`, or what follows is no child of an adult.
    """
    first, *others = wanted
    adult_with_child = not usual.is_pupil and len(others) == 1 and others[0].is_pupil
    if first not in ways_to_come(usual) or (others and not adult_with_child):
        raise Refused("refused-way")


def school_year(day: date) -> int:
    """Return the calendar year in which the school year of `day` began (on 1 September)."""
    return day.year if day.month >= 9 else day.year - 1


def consent_is_outdated(version: str) -> bool:
    """Whether the text has changed since somebody agreed: then they are asked again."""
    return version < CONSENT_VERSION


def check_grade(grade: int) -> None:
    """Check that a school has such a grade.

    Raises:
        InvalidInput: none has.
    """
    if not 1 <= grade <= HIGHEST_GRADE:
        raise InvalidInput("input-no-such-grade")


def category_of_grade(grade: int) -> Category:
    """Return the category of a pupil.

    Raises:
        Refused: grades 1–4 do not take part.
        InvalidInput: no such grade.
    """
    check_grade(grade)
    if grade < LOWEST_GRADE:
        raise Refused("refused-small-grade")
    return Category.of_grade(grade)


def grade_is_stale(told_on: date | None, today: date) -> bool:
    """Whether a pupil's grade must be asked again: a 1 September has passed since it was told."""
    return told_on is None or school_year(told_on) < school_year(today)

"""Who is likely counted twice: pure, on lines as short as a test can say them."""

from bot.rules import AloneAndInClass, Doubles, ListedLine, WalkedIn, likely_doubles
from bot.vocabulary import Category

NINTH, PARENT, OTHER = Category.GRADE_9, Category.PARENT, Category.OTHER
SCHOOL = "Школа № 3"


def a_class(**fields: object) -> ListedLine:
    facts = {"organisation": SCHOOL, "municipality_id": 1, "is_own": False, "of_group": True}
    return ListedLine(NINTH, 25, **{"came": 24, **facts, **fields})  # type: ignore[arg-type]


def test_a_pupil_alone_while_their_grade_came_with_a_class() -> None:
    alone = [ListedLine(NINTH, 1, 1, municipality_id=1) for _ in range(2)]
    found = likely_doubles([*alone, a_class()], {})
    assert found == Doubles((AloneAndInClass(NINTH, 2, 24, (SCHOOL,)),))


def test_who_does_not_fit_is_no_double() -> None:
    of_tenth = ListedLine(Category.GRADE_10, 1, 1)
    absent = ListedLine(NINTH, 1, None)
    elsewhere = ListedLine(NINTH, 1, 1, municipality_id=2)
    another = ListedLine(NINTH, 1, 1, organisation="Гимназия № 1", municipality_id=1)
    for line in (of_tenth, absent, elsewhere, another):
        assert likely_doubles([line, a_class()], {}) == Doubles()
    assert likely_doubles([ListedLine(NINTH, 1, 1), a_class(came=0)], {}) == Doubles()
    assert likely_doubles([ListedLine(NINTH, 1, 1), a_class(came=None)], {}) == Doubles()


def test_the_same_school_however_it_is_written() -> None:
    alone = ListedLine(NINTH, 1, 1, organisation="школа  № 3")
    assert likely_doubles([alone, a_class(municipality_id=None)], {}).alone_and_in_class


def test_a_walk_in_who_looks_like_somebody_on_the_list() -> None:
    lines = [ListedLine(NINTH, 1, None) for _ in range(3)]
    lines += [ListedLine(NINTH, 1, 1), ListedLine(PARENT, 1, None), a_class(came=None)]
    walk_ins = {(NINTH, ""): 2, (Category.GRADE_8, ""): 5}
    assert likely_doubles(lines, walk_ins).walked_in == (WalkedIn(NINTH, 2, 3),)


def test_walk_ins_of_another_organisation_are_others() -> None:
    line = ListedLine(OTHER, 1, None, organisation=SCHOOL)
    walk_ins = {(OTHER, "газета"): 2, (OTHER, "ШКОЛА № 3"): 1}
    assert likely_doubles([line], walk_ins).walked_in == (WalkedIn(OTHER, 1, 1),)
    assert likely_doubles([line], {(OTHER, "газета"): 2}) == Doubles()


def test_one_person_on_two_lines() -> None:
    own = ListedLine(OTHER, 1, 1, person_id=7)
    child = ListedLine(NINTH, 1, 1, person_id=7, is_own=False)
    assert likely_doubles([own, child], {}).twice == ()
    assert likely_doubles([own, own], {}).twice == (7,)
    erased = ListedLine(OTHER, 1, 1)
    assert likely_doubles([erased, erased], {}).twice == ()

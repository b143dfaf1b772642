"""Who is likely counted twice on a list that is about to be closed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.cleaning import fold
from bot.vocabulary import Category


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of the list, as far as it decides who may be counted twice.

    Attributes:
        seats: how many people it is for.
        came: how many of them came, None until it is marked.
        organisation: where they come from; empty: unknown.
        municipality_id: of who made the registration; None: unknown.
        person_id: who made the registration; None once that person is erased.
        is_own: whether it counts that person.
        of_group: whether its people are of a class or a delegation.
    """

    category: Category
    seats: int
    came: int | None
    organisation: str = ""
    municipality_id: int | None = None
    person_id: int | None = None
    is_own: bool = True
    of_group: bool = False


@dataclass(frozen=True, slots=True)
class AloneAndInClass:
    """Pupils who came by a registration of their own while their grade came with a group, too.

    Attributes:
        alone: how many they are.
        in_class: how many came with the groups, which are of these `organisations`.
    """

    category: Category
    alone: int
    in_class: int
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WalkedIn:
    """People counted without a registration while so many signed up like them are not marked."""

    category: Category
    walk_ins: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class Doubles:
    """What whoever closes a list should look at; `twice` are persons counted on two lines."""

    alone_and_in_class: tuple[AloneAndInClass, ...] = ()
    walked_in: tuple[WalkedIn, ...] = ()
    twice: tuple[int, ...] = ()


def likely_doubles(
    lines: Sequence[ListedLine], walk_ins: Mapping[tuple[Category, str], int]
) -> Doubles:
    """Return who may be counted twice; it is a question to the curator, nothing is taken away.

    Args:
        lines: of the registrations in force, and all that are marked.
        walk_ins: people without a registration by category and organisation, without the staff
            who counted themselves.
    """
    return Doubles(
        tuple(_alone_and_in_class(lines)),
        tuple(_walked_in(lines, walk_ins)),
        _twice(lines),
    )


def _alone_and_in_class(lines: Sequence[ListedLine]) -> Iterable[AloneAndInClass]:
    for category in Category:
        if not category.is_pupil:
            continue
        came = [line for line in lines if line.category is category and line.came]
        alone = [line for line in came if not line.of_group]
        classes = [line for line in came if line.of_group]
        doubtful = [line for line in alone if any(_fits(line, other) for other in classes)]
        theirs = [line for line in classes if any(_fits(line, other) for other in alone)]
        if doubtful:
            yield AloneAndInClass(
                category,
                sum(line.came or 0 for line in doubtful),
                sum(line.came or 0 for line in theirs),
                tuple(dict.fromkeys(line.organisation for line in theirs if line.organisation)),
            )


def _walked_in(
    lines: Sequence[ListedLine], walk_ins: Mapping[tuple[Category, str], int]
) -> Iterable[WalkedIn]:
    for category in Category:
        absent = [
            line
            for line in lines
            if line.category is category and line.came is None and not line.of_group
        ]
        strangers = {whose: people for (who, whose), people in walk_ins.items() if who is category}
        alike = [
            line for line in absent if any(_same(line.organisation, whose) for whose in strangers)
        ]
        if alike:
            yield WalkedIn(
                category,
                sum(
                    people
                    for whose, people in strangers.items()
                    if any(_same(line.organisation, whose) for line in alike)
                ),
                sum(line.seats for line in alike),
            )


def _twice(lines: Iterable[ListedLine]) -> tuple[int, ...]:
    counted = Counter(
        line.person_id for line in lines if line.is_own and line.came and line.person_id is not None
    )
    return tuple(person_id for person_id, times in counted.items() if times > 1)


def _fits(one: ListedLine, other: ListedLine) -> bool:
    near = one.municipality_id == other.municipality_id or (
        None in {one.municipality_id, other.municipality_id}
    )
    return near and _same(one.organisation, other.organisation)


def _same(one: str, other: str) -> bool:
    """Whether two organisations may be the same one; an unknown one may be any."""
    return not (one and other) or fold(one) == fold(other)

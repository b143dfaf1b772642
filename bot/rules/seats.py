"""Who may sign up, and who of those that wait gets the seats that are free."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import NotFound, Refused
from bot.vocabulary import Category, MeetingStatus

PASSED_OVER_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of a waiting list: so many people of each category, who come together or not at all.

    Attributes:
        registration_id: whose entry it is; 0 of somebody who is not on the list.
        people: how many of which category.
        passed_over: how often somebody behind it got seats that were too few for it.
    """

    registration_id: int
    people: Mapping[Category, int]
    passed_over: int = 0

    @property
    def total(self) -> int:
        """How many seats it needs."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class SignUpTerms:
    """The facts that decide whether one more registration is possible.

    Attributes:
        seats: of the meeting; None: no limit.
        taken: seats of those who are in, and those that are offered to somebody.
        admits: who may sign up; empty: everybody.
        limits: seats of categories that have a limit of their own.
        taken_by: taken seats of these categories.
        waiting: the waiting list in its order.
        opens_at: when signing up begins; None: at once.
        closes_at: when it ends; None: with the meeting.
    """

    status: MeetingStatus
    starts_at: datetime
    ends_at: datetime
    seats: int | None
    taken: int
    admits: frozenset[Category]
    limits: Mapping[Category, int] = field(default_factory=dict)
    taken_by: Mapping[Category, int] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def left(self) -> int | None:
        """How many seats nobody has, those held for a group that waits included."""
        return None if self.seats is None else max(0, self.seats - self.taken)

    @property
    def free(self) -> int | None:
        """How many seats somebody who comes now can have; None when there is no limit."""
        if self.left and next_in_line(self, (*self.waiting, _ANYBODY))[0] is not _ANYBODY:
            return 0
        return self.left

    def full_category(self, people: Mapping[Category, int]) -> Category | None:
        """Return the first category whose own limit these people would exceed."""
        for category, number in people.items():
            limit = self.limits.get(category)
            if number and limit is not None and self.taken_by.get(category, 0) + number > limit:
                return category
        return None


_ANYBODY = Waiting(0, {})  # with no category, no category's limit stops it


def next_in_line(
    terms: SignUpTerms, line: Sequence[Waiting]
) -> tuple[Waiting | None, tuple[Waiting, ...]]:
    """Return who of a line gets seats now, and whom that passes over.

    First come, first served: the first entry that fits. One that needs more seats than are left is
    passed over, at most three times; then what becomes free is held for it, and nobody behind it
    gets any. An entry that a category's own limit stops, or that is larger than the meeting, holds
    nothing back.

    Args:
        terms: of the meeting; its own waiting list is not looked at.
        line: who wants seats, in their order; somebody who comes now stands at the end.
    """
    passed: list[Waiting] = []
    for entry in line:
        if terms.full_category(entry.people) is not None:
            continue
        if terms.left is None or terms.seats is None or max(1, entry.total) <= terms.left:
            return entry, tuple(passed)
        if entry.total > terms.seats:
            continue
        if entry.passed_over >= PASSED_OVER_AT_MOST:
            break
        passed.append(entry)
    return None, ()


def check_going_on(terms: SignUpTerms, now: datetime) -> None:
    """Check that the meeting is still to come or under way.

    Raises:
        Refused: it is cancelled or over.
    """
    if terms.status is MeetingStatus.CANCELLED:
        raise Refused("refused-cancelled")
    if terms.status is MeetingStatus.HELD or terms.ends_at <= now:
        raise Refused("refused-past")


def check_open(terms: SignUpTerms, now: datetime) -> None:
    """Check that people can sign up for the meeting at all.

    Raises:
        NotFound: it is a draft: whoever has no right to it must not learn of it.
        Refused: it is cancelled or over, or signing up has not begun or has ended.
    """
    if terms.status is MeetingStatus.DRAFT:
        raise NotFound("meeting-not-found")
    check_going_on(terms, now)
    if terms.opens_at is not None and now < terms.opens_at:
        raise Refused("refused-not-open-yet", opens_at=terms.opens_at)
    if terms.closes_at is not None and now >= terms.closes_at:
        raise Refused("refused-closed")


def admitted(admits: Collection[Category], *categories: Category) -> bool:
    """Whether a meeting is open to one of these categories at least; no list means everybody."""
    return not admits or any(category in admits for category in categories)


def check_admitted(terms: SignUpTerms, people: Mapping[Category, int]) -> None:
    """Check that people of these categories may ever get seats here.

    Raises:
        Refused: a category is not admitted, or they are more than the meeting or a category's own
            limit has seats.
    """
    for category in people:
        if not admitted(terms.admits, category):
            raise Refused("refused-not-admitted", category=category.value)
    wanted = sum(people.values())
    if terms.seats is not None and wanted > terms.seats:
        raise Refused("refused-too-many", seats=terms.seats, wanted=wanted)
    for category, number in people.items():
        limit = terms.limits.get(category)
        if limit is not None and number > limit:
            raise Refused("refused-over-limit", category=category.value, limit=limit)


def check_room(terms: SignUpTerms, people: Mapping[Category, int]) -> tuple[Waiting, ...]:
    """Check that so many people can have seats now, behind those who wait already.

    Returns:
        The entries of the waiting list that this passes over.

    Raises:
        Refused: too few seats, or what is left is held for somebody who waits.
    """
    newcomer = Waiting(0, people)
    chosen, passed = next_in_line(terms, (*terms.waiting, newcomer))
    if chosen is newcomer:
        return passed
    if (full := terms.full_category(people)) is not None:
        raise Refused("refused-limit", category=full.value, limit=terms.limits[full])
    if terms.left == 0:
        raise Refused("refused-full")
    if terms.free == 0:
        raise Refused("refused-held", waiting=len(terms.waiting))
    raise Refused("refused-few-seats", free=terms.free or 0, wanted=newcomer.total)


def check_resize(
    terms: SignUpTerms, before: Mapping[Category, int], after: Mapping[Category, int]
) -> tuple[Waiting, ...]:
    """Check that a group that is in may change its numbers.

    What it has it keeps, and may give to another category; only what it wants beyond that must be
    free.

    Returns:
        The entries of the waiting list that this passes over.

    Raises:
        Refused: as `check_room`.
    """
    more = {
        category: number - before.get(category, 0)
        for category, number in after.items()
        if number > before.get(category, 0)
    }
    if (full := terms.full_category(more)) is not None:
        raise Refused("refused-limit", category=full.value, limit=terms.limits[full])
    swapped = sum(more.values()) - (sum(after.values()) - sum(before.values()))
    wanted: dict[Category, int] = {}
    for category, number in more.items():
        given = min(swapped, number)
        swapped -= given
        wanted[category] = number - given
    return check_room(terms, wanted) if any(wanted.values()) else ()

"""Pure decisions: who may do what, who may sign up, what a school year is.

Nothing here reads a database, a clock or a messenger; services give the facts and obey.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import InvalidInput, NotFound, Refused
from bot.vocabulary import (
    MUNICIPAL_ROLES,
    OUTSIDE_FORM,
    PUPILS,
    REGIONAL_ROLES,
    Audience,
    Category,
    MeetingStatus,
    Role,
)

CONSENT_VERSION = "2026-11"  # year and month of the text: a later one sorts after it
STAFF_CONSENT_VERSION = "2026-11"
INVITATION_LIFE = timedelta(days=7)
HELD_QUESTION_AFTER = timedelta(hours=1)
FEEDBACK_AFTER = timedelta(hours=2)
FEEDBACK_WINDOW = timedelta(days=7)
DOOR_OPENS = timedelta(hours=3)
SHORTEST_MEETING = timedelta(minutes=15)
LONGEST_MEETING = timedelta(hours=12)
MOST_SEATS = 10_000
HIGHEST_GRADE = 11
LOWEST_GRADE = 5  # 5.1 of the regulation: «школьников средних классов и старшеклассников»
LARGEST_GROUP = 300  # people that one adult answers for
PASSED_OVER_AT_MOST = 3
OFFERS_SHORTEN = timedelta(days=2)  # before the start

# Letters that look the same in Cyrillic and Latin and like no digit: typed either way.
_CODE_LETTERS = "ACEHKMPTX"
_CODE_NUMBERS = 99
_TO_LATIN = str.maketrans("АСЕНКМРТХ", _CODE_LETTERS)

_MEETING_MAKERS = frozenset({Role.ORGANISER, Role.CURATOR, Role.COORDINATOR})
_WHOLE_MUNICIPALITY = frozenset({Role.CURATOR, Role.COORDINATOR})

# What each role gives and takes back: within its own municipality, or everywhere if it has none.
MAY_GIVE: Mapping[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset(Role),
    Role.REGIONAL_COORDINATOR: MUNICIPAL_ROLES,
    Role.REGIONAL_CURATOR: MUNICIPAL_ROLES,
    Role.COORDINATOR: frozenset({Role.CURATOR, Role.ORGANISER}),
    Role.CURATOR: frozenset({Role.ORGANISER}),
    Role.ORGANISER: frozenset(),
}

# Whose names the signature lines of Appendix 2 can show.
SIGNING_ROLES = _WHOLE_MUNICIPALITY | REGIONAL_ROLES


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in force; `municipality_id` is None for roles over the whole region."""

    role: Role
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class OfferLives:
    """How long an offered seat is kept: as a rule, under two days before the start, on the day."""

    usual: timedelta = timedelta(hours=24)
    soon: timedelta = timedelta(hours=3)
    on_the_day: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Ownership:
    """What decides who may touch a meeting: where it is and who made it (a person's id)."""

    municipality_id: int
    created_by_id: int | None


def is_regional(grants: Iterable[Grant]) -> bool:
    """Whether one of the grants sees the whole region."""
    return any(grant.role in REGIONAL_ROLES for grant in grants)


def municipalities_with(grants: Iterable[Grant], roles: Collection[Role]) -> frozenset[int]:
    """Return the municipalities in which one of `roles` is held."""
    return frozenset(
        grant.municipality_id
        for grant in grants
        if grant.role in roles and grant.municipality_id is not None
    )


def where_may_create_meetings(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities in which somebody may create meetings."""
    return municipalities_with(grants, _MEETING_MAKERS)


def whole_municipalities(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities all of whose meetings somebody runs."""
    return municipalities_with(grants, _WHOLE_MUNICIPALITY)


def may_manage_meeting(grants: Iterable[Grant], person_id: int | None, meeting: Ownership) -> bool:
    """Whether somebody may edit, open the door of, close and cancel this meeting.

    Curators and coordinators have all meetings of their municipality, organisers their own.
    """
    grants = tuple(grants)
    if meeting.municipality_id in whole_municipalities(grants):
        return True
    own = person_id is not None and meeting.created_by_id == person_id
    return own and meeting.municipality_id in where_may_create_meetings(grants)


def may_see_report(grants: Iterable[Grant], municipality_id: int | None) -> bool:
    """Whether somebody may have a municipality's report, or the region's (None).

    3.3 and 3.4 of the plan: municipal coordinator and curator, regional curator and coordinator.
    """
    grants = tuple(grants)
    return is_regional(grants) or municipality_id in report_places(grants)


def report_places(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities whose report somebody makes."""
    return municipalities_with(grants, _WHOLE_MUNICIPALITY)


def may_write_proposals(grants: Iterable[Grant], municipality_id: int) -> bool:
    """Whether somebody may write a municipality's proposals (row 4 of the form).

    3.2 of the plan: the municipal coordinator and curator.
    """
    return municipality_id in report_places(grants)


def signs_reports(grants: Iterable[Grant]) -> bool:
    """Whether Appendix 2 has a line for the name of somebody with these roles."""
    return any(grant.role in SIGNING_ROLES for grant in grants)


def roles_one_may_give(grants: Iterable[Grant], municipality_id: int | None) -> tuple[Role, ...]:
    """Return the roles that somebody may give (and take back) in a municipality, or region-wide.

    The administrator appoints anybody; regional staff the municipal roles; a municipal coordinator
    curators and organisers; a curator organisers.
    """
    may_give: set[Role] = set()
    for grant in grants:
        if grant.municipality_id in {None, municipality_id}:
            may_give |= MAY_GIVE[grant.role]
    fitting = MUNICIPAL_ROLES if municipality_id is not None else set(Role) - MUNICIPAL_ROLES
    return tuple(role for role in Role if role in may_give and role in fitting)


def existed(
    valid_from: date | None, valid_until: date | None, first: date, last: date | None = None
) -> bool:
    """Whether a municipality existed on some day from `first` to `last` (by default, on `first`).

    Args:
        valid_from: its first day, None: always there.
        valid_until: the first day on which it is no more, None: still there.
        first: the first day asked about.
        last: the last day asked about.
    """
    began = valid_from is None or valid_from <= (last or first)
    return began and (valid_until is None or valid_until > first)


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


def offer_life(starts_at: datetime, now: datetime, timezone: str, lives: OfferLives) -> timedelta:
    """Return for how long an offered seat is kept: shorter as the start nears, never past it.

    Args:
        starts_at: of the meeting.
        now: when the offer is made.
        timezone: of the meeting's municipality, for what «on the day» is.
        lives: the operator's three lengths.
    """
    zone = ZoneInfo(timezone)
    if starts_at.astimezone(zone).date() == now.astimezone(zone).date():
        life = lives.on_the_day
    elif starts_at - now < OFFERS_SHORTEN:
        life = lives.soon
    else:
        life = lives.usual
    return min(life, starts_at - now)


def may_cancel(status: MeetingStatus, ends_at: datetime, now: datetime, *, came: bool) -> bool:
    """Whether a registration can be cancelled: until the end, and not by who is checked in."""
    return status is MeetingStatus.PUBLISHED and ends_at > now and not came


def may_certify(status: MeetingStatus, ends_at: datetime, now: datetime, *, came: bool) -> bool:
    """Whether somebody gets a certificate: they were checked in, and the meeting is over."""
    return came and ends_at <= now and status is not MeetingStatus.CANCELLED


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


_USEFUL = ("professions", "people", "choice")
_USEFUL_BY_GROUP = {
    "pupil": ("practice", "next_step"),
    "parent": ("child", "labour_market"),
    "employer": ("contacts", "candidates"),
    "other": ("contacts", "methods"),
}


def useful_choices(category: Category) -> tuple[str, ...]:
    """Return what can be ticked as useful: the tasks of the project (3.2), by who answers."""
    if category.is_pupil:
        group = "pupil"
    elif category is Category.PARENT:
        group = "parent"
    elif category in {Category.HEAD, Category.EMPLOYEE}:
        group = "employer"
    else:
        group = "other"
    return _USEFUL + _USEFUL_BY_GROUP[group]


def most_who_come(seats: int) -> int:
    """Return how many may be counted of a group that signed up for so many seats."""
    return 2 * seats


def door_is_open(starts_at: datetime, now: datetime) -> bool:
    """Whether people can be checked in: from three hours before the start, with no end."""
    return now >= starts_at - DOOR_OPENS


MOST_USUAL_WALK_INS = 8
_OF_AUDIENCE: Mapping[Audience, tuple[Category, ...]] = {
    Audience.STUDENTS: PUPILS,
    Audience.PARENTS: (Category.PARENT,),
    Audience.EMPLOYERS: (Category.HEAD, Category.EMPLOYEE),
}
# Who comes along with whom a meeting is held with, the likeliest first.
_ALONG = (
    Category.PARENT,
    Category.GRADE_9,
    Category.GRADE_10,
    Category.GRADE_11,
    Category.GRADE_8,
    Category.OTHER,
    Category.EMPLOYEE,
    Category.JOB_CENTRE,
)


def usual_walk_ins(audience: Audience, counted: Sequence[Category]) -> tuple[Category, ...]:
    """Return the few categories to offer at a door first, in the order of the form.

    Args:
        audience: whom the meeting is held with.
        counted: who was counted at this door already, the most frequent first.
    """
    expected = [category for category in _OF_AUDIENCE[audience] if category not in OUTSIDE_FORM]
    likeliest = dict.fromkeys((*counted, *expected, *_ALONG))
    few = list(likeliest)[:MOST_USUAL_WALK_INS]
    return tuple(category for category in Category if category in few)


def admits_audience(audience: Audience, admits: Collection[Category]) -> bool:
    """Whether those a meeting is held with may sign up for it; no list means everybody."""
    return admitted(admits, *_OF_AUDIENCE[audience])


class MeetingAction(StrEnum):
    """What those who run a meeting can do with it."""

    PUBLISH = "publish"
    DOOR = "door"
    SHARE = "share"
    EDIT = "edit"
    MOVE = "move"
    PHOTOS = "photos"
    RESULTS = "results"
    CLOSE = "close"
    CANCEL = "cancel"
    WRITE = "write"


def possible_actions(
    status: MeetingStatus,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    *,
    marked: bool = False,
) -> frozenset[MeetingAction]:
    """Return what may be done now with a meeting in this state; rights are another question.

    A held meeting keeps its door: those who run it may still correct the marks. A published one
    keeps its times once it is over or somebody is marked: what is asked afterwards may be out.
    """
    may: set[MeetingAction] = set()
    if status is not MeetingStatus.DRAFT:
        may.add(MeetingAction.WRITE)
    else:
        may |= {MeetingAction.EDIT, MeetingAction.MOVE, MeetingAction.CANCEL}
        if starts_at > now:
            may.add(MeetingAction.PUBLISH)
    if status is MeetingStatus.PUBLISHED:
        may |= {MeetingAction.EDIT, MeetingAction.CANCEL}
        if ends_at > now:
            may.add(MeetingAction.SHARE)
            if not marked:
                may.add(MeetingAction.MOVE)
        if starts_at <= now:
            may.add(MeetingAction.CLOSE)
    if status in {MeetingStatus.PUBLISHED, MeetingStatus.HELD}:
        if door_is_open(starts_at, now):
            may.add(MeetingAction.DOOR)
        if starts_at <= now:
            may |= {MeetingAction.PHOTOS, MeetingAction.RESULTS}
    return frozenset(may)


def check_possible(
    action: MeetingAction,
    status: MeetingStatus,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    *,
    marked: bool = False,
) -> None:
    """Check that something may be done now with a meeting in this state.

    Raises:
        Refused: it may not; the sentence of the action says when it may.
    """
    if action not in possible_actions(status, starts_at, ends_at, now, marked=marked):
        raise Refused(f"refused-{action.value}")


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


def report_years(today: date) -> tuple[int, ...]:
    """Return the years offered for a report, the likeliest first: in January the last year."""
    this, last = today.year, today.year - 1
    return (last, this) if today.month == 1 else (this, last)


def year_bounds(year: int, timezone: str) -> tuple[datetime, datetime]:
    """Return the first moment of a year and of the next one in a time zone (aware)."""
    zone = ZoneInfo(timezone)
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def ticket_code(number: int) -> str:
    """Return the short code of a meeting's `number`-th registration (from 1): A1 … A99, C1 …"""
    index, rest = divmod(number - 1, _CODE_NUMBERS)
    letters = ""
    while True:
        index, letter = divmod(index, len(_CODE_LETTERS))
        letters = _CODE_LETTERS[letter] + letters
        if index == 0:
            return f"{letters}{rest + 1}"
        index -= 1


def read_ticket_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed («а 7» → «A7»)."""
    return "".join(typed.split()).upper().translate(_TO_LATIN)

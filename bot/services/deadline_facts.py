"""How it stands with the year's deadlines: what is stored about them, read as decisions need it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import rules
from bot.rules import Deadline, DeadlineState, Occurrence
from bot.services.territories import territory_key
from bot.vocabulary import DoneWhen, Role, Settled


@dataclass(frozen=True, slots=True)
class Territory:
    """Who owes something: a municipality, or the region (`municipality_id` is None)."""

    municipality_id: int | None
    name: str
    timezone: str
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def key(self) -> str:
        """What marks name it by."""
        return territory_key(self.municipality_id)

    def day_of(self, moment: datetime) -> date:
        """Return the day that it is here at a moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()


@dataclass(frozen=True, slots=True)
class Mark:
    """How something was settled.

    Attributes:
        settled: what was said of it.
        at: when.
        name: of whoever said it; empty where the bot saw it itself, or somebody is erased.
        reason: why it is not needed.
        by_data: whether the bot saw it itself: then there is no word to take back.
        person_id: of whoever said it.
    """

    settled: Settled
    at: datetime
    name: str = ""
    reason: str = ""
    by_data: bool = False
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """One deadline of one year in one territory.

    Attributes:
        days_left: until its last day, 0 on it; negative once it is over.
        mark: how it was settled, None while it is not.
    """

    deadline: Deadline
    territory: Territory
    year: int
    due: date
    days_left: int
    state: DeadlineState
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class LastSent:
    """The last version of a municipality's report of a year: when it was sent and by whom."""

    sent_at: datetime
    sent_by: str
    returned: bool


@dataclass(frozen=True, slots=True)
class LastMet:
    """The meetings of the form of a municipality's year that are over.

    Attributes:
        starts_at: when the last of them began.
        counted_at: since when nothing has come into the numbers: all were over, and those that
            are confirmed were so.
    """

    starts_at: datetime
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody has, or had until it was taken back."""

    role: Role
    granted_at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is stored about the deadlines of the territories it was read for.

    Attributes:
        roadmap: the region's deadlines.
        now: when it was read.
        marks: (code, year, territory's key) → what somebody said.
        proposals: (municipality, year) → when they were written.
        sent: (municipality, year) → the last version of its report.
        roles: municipality, None for the region → the roles held there, ever.
        met: (municipality, year) → its meetings that are over; read where a deadline comes after
            another.
    """

    roadmap: Sequence[Deadline]
    now: datetime
    marks: Mapping[tuple[str, int, str], Mark] = field(default_factory=dict)
    proposals: Mapping[tuple[int, int], datetime] = field(default_factory=dict)
    sent: Mapping[tuple[int | None, int], LastSent] = field(default_factory=dict)
    roles: Mapping[int | None, Sequence[HeldRole]] = field(default_factory=dict)
    met: Mapping[tuple[int | None, int], LastMet] = field(default_factory=dict)

    def current(self, deadline: Deadline, territories: Sequence[Territory]) -> list[DeadlineFacts]:
        """Return what one looks at now: one occurrence, in each of the territories that owe it.

        The one that is over while a territory is still asked about it, and for a while after;
        otherwise the one to come.
        """
        over: list[DeadlineFacts] = []
        coming: list[DeadlineFacts] = []
        for territory in territories:
            last, following = self._around(deadline, territory)
            over += last
            coming += following
        return over if any(map(self._is_in_sight, over)) else coming

    def unsettled(self, deadline: Deadline, territory: Territory) -> list[DeadlineFacts]:
        """Return what is not done: the occurrence that is over, and the one to come."""
        last, following = self._around(deadline, territory)
        return [facts for facts in (*last, *following) if facts.mark is None]

    def of_year(self, deadline: Deadline, year: int, territory: Territory) -> DeadlineFacts | None:
        """Return how it stands with what is about a year, None where it is not owed.

        Only of the occurrence that was over last, and the one to come.
        """
        last, following = self._around(deadline, territory)
        return next((facts for facts in (*last, *following) if facts.year == year), None)

    def of_years(
        self, deadline: Deadline, years: Iterable[int], territory: Territory
    ) -> list[DeadlineFacts]:
        """Return how it stands with what is about some years, where it is owed."""
        if deadline.is_regional is not (territory.municipality_id is None):
            return []
        occurrences = (rules.occurrence_of(deadline, year) for year in years)
        return [facts for each in occurrences for facts in self._of(deadline, each, territory)]

    def _around(
        self, deadline: Deadline, territory: Territory
    ) -> tuple[list[DeadlineFacts], list[DeadlineFacts]]:
        if deadline.is_regional is not (territory.municipality_id is None):
            return [], []
        last, following = rules.occurrences_around(deadline, territory.day_of(self.now))
        return self._of(deadline, last, territory), self._of(deadline, following, territory)

    def _of(
        self, deadline: Deadline, occurrence: Occurrence | None, territory: Territory
    ) -> list[DeadlineFacts]:
        if occurrence is None:
            return []
        mark = self._mark(deadline, occurrence.year, territory)
        if mark is None and not self._is_owed(deadline, occurrence, territory):
            return []
        days_left = (occurrence.due - territory.day_of(self.now)).days
        return [
            DeadlineFacts(
                deadline=deadline,
                territory=territory,
                year=occurrence.year,
                due=occurrence.due,
                days_left=days_left,
                state=self._state(deadline, territory, mark, days_left),
                mark=mark,
            )
        ]

    def _mark(self, deadline: Deadline, year: int, territory: Territory) -> Mark | None:
        if deadline.done_when is DoneWhen.PROPOSALS and territory.municipality_id is not None:
            written_at = self.proposals.get((territory.municipality_id, year))
            if written_at is not None:
                return Mark(Settled.DONE, written_at, by_data=True)
        if deadline.done_when is DoneWhen.REPORT and territory.municipality_id is not None:
            sent = self.sent.get((territory.municipality_id, year))
            if sent is not None and self._counts(sent, deadline, year, territory):
                return Mark(Settled.DONE, sent.sent_at, sent.sent_by, by_data=True)
        return self.marks.get((deadline.code, year, territory.key))

    def _counts(self, sent: LastSent, deadline: Deadline, year: int, territory: Territory) -> bool:
        """Whether a version meets a deadline; an addendum must hold all that was held by now."""
        if sent.returned:
            return False
        return not deadline.after or (
            self._met_after(deadline, year, territory) and not self._met_since_sent(year, territory)
        )

    def _is_owed(self, deadline: Deadline, occurrence: Occurrence, territory: Territory) -> bool:
        year = occurrence.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        if not rules.existed(territory.valid_from, territory.valid_until, first, last):
            return False
        if occurrence.due < territory.day_of(self.now):
            # A new installation asks nobody about a time before anybody answered for it.
            held = self._held(deadline, territory) or self.roles.get(None, ())
            since = min((territory.day_of(each.granted_at) for each in held), default=date.max)
            if since > occurrence.due:
                return False
        if not deadline.after or self._met_after(deadline, year, territory):
            return True
        return deadline.done_when is DoneWhen.REPORT and self._met_since_sent(year, territory)

    def _met_after(self, deadline: Deadline, year: int, territory: Territory) -> bool:
        """Whether meetings were held after the day of what a deadline comes after."""
        met = self.met.get((territory.municipality_id, year))
        first = rules.find_occurrence(self.roadmap, deadline.after, year)
        return met is not None and (first is None or territory.day_of(met.starts_at) > first.due)

    def _met_since_sent(self, year: int, territory: Territory) -> bool:
        """Whether meetings came into the numbers that the report as it was sent does not hold."""
        key = territory.municipality_id, year
        met, sent = self.met.get(key), self.sent.get(key)
        if met is None or sent is None or sent.returned:
            return False
        return sent.sent_at < met.counted_at

    def _state(
        self, deadline: Deadline, territory: Territory, mark: Mark | None, days_left: int
    ) -> DeadlineState:
        if mark is not None:
            return DeadlineState.DONE
        if all(each.revoked for each in self._held(deadline, territory)):
            return DeadlineState.NOBODY
        return DeadlineState.LATE if days_left < 0 else DeadlineState.OPEN

    def _held(self, deadline: Deadline, territory: Territory) -> list[HeldRole]:
        there = self.roles.get(territory.municipality_id, ())
        return [held for held in there if held.role in deadline.roles]

    def _is_in_sight(self, facts: DeadlineFacts) -> bool:
        if facts.mark is not None:
            return -facts.days_left <= rules.STAYS_IN_SIGHT.days
        today = facts.territory.day_of(self.now)
        return rules.is_still_asked(facts.deadline, facts.due, today)

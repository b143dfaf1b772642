"""A year's form as it is kept in a version of the report, and what has changed since."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.appendix2 import FORM, Appendix2, Words, form_values
from bot.services.counted import MeetingsCount, PeopleCount
from bot.services.report_counting import FormFacts
from bot.services.signatures import SignatureFacts
from bot.vocabulary import Audience, Category


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of the form, by its printed number, with what it said and what it says now."""

    number: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What two forms of a year say differently.

    Attributes:
        rows: whose number changed, in the form's order.
        organisations, photo_links, proposals: whether these words did (2.11., 3. and 4.).
    """

    rows: tuple[ChangedRow, ...]
    organisations: bool
    photo_links: bool
    proposals: bool

    def __bool__(self) -> bool:
        return bool(self.rows or self.organisations or self.photo_links or self.proposals)


def to_stored(form: FormFacts) -> dict[str, Any]:
    """Return the form as JSON; `from_stored` reads it."""
    return {
        "name": form.name,
        "genitive": form.genitive,
        "year": form.year,
        "meetings": _by_name(form.meetings.by_audience),
        "meetings_outside_form": form.meetings.outside_form,
        "people": _by_name(form.people.by_category),
        "people_at_other_meetings": form.people.at_other_meetings,
        "other_organisations": [list(each) for each in form.people.other_organisations],
        "photo_links": list(form.photo_links),
        "proposals": form.proposals,
        "proposals_for_region": form.proposals_for_region,
        "coordinator": asdict(form.coordinator) if form.coordinator else None,
        "curator": asdict(form.curator) if form.curator else None,
    }


def from_stored(facts: Mapping[str, Any]) -> FormFacts:
    """Return the form that `to_stored` made JSON of."""
    return FormFacts(
        name=facts["name"],
        genitive=facts["genitive"],
        year=facts["year"],
        meetings=MeetingsCount(
            {Audience(name): number for name, number in facts["meetings"].items()},
            facts["meetings_outside_form"],
        ),
        people=PeopleCount(
            {Category(name): number for name, number in facts["people"].items()},
            tuple((name, people) for name, people in facts["other_organisations"]),
            facts["people_at_other_meetings"],
        ),
        photo_links=tuple(facts["photo_links"]),
        proposals=facts["proposals"],
        proposals_for_region=facts["proposals_for_region"],
        coordinator=_signature(facts["coordinator"]),
        curator=_signature(facts["curator"]),
    )


def difference(before: FormFacts, now: FormFacts) -> Difference:
    """Return what `now` says otherwise than `before`; who signs makes none."""
    was, is_now = _numbers(before), _numbers(now)
    return Difference(
        rows=tuple(
            ChangedRow(number, was[number], is_now[number])
            for number in was
            if was[number] != is_now[number]
        ),
        organisations=sorted(before.people.other_organisations)
        != sorted(now.people.other_organisations),
        photo_links=before.photo_links != now.photo_links,
        proposals=(before.proposals, before.proposals_for_region)
        != (now.proposals, now.proposals_for_region),
    )


def _by_name(numbers: Mapping[Audience, int] | Mapping[Category, int]) -> dict[str, int]:
    return {key.value: number for key, number in numbers.items()}


def _signature(stored: dict[str, str] | None) -> SignatureFacts | None:
    return SignatureFacts(**stored) if stored else None


def _numbers(form: FormFacts) -> dict[str, int]:
    """Return the number of each row that has one, sums included."""
    counted = Appendix2(
        genitive=form.genitive,
        year=form.year,
        meetings=form.meetings.by_audience,
        people=form.people.by_category,
    )
    values = form_values(counted)
    return {
        row.number: int(values[row.number]) for row in FORM if not isinstance(row.counted, Words)
    }

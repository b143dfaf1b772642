"""A meeting without the bot as somebody tells of it, cleaned and checked before it is stored."""

from dataclasses import dataclass, replace
from datetime import date

from bot import rules
from bot.cleaning import clean_line
from bot.errors import InvalidInput
from bot.models import ORGANISATION_LENGTH, PLACE_LENGTH, TITLE_LENGTH
from bot.rules import SaidWalkIns
from bot.services.meeting_draft import clean_link
from bot.vocabulary import Audience, Category, Format, Mode


@dataclass(frozen=True, slots=True)
class HeldOutside:
    """A meeting that was held without the bot, as somebody tells of it.

    Attributes:
        place: where; empty where it was online.
        people: how many of whom came; organisations for row 2.11 alone.
        photo_link: empty without one.
    """

    municipality_id: int
    title: str
    day: date
    audience: Audience
    format: Format
    mode: Mode
    place: str
    people: tuple[SaidWalkIns, ...]
    photo_link: str = ""


def cleaned(told: HeldOutside) -> HeldOutside:
    """Return what was told with its texts cleaned, checked in all but whether its day has come.

    Raises:
        InvalidInput: something is missing, too long or out of bounds.
    """
    if told.day.year < rules.FIRST_YEAR:
        raise InvalidInput("input-past-day")
    if not told.people:
        raise InvalidInput("input-headcounts")
    online = told.mode is Mode.ONLINE
    if not online and not told.place:
        raise InvalidInput("input-outside-place")
    return replace(
        told,
        title=clean_line(told.title, TITLE_LENGTH),
        place="" if online else clean_line(told.place, PLACE_LENGTH),
        people=tuple(_cleaned_line(each) for each in told.people),
        photo_link=clean_link(told.photo_link, otherwise="input-photos") if told.photo_link else "",
    )


def _cleaned_line(said: SaidWalkIns) -> SaidWalkIns:
    if not 1 <= said.people <= rules.MOST_SEATS:
        raise InvalidInput("input-headcounts")
    named = said.category is Category.OTHER
    return replace(
        said, organisation=clean_line(said.organisation, ORGANISATION_LENGTH) if named else ""
    )

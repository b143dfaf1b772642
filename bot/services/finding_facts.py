"""What looks like a gap in a year's report, as facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.vocabulary import MeetingStatus


class FindingKind(StrEnum):
    """What looks like a gap, in the order in which one sees to it."""

    UNCONFIRMED = "unconfirmed"  # over, without «Состоялась»
    NOBODY = "nobody"  # held, with nobody marked
    GROUPS = "groups"  # lines of groups without a number
    FEEDBACK = "feedback"  # more answers than people
    DUPLICATES = "duplicates"  # the same title, place and day
    PHOTOS = "photos"  # held without a link to photos, and no folder of the year
    PROPOSALS = "proposals"  # row 4 is empty


ANSWERABLE = frozenset(
    {FindingKind.NOBODY, FindingKind.FEEDBACK, FindingKind.DUPLICATES, FindingKind.PHOTOS}
)
"""What may be right as it is, so that somebody can say why; the others are mended."""


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting of the form that is over, with what its findings are decided by.

    Attributes:
        people: how many came.
        answers: how many said how it was.
        groups: lines of groups that nobody has counted.
    """

    id: int
    title: str
    place: str
    starts_at: datetime
    status: MeetingStatus
    photo_link: str
    people: int
    answers: int
    groups: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap.

    Attributes:
        meetings: none for the proposals, two for a duplicate.
        answer: why it is none; empty while nobody said so.
    """

    kind: FindingKind
    meetings: tuple[FoundMeeting, ...] = ()
    answer: str = ""

    @property
    def key(self) -> str:
        """What an answer to it is stored by: «photos:12», «duplicates:12:14»."""
        return ":".join([self.kind.value, *(str(each.id) for each in self.meetings)])

    @property
    def number(self) -> int:
        """How many it stands for: lines of groups, else one."""
        is_groups = self.kind is FindingKind.GROUPS
        return sum(each.groups for each in self.meetings) if is_groups else 1


@dataclass(frozen=True, slots=True)
class YearFindings:
    """The findings of a municipality's year.

    Attributes:
        open: what stands in the way.
        answered: what somebody said is right as it is.
        has_photos: whether any meeting held has a link to photos, or is said to need none.
    """

    open: tuple[Finding, ...]
    answered: tuple[Finding, ...]
    has_photos: bool

    def of_kind(self, kind: FindingKind) -> tuple[Finding, ...]:
        """Return the open ones of a kind."""
        return tuple(each for each in self.open if each.kind is kind)

    def count(self, kind: FindingKind) -> int:
        """Return how many stand open of a kind."""
        return sum(each.number for each in self.of_kind(kind))

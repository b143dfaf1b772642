"""The region's roadmap: its deadlines as data, read and checked as a whole.

`bot/data/krasnoyarsk-krai-deadlines.toml` explains the fields.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.data_files import Entry, Slug, first_repeated, read_data_file
from bot.errors import StartupError
from bot.rules import SIGNING_ROLES
from bot.rules.deadlines import USUAL_NUDGES, Deadline, check_rule
from bot.vocabulary import REGIONAL_ROLES, DoneWhen, Role


def _known_rule(rule: str) -> str:
    check_rule(rule)
    return rule


Code = Annotated[Slug, Field(max_length=32)]  # it has room in the data of a button
DeadlineName = Annotated[str, Field(min_length=1, max_length=40)]


class DeadlineEntry(Entry):
    """A table `[[deadline]]`."""

    code: Code
    ru: DeadlineName
    en: DeadlineName
    rrule: Annotated[str, AfterValidator(_known_rule)]
    year: Literal["same", "before"] = "same"
    level: Literal["municipality", "region"]
    roles: Annotated[list[Role], Field(min_length=1)]
    done: DoneWhen
    after: Code | None = None
    nudges: tuple[Annotated[int, Field(ge=0, le=180)], ...] = USUAL_NUDGES
    source: str = ""
    source_en: str = ""

    @model_validator(mode="after")
    def _level_agrees(self) -> "DeadlineEntry":
        there = REGIONAL_ROLES if self.level == "region" else SIGNING_ROLES - REGIONAL_ROLES
        if strange := [role.value for role in self.roles if role not in there]:
            message = f"roles: {strange[0]} makes no report of a {self.level}"
            raise ValueError(message)
        if self.level == "region" and (self.done is not DoneWhen.MARKED or self.after):
            message = "a deadline of the region is done when marked, and is owed in any case"
            raise ValueError(message)
        return self


class DeadlinesFile(Entry):
    """The whole file."""

    deadline: tuple[DeadlineEntry, ...] = ()


def read_deadlines_file(path: Path) -> tuple[Deadline, ...]:
    """Read and check a region's deadlines, in the order in which the file has them.

    Raises:
        StartupError: it cannot be read, or an entry is wrong; one line with the file and the entry.
    """
    entries = read_data_file(path, DeadlinesFile).deadline
    codes = [entry.code for entry in entries]
    if (twice := first_repeated(codes)) is not None:
        raise StartupError(f"{path}: deadline {twice}: this code stands there twice")
    for entry in entries:
        if entry.after is not None and entry.after not in {*codes} - {entry.code}:
            raise StartupError(
                f"{path}: deadline {entry.code}, after: {entry.after} is no other deadline"
            )
    return tuple(map(_deadline, entries))


def _deadline(entry: DeadlineEntry) -> Deadline:
    return Deadline(
        code=entry.code,
        name_ru=entry.ru,
        name_en=entry.en,
        rule=entry.rrule,
        roles=frozenset(entry.roles),
        done_when=entry.done,
        about_year_before=entry.year == "before",
        is_regional=entry.level == "region",
        after=entry.after or "",
        nudges=entry.nudges,
        source_ru=entry.source,
        source_en=entry.source_en or entry.source,
    )

"""The region's data file: read and checked as a whole before any of it is stored.

`bot/data/krasnoyarsk-krai.toml` explains the fields.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.data_files import Entry, Slug, first_repeated, read_data_file
from bot.errors import StartupError
from bot.models import NAME_LENGTH
from bot.vocabulary import Category, MunicipalityKind
from bot.zones import Zone

# The answer to a question decides between several categories.
BY_ANSWER = frozenset({"pupil", "employer"})
_OCCUPATION_CATEGORIES = {category.value for category in Category if not category.is_pupil}


def _known_category(name: str) -> str:
    if name not in _OCCUPATION_CATEGORIES | BY_ANSWER:
        message = "is neither a category, nor 'pupil', nor 'employer'"
        raise ValueError(message)
    return name


Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]


class RegionEntry(Entry):
    """The table `[region]`."""

    code: Slug
    name: Name
    en: Name | None = None
    genitive: Name
    timezone: Zone


class MunicipalityEntry(Entry):
    """A table `[[municipality]]`; without a time zone of its own it keeps the region's."""

    code: Slug
    name: Name
    kind: MunicipalityKind
    genitive: Name
    timezone: Zone | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    merged_into: Slug | None = None

    @model_validator(mode="after")
    def _dates_agree(self) -> "MunicipalityEntry":
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            message = "valid_from must be before valid_until"
            raise ValueError(message)
        if self.merged_into and not self.valid_until:
            message = "merged_into needs valid_until"
            raise ValueError(message)
        return self


class OccupationEntry(Entry):
    """A table `[[occupation]]`, in the order of the buttons."""

    code: Slug
    ru: Annotated[str, Field(min_length=1, max_length=25)]
    en: Annotated[str, Field(min_length=1, max_length=25)]
    category: Annotated[str, AfterValidator(_known_category)]
    asks: list[Literal["grade", "position", "organisation"]]


class RegionFile(Entry):
    """The whole file."""

    region: RegionEntry
    municipality: list[MunicipalityEntry] = Field(default_factory=list)
    occupation: list[OccupationEntry] = Field(default_factory=list)


def read_region_file(path: Path) -> RegionFile:
    """Read and check a region's data file.

    Raises:
        StartupError: it cannot be read, or an entry is wrong; one line with the file and the entry.
    """
    found = read_data_file(path, RegionFile)
    for kind, field, values in (
        ("municipality", "code", [entry.code for entry in found.municipality]),
        ("municipality", "name", [entry.name for entry in found.municipality]),
        ("occupation", "code", [entry.code for entry in found.occupation]),
    ):
        if (twice := first_repeated(values)) is not None:
            raise StartupError(f"{path}: {kind} {twice}: this {field} stands there twice")
    return found

"""The region's data file: read and checked as a whole before any of it is stored.

`bot/data/krasnoyarsk-krai.toml` explains the fields.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

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


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RegionEntry(_Entry):
    """The table `[region]`."""

    code: Slug
    name: Name
    en: Name | None = None
    genitive: Name
    timezone: Zone


class MunicipalityEntry(_Entry):
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


class OccupationEntry(_Entry):
    """A table `[[occupation]]`, in the order of the buttons."""

    code: Slug
    ru: Annotated[str, Field(min_length=1, max_length=25)]
    en: Annotated[str, Field(min_length=1, max_length=25)]
    category: Annotated[str, AfterValidator(_known_category)]
    asks: list[Literal["grade", "position", "organisation"]]


class RegionFile(_Entry):
    """The whole file."""

    region: RegionEntry
    municipality: list[MunicipalityEntry] = []
    occupation: list[OccupationEntry] = []


def read_region_file(path: Path) -> RegionFile:
    """Read and check a region's data file.

    Raises:
        StartupError: it cannot be read, or an entry is wrong; one line with the file and the entry.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found = RegionFile.model_validate(data)
    except OSError as error:
        raise StartupError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StartupError(f"{path}: no TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        problem = first["msg"].removeprefix("Value error, ")
        raise StartupError(f"{path}: {_where(data, first['loc'])}: {problem}") from None
    for kind, field, values in (
        ("municipality", "code", [entry.code for entry in found.municipality]),
        ("municipality", "name", [entry.name for entry in found.municipality]),
        ("occupation", "code", [entry.code for entry in found.occupation]),
    ):
        if (twice := _first_repeated(values)) is not None:
            raise StartupError(f"{path}: {kind} {twice}: this {field} stands there twice")
    return found


def _where(data: dict[str, Any], location: tuple[int | str, ...]) -> str:
    """Name an entry by its code where it has one: «municipality achinsk, kind»."""
    if len(location) > 1 and isinstance(location[1], int):
        table, _, *rest = location
        entry = data[str(table)][location[1]]
        code = entry.get("code") if isinstance(entry, dict) else None
        parts = [f"{table} {code or f'no. {location[1] + 1}'}", *map(str, rest)]
    else:
        parts = [str(part) for part in location]
    return ", ".join(parts) or "the file"


def _first_repeated(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None

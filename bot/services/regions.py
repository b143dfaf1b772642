"""The region as data: loading its file, finding a municipality by its first letters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.errors import StartupError
from bot.models import Municipality, Occupation, Region
from bot.region_file import (
    BY_ANSWER,
    MunicipalityEntry,
    OccupationEntry,
    RegionEntry,
    RegionFile,
    read_region_file,
)
from bot.rules import existed
from bot.services.core import Core
from bot.services.territories import read_municipality
from bot.vocabulary import Category, MunicipalityKind

_NOT_LETTERS = re.compile(r"[^\w]+")
# What people put before a name that is stored without it: «г. Ачинск».
_BEFORE_A_NAME = re.compile(r"^(г|город|п|пос|поселок)\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries of a data file are stored now."""

    municipalities: int
    occupations: int


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """A municipality as screens and reports need it."""

    id: int
    name: str
    kind: MunicipalityKind
    genitive: str
    timezone: str


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """The region that this installation serves, as texts name it: English, Russian genitive."""

    name_en: str
    genitive: str


@dataclass(frozen=True, slots=True)
class Places:
    """Municipalities to choose from; `by_letters` where they are found by typing."""

    by_letters: bool
    found: tuple[MunicipalityFacts, ...]


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """How people say who they are; `category` is None where the answer to `asks` decides it."""

    code: str
    name_ru: str
    name_en: str
    category: Category | None
    asks: tuple[str, ...]


async def load_region(core: Core, path: Path) -> Loaded:
    """Store what a region's data file says: new entries are added, known ones (by code) updated.

    Nothing is ever deleted: a municipality that is no more has a `valid_until`. Loading the same
    file again changes nothing.

    Args:
        core: what every use case is given.
        path: the TOML file; `merged_into` may name a municipality of it or a stored one.

    Raises:
        StartupError: the file is wrong or is of another region; nothing of it is stored.
    """
    file = read_region_file(path)
    async with core.db.write() as session:
        region_id = await _store_region(session, path, file.region)
        await _store_municipalities(session, path, file, region_id)
        await _store_occupations(session, file.occupation)
    return Loaded(len(file.municipality), len(file.occupation))


async def load_region_once(core: Core, path: Path) -> Loaded | None:
    """Load the data file at the first start; None when a region is stored already.

    Raises:
        StartupError: as `load_region`.
    """
    async with core.db.read() as session:
        if await session.scalar(select(Region.id).limit(1)) is not None:
            return None
    return await load_region(core, path)


async def get_municipality(core: Core, municipality_id: int) -> MunicipalityFacts:
    """Return a municipality.

    Raises:
        NotFound: there is none with this id.
    """
    async with core.db.read() as session:
        stored = await read_municipality(session, municipality_id)
    return facts_of(stored)


async def get_region(core: Core) -> RegionFacts:
    """Return the region of this installation."""
    async with core.db.read() as session:
        region = (await session.scalars(select(Region))).one()
        return RegionFacts(region.name_en, region.genitive)


async def search_municipalities(
    core: Core, letters: str, on: date, limit: int = 8, *, since: date | None = None
) -> tuple[MunicipalityFacts, ...]:
    """Return the municipalities whose name, or a word of it, begins with what was typed.

    Letter case, ё, hyphens and «г.» make no difference. The matching is done here and not in the
    database, since SQLite knows the case of Latin letters only.

    Args:
        core: what every use case is given.
        letters: what was typed; nothing readable finds nothing.
        on: the day on which they must exist.
        limit: how many at most; those whose name itself begins so come first.
        since: also those that existed on some day from this one to `on`.
    """
    typed = _BEFORE_A_NAME.sub("", _plain(letters))
    if not typed:
        return ()
    async with core.db.read() as session:
        stored = await municipalities_between(session, since or on, on)
    matches = [
        (not _plain(one.name).startswith(typed), facts_of(one))
        for one in stored
        if f" {typed}" in f" {_plain(one.name)}"
    ]
    matches.sort(key=lambda match: match[0])
    return tuple(facts for _, facts in matches[:limit])


async def find_by_whole_name(core: Core, typed: str, on: date) -> MunicipalityFacts | None:
    """Return the municipality whose whole name was typed, unless another name begins so too.

    Args:
        core: what every use case is given.
        typed: what was typed, as `search_municipalities` understands it.
        on: the day on which it must exist.
    """
    found = await search_municipalities(core, typed, on, limit=2)
    whole = _BEFORE_A_NAME.sub("", _plain(typed))
    return found[0] if len(found) == 1 and _plain(found[0].name) == whole else None


async def list_occupations(core: Core) -> tuple[OccupationFacts, ...]:
    """Return how people say who they are, in the order of the buttons."""
    async with core.db.read() as session:
        stored = await session.scalars(select(Occupation).order_by(Occupation.position))
        return tuple(
            OccupationFacts(one.code, one.name_ru, one.name_en, one.category, tuple(one.asks))
            for one in stored
        )


def facts_of(municipality: Municipality) -> MunicipalityFacts:
    """Return a stored municipality as facts that outlive the transaction."""
    return MunicipalityFacts(
        municipality.id,
        municipality.name,
        municipality.kind,
        municipality.genitive,
        municipality.timezone,
    )


async def municipalities_between(
    session: AsyncSession, first: date, last: date
) -> list[Municipality]:
    """Return the municipalities that existed on some day from `first` to `last`, by name."""
    stored = await session.scalars(select(Municipality))
    return sorted(
        (one for one in stored if existed(one.valid_from, one.valid_until, first, last)),
        key=lambda one: _plain(one.name),
    )


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", fold(text)).strip()


async def _store_region(session: AsyncSession, path: Path, entry: RegionEntry) -> int:
    region = await session.scalar(select(Region).with_for_update())
    if region is None:
        region = Region(code=entry.code)
        session.add(region)
    elif region.code != entry.code:
        raise StartupError(f"{path}: region {entry.code}: this database is of {region.code}")
    region.name, region.name_en = entry.name, entry.en or entry.name
    region.genitive, region.timezone = entry.genitive, entry.timezone
    await session.flush()
    return region.id


async def _store_municipalities(
    session: AsyncSession, path: Path, file: RegionFile, region_id: int
) -> None:
    stored = {one.code: one for one in await session.scalars(select(Municipality))}
    _check_against_stored(path, file.municipality, stored)
    for entry in file.municipality:
        if entry.code not in stored:
            stored[entry.code] = Municipality(code=entry.code)
            session.add(stored[entry.code])
        one = stored[entry.code]
        one.region_id = region_id
        one.name, one.kind, one.genitive = entry.name, entry.kind, entry.genitive
        one.timezone = entry.timezone or file.region.timezone
        one.valid_from, one.valid_until = entry.valid_from, entry.valid_until
        one.merged_into_id = None
    await session.flush()  # every municipality has an id now, whichever stands first in the file
    for entry in file.municipality:
        if entry.merged_into is not None:
            stored[entry.code].merged_into_id = stored[entry.merged_into].id


def _check_against_stored(
    path: Path, entries: Iterable[MunicipalityEntry], stored: dict[str, Municipality]
) -> None:
    codes = {entry.code for entry in entries}
    names = {one.name: one.code for one in stored.values() if one.code not in codes}
    for entry in entries:
        if entry.name in names:
            raise StartupError(
                f"{path}: municipality {entry.code}: {names[entry.name]} has this name already"
            )
        if entry.merged_into is not None and (
            entry.merged_into == entry.code or entry.merged_into not in codes | stored.keys()
        ):
            raise StartupError(
                f"{path}: municipality {entry.code}, merged_into: "
                f"{entry.merged_into} is no other municipality"
            )


async def _store_occupations(session: AsyncSession, entries: list[OccupationEntry]) -> None:
    stored = {one.code: one for one in await session.scalars(select(Occupation))}
    for position, entry in enumerate(entries, start=1):
        if entry.code not in stored:
            stored[entry.code] = Occupation(code=entry.code)
            session.add(stored[entry.code])
        one = stored[entry.code]
        one.position, one.name_ru, one.name_en = position, entry.ru, entry.en
        one.category = None if entry.category in BY_ANSWER else Category(entry.category)
        one.asks = list(entry.asks)

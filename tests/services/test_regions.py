"""The region file: loaded, loaded again, extended; municipalities found by their first letters."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import bot
from bot.errors import NotFound, StartupError
from bot.models import Municipality
from bot.services import regions
from bot.services.core import Core
from bot.vocabulary import Category

KRAI = Path(bot.__file__).parent / "data" / "krasnoyarsk-krai.toml"
TODAY = date(2026, 3, 2)
SMALL = """
[region]
code = "krai"
name = "Край"
genitive = "Края"
timezone = "Asia/Krasnoyarsk"

[[occupation]]
code = "pupil"
ru = "Ученик"
en = "Student"
category = "pupil"
asks = ["grade"]

[[occupation]]
code = "parent"
ru = "Родитель"
en = "Parent"
category = "parent"
asks = []

[[municipality]]
code = "old"
name = "Старый район"
kind = "municipal_district"
genitive = "Старого района"
valid_until = 2025-05-01
merged_into = "new"

[[municipality]]
code = "new"
name = "Новый округ"
kind = "municipal_okrug"
genitive = "Нового округа"
timezone = "Asia/Omsk"
valid_from = 2025-05-01
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a region file and returns its path."""

    def write_text(text: str) -> Path:
        path = tmp_path / "region.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_text


async def _all(core: Core, year: int) -> tuple[regions.MunicipalityFacts, ...]:
    """The municipalities that existed on some day of a year, by name."""
    async with core.db.read() as session:
        found = await regions.municipalities_between(session, date(year, 1, 1), date(year, 12, 31))
    return tuple(regions.facts_of(stored) for stored in found)


async def _names(core: Core, letters: str, on: date = TODAY) -> list[str]:
    return [place.name for place in await regions.search_municipalities(core, letters, on)]


async def test_krasnoyarsk_krai_loads_twice_into_the_same(core: Core) -> None:
    first = await regions.load_region(core, KRAI)
    before = await _all(core, 2026)
    assert await regions.load_region(core, KRAI) == first
    assert (first.municipalities, len(before)) == (61, 61)
    assert await _all(core, 2026) == before
    occupations = await regions.list_occupations(core)
    assert [each.code for each in occupations[:3]] == ["pupil", "parent", "teacher"]
    assert (occupations[0].category, occupations[0].asks) == (None, ("grade",))
    assert occupations[1].category is Category.PARENT


async def test_only_the_first_start_loads_the_region(core: Core, write: Write) -> None:
    assert await regions.load_region_once(core, write(SMALL)) == regions.Loaded(2, 2)
    assert await regions.load_region_once(core, write(SMALL.replace("Старый", "Новый"))) is None
    assert await _names(core, "стар", date(2025, 1, 1)) == ["Старый район"]


async def test_first_letters_find_a_municipality(core: Core) -> None:
    await regions.load_region(core, KRAI)
    assert await _names(core, "ачин") == ["Ачинск", "Ачинский район"]
    assert await _names(core, "АЧИНСКИЙ Р") == ["Ачинский район"]
    assert await _names(core, "шары") == ["Шарыпово", "Шарыповский муниципальный округ"]
    assert await _names(core, "г. Ачинск") == ["Ачинск", "Ачинский район"]
    # Any word of a name, and those whose own first letters fit come first.
    assert await _names(core, "енисей") == [
        "Енисейск",
        "Енисейский район",
        "Северо-Енисейский район",
    ]
    assert await _names(core, "северо енис") == ["Северо-Енисейский район"]
    assert await _names(core, "долгано") == ["Таймырский Долгано-Ненецкий район"]
    assert await _names(core, "березов") == await _names(core, "Берёзов") == ["Берёзовский район"]
    assert await _names(core, "чинск") == []
    for nothing in ("", "  ", "?!", "%", "_"):
        assert await _names(core, nothing) == []
    assert len(await _names(core, "р")) == 8


async def test_a_merger_is_seen_by_day_and_by_year(core: Core, write: Write) -> None:
    await regions.load_region(core, write(SMALL))
    assert await _names(core, "о", date(2025, 4, 30)) == []
    assert await _names(core, "р", date(2025, 4, 30)) == ["Старый район"]
    assert await _names(core, "р", date(2025, 5, 1)) == []
    assert await _names(core, "о", date(2025, 5, 1)) == ["Новый округ"]
    since = await regions.search_municipalities(core, "р", TODAY, since=date(2025, 1, 1))
    assert [place.name for place in since] == ["Старый район"]
    years = {year: [place.name for place in await _all(core, year)] for year in (2024, 2025, 2026)}
    assert years == {
        2024: ["Старый район"],
        2025: ["Новый округ", "Старый район"],
        2026: ["Новый округ"],
    }
    async with core.db.read() as session:
        old = await session.scalar(select(Municipality).where(Municipality.code == "old"))
        new = await session.scalar(select(Municipality).where(Municipality.code == "new"))
    assert old is not None
    assert new is not None
    assert old.merged_into_id == new.id
    assert (old.timezone, new.timezone) == ("Asia/Krasnoyarsk", "Asia/Omsk")


async def test_a_file_extends_the_region_and_deletes_nothing(core: Core, write: Write) -> None:
    await regions.load_region(core, write(SMALL))
    head, _, _ = SMALL.partition("[[occupation]]")
    await regions.load_region(
        core,
        write(
            head
            + '[[municipality]]\ncode = "new"\nname = "Новейший округ"\nkind = "municipal_okrug"\n'
            + 'genitive = "Новейшего округа"\nvalid_until = 2026-01-01\nmerged_into = "old"\n'
        ),
    )
    assert await _names(core, "новейш", date(2025, 6, 1)) == ["Новейший округ"]
    assert await _names(core, "стар", date(2025, 1, 1)) == ["Старый район"]
    assert len(await regions.list_occupations(core)) == 2


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("municipal_okrug", "okrug", "municipality new, kind: Input should be 'city_okrug'"),
        ('name = "Новый округ"', 'nam = "Новый"', "municipality new, name: Field required"),
        ('code = "new"\n', "", "municipality no. 2, code: Field required"),
        ('"parent"\nasks', '"parents"\nasks', "occupation parent, category: is neither a category"),
        ('"Asia/Omsk"', '"Asia/Atlantis"', "municipality new, timezone: is no time zone"),
        ('"Asia/Krasnoyarsk"', '"Mars"', "region, timezone: is no time zone"),
        ('code = "new"', 'code = "old"', "municipality old: this code stands there twice"),
        ('"Новый округ"', '"Старый район"', "Старый район: this name stands there twice"),
        ('merged_into = "new"', 'merged_into = "x"', "merged_into: x is no other municipality"),
        ("valid_until = 2025-05-01\n", "", "municipality old: merged_into needs valid_until"),
        ('["grade"]', '["age"]', "occupation pupil, asks, 0: Input should be 'grade'"),
        ("[region]", "[regions]", "region: Field required"),
        ("[region]", "[region", "no TOML"),
    ],
)
async def test_a_wrong_file_is_refused_in_one_line_and_whole(
    core: Core, write: Write, wrong: str, right: str, says: str
) -> None:
    assert wrong in SMALL
    path = write(SMALL.replace(wrong, right, 1))
    with pytest.raises(StartupError) as refused:
        await regions.load_region(core, path)
    assert str(refused.value).startswith(f"{path}: ")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert await _all(core, 2025) == ()


async def test_another_region_and_a_taken_name_are_refused(core: Core, write: Write) -> None:
    await regions.load_region(core, write(SMALL))
    with pytest.raises(StartupError, match="this database is of krai"):
        await regions.load_region(core, KRAI)
    renamed = SMALL.replace('"old"', '"older"').replace('merged_into = "new"\n', "")
    with pytest.raises(StartupError, match="municipality older: old has this name already"):
        await regions.load_region(core, write(renamed))
    with pytest.raises(StartupError, match="No such file"):
        await regions.load_region(core, KRAI.with_name("nowhere.toml"))


async def test_an_unknown_municipality(core: Core) -> None:
    with pytest.raises(NotFound):
        await regions.get_municipality(core, 404)

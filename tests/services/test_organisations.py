"""Row 2.11: names that are one organisation by somebody's decision, remembered and taken back."""

import asyncio
from typing import Any

import pytest

from bot.errors import Forbidden, NotFound, Refused
from bot.models import AuditEntry, Headcount, OrganisationName
from bot.rules import find_alike
from bot.services import organisations, reports
from bot.services.core import Account, Core
from bot.services.organisation_names import key_of
from bot.vocabulary import Category, ReportSource, Role
from tests.bot.story import size_of, stored
from tests.services.factory import give_role, make_held_meeting, make_person, make_region

CURATOR, COORDINATOR, REGIONAL, OTHER = (Account(each) for each in range(2, 6))
SCHOOL, LONG_SCHOOL, FIFTEEN = "Школа № 5", "МБОУ «Средняя школа №5»", "Школа № 15"


@pytest.fixture
async def achinsk(core: Core) -> int:
    places = await make_region(core)
    achinsk = places["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, achinsk)
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, OTHER.id, Role.CURATOR, places["kansk"])
    await make_person(core, 6)
    came: dict[Category | str, int] = {SCHOOL: 4, LONG_SCHOOL: 2, FIFTEEN: 3, "Газета": 1, "": 5}
    await make_held_meeting(core, achinsk, {**came, Category.PARENT: 9})
    return achinsk


async def listed(core: Core, place: int) -> dict[str, int]:
    """Row 2.11 as the report has it."""
    report = await reports.appendix2(core, CURATOR, 2026, place)
    assert report.people.by_category[Category.OTHER] == sum(
        people for _, people in report.people.other_organisations
    )
    return dict(report.people.other_organisations)


async def merge(core: Core, place: int, gone: str, stays: str) -> None:
    await organisations.merge_names(
        core, CURATOR, place, 2026, gone=key_of(gone), stays=key_of(stays)
    )


async def split(core: Core, place: int, name: str) -> None:
    await organisations.split_name(core, CURATOR, place, 2026, name=key_of(name))


async def alike(core: Core, place: int) -> list[tuple[str, str]]:
    found = await organisations.get_organisations(core, CURATOR, place, 2026)
    return [(one.name, other.name) for one, other in found.alike]


async def test_likely_names_are_suggested_and_one_decision_counts_them_together(
    core: Core, achinsk: int
) -> None:
    before = await listed(core, achinsk)
    assert before == {SCHOOL: 4, FIFTEEN: 3, LONG_SCHOOL: 2, "Газета": 1, "": 5}
    assert await alike(core, achinsk) == [(SCHOOL, LONG_SCHOOL)]
    await merge(core, achinsk, LONG_SCHOOL, SCHOOL)
    await merge(core, achinsk, LONG_SCHOOL, SCHOOL)  # a second tap
    assert await listed(core, achinsk) == {SCHOOL: 6, FIFTEEN: 3, "Газета": 1, "": 5}
    assert await alike(core, achinsk) == []
    found = await organisations.get_organisations(core, CURATOR, achinsk, 2026)
    assert found.place == "Ачинск"
    assert (found.listed[0].people, found.listed[0].merged) == (6, (LONG_SCHOOL,))
    assert found.unnamed == 5
    # The headcounts themselves are what they were.
    assert {row.organisation for row in await stored(core, Headcount)} == set(before)
    await split(core, achinsk, LONG_SCHOOL)
    await split(core, achinsk, LONG_SCHOOL)
    assert await listed(core, achinsk) == before
    deeds = [entry.action for entry in await stored(core, AuditEntry)]
    assert deeds == ["report.merge", "report.split"]


async def test_a_later_meeting_with_the_old_spelling_is_counted_as_decided(
    core: Core, achinsk: int
) -> None:
    await merge(core, achinsk, SCHOOL, LONG_SCHOOL)
    await make_held_meeting(core, achinsk, {"ШКОЛА  № 5": 10, "Музей": 1})
    assert (await listed(core, achinsk))[LONG_SCHOOL] == 16
    region = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.DRAFTS)
    own = next(each for each in region.municipalities if each.name == "Ачинск")
    assert dict(own.people.other_organisations) == await listed(core, achinsk)


async def test_there_are_no_chains(core: Core, achinsk: int) -> None:
    await merge(core, achinsk, FIFTEEN, "Газета")
    await merge(core, achinsk, "Газета", SCHOOL)
    await merge(core, achinsk, SCHOOL, LONG_SCHOOL)
    assert await listed(core, achinsk) == {LONG_SCHOOL: 10, "": 5}
    rows = await stored(core, OrganisationName)
    assert {row.name: row.counted_as for row in rows} == dict.fromkeys(
        (FIFTEEN, "Газета", SCHOOL), LONG_SCHOOL
    )
    # Against what was decided: both are one already, whoever is named first.
    await merge(core, achinsk, LONG_SCHOOL, FIFTEEN)
    assert await listed(core, achinsk) == {LONG_SCHOOL: 10, "": 5}
    await split(core, achinsk, "Газета")
    assert await listed(core, achinsk) == {LONG_SCHOOL: 9, "Газета": 1, "": 5}


async def test_different_ones_are_not_asked_about_again(core: Core, achinsk: int) -> None:
    pair = {"one": key_of(LONG_SCHOOL), "other": key_of(SCHOOL)}
    await organisations.keep_apart(core, CURATOR, achinsk, 2026, **pair)
    await organisations.keep_apart(core, COORDINATOR, achinsk, 2026, **pair)
    assert await alike(core, achinsk) == []
    assert [entry.action for entry in await stored(core, AuditEntry)] == ["report.apart"]
    # A person may change their mind by hand, and a third name is another question.
    await make_held_meeting(core, achinsk, {"Школа 5": 1})
    assert await alike(core, achinsk) == [(SCHOOL, "Школа 5"), (LONG_SCHOOL, "Школа 5")]
    await merge(core, achinsk, LONG_SCHOOL, SCHOOL)
    assert (await listed(core, achinsk))[SCHOOL] == 6


async def test_two_who_decide_at_once_make_no_circle(core: Core, achinsk: int) -> None:
    ways = [(SCHOOL, LONG_SCHOOL), (LONG_SCHOOL, SCHOOL), (FIFTEEN, SCHOOL), (SCHOOL, FIFTEEN)]
    await asyncio.gather(*(merge(core, achinsk, *way) for way in ways))
    assert await size_of(core, OrganisationName) == 2
    assert sorted((await listed(core, achinsk)).values()) == [1, 5, 9]
    named = {row.name for row in await stored(core, OrganisationName)}
    assert not named & {row.counted_as for row in await stored(core, OrganisationName)}


async def test_only_those_who_write_the_report_decide(core: Core, achinsk: int) -> None:
    one, other = key_of(SCHOOL), key_of(LONG_SCHOOL)

    def deeds(account: Account, year: int = 2026, key: str = one) -> list[Any]:
        where = core, account, achinsk, year
        return [
            organisations.merge_names(*where, gone=key, stays=other),
            organisations.keep_apart(*where, one=key, other=other),
            organisations.split_name(*where, name=key),
            organisations.get_organisations(*where),
        ]

    for account in (OTHER, REGIONAL, Account(6), Account(99), Account(1)):
        for deed in deeds(account):
            with pytest.raises(Forbidden):
                await deed
    for deed in deeds(CURATOR, year=2027):
        with pytest.raises(Refused):
            await deed
    merging, keeping, splitting, reading = deeds(CURATOR, key="forged")
    for deed in (merging, keeping):
        with pytest.raises(NotFound):
            await deed
    await splitting
    await reading
    assert await size_of(core, OrganisationName) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ООО «Мост»", "мост", True),
        ("МБОУ СОШ № 5", "Школа №5", True),
        ("Школа № 5", "Школа № 15", False),
        ("Школа № 5", "Лицей № 5", False),
        ("Школа № 5", "Школа", False),
        ("Администрация города", "Администрация города Ачинска", True),
        ("Газета «Причулымье»", "Причулымье", True),
        ("Газета Причулимье", "газета причулымье", True),
        ("Завод", "Музей", False),
        ("ООО", "АО", False),
        ("Ачинский колледж", "Колледж ачинский", True),
        ("№ 5", "5", False),
    ],
)
def test_what_is_alike(one: str, other: str, same: bool) -> None:
    assert bool(find_alike([one, other])) is same

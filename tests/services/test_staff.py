"""Roles: given by links that work once, taken back, and the names that sign the report."""

import asyncio
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.errors import ConsentRequired, Forbidden, InvalidInput, NotFound, Refused
from bot.models import AuditEntry, IncomingUpdate, Invitation, Person, StaffRole
from bot.rules import STAFF_CONSENT_VERSION, Grant
from bot.services import invitations, signatures, staff, upkeep
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.signatures import read_full_name, read_phone
from bot.vocabulary import MUNICIPAL_ROLES, Messenger, Role
from tests.services.factory import give_role, make_person, make_region

ADMIN = Account(1)
REGIONAL, COORDINATOR, CURATOR, ORGANISER, STRANGER = (Account(each) for each in range(2, 7))


@pytest.fixture
async def places(core: Core) -> dict[str, int]:
    """The region with its staff in Ачинск; account 6 is a participant."""
    places = await make_region(core)
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, places["achinsk"])
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, places["achinsk"])
    await make_person(core, STRANGER.id)
    return places


async def _grants(core: Core, account: Account) -> set[Grant]:
    async with core.db.read() as session:
        return set((await get_actor(session, core, account)).grants)


async def _audited(core: Core, action: str) -> int:
    async with core.db.read() as session:
        found = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
        return await session.scalar(found) or 0


async def _refusal(core: Core, account: Account, token: str) -> str:
    """Accept and peek must refuse alike."""
    with pytest.raises((Refused, NotFound)) as refused:
        await invitations.accept_invitation(core, account, token)
    with pytest.raises((Refused, NotFound)) as peeked:
        await invitations.peek_invitation(core, account, token)
    assert refused.value.key == peeked.value.key
    return refused.value.key


MAY_INVITE = {
    ADMIN: set(Role),
    REGIONAL: set(MUNICIPAL_ROLES),
    COORDINATOR: {Role.CURATOR, Role.ORGANISER},
    CURATOR: {Role.ORGANISER},
    ORGANISER: set(),
    STRANGER: set(),
    Account(99): set(),
}


@pytest.mark.parametrize(
    ("account", "may"), MAY_INVITE.items(), ids=[str(account.id) for account in MAY_INVITE]
)
async def test_everybody_invites_below_themselves_only(
    core: Core, places: dict[str, int], account: Account, may: set[Role]
) -> None:
    for role in Role:
        place = places["achinsk"] if role in MUNICIPAL_ROLES else None
        if role in may:
            assert len(await invitations.invite(core, account, role, place)) == 24
        else:
            with pytest.raises(Forbidden):
                await invitations.invite(core, account, role, place)
            with pytest.raises(Forbidden):
                await invitations.find_places_to_staff(core, account, role, "а")
        if account in {COORDINATOR, CURATOR} and place:  # another municipality
            with pytest.raises(Forbidden):
                await invitations.invite(core, account, role, places["achinsky"])
    if may:
        assert set(await invitations.list_roles_to_give(core, account)) == may
    else:
        with pytest.raises(Forbidden):
            await invitations.list_roles_to_give(core, account)
        with pytest.raises(Forbidden):
            await staff.list_staff(core, account, 8)
        with pytest.raises(Forbidden):
            await staff.count_staff(core, account)
    async with core.db.read() as session:
        assert await session.scalar(select(func.count(Invitation.id))) == len(may)
    assert await _audited(core, "role.invite") == len(may)


async def test_a_municipal_role_needs_a_municipality(core: Core, places: dict[str, int]) -> None:
    with pytest.raises(Forbidden):
        await invitations.invite(core, ADMIN, Role.CURATOR, None)
    with pytest.raises(Forbidden):
        await invitations.invite(core, ADMIN, Role.ADMIN, places["kansk"])
    with pytest.raises(NotFound):
        await invitations.invite(core, ADMIN, Role.CURATOR, 404)


async def test_where_one_may_invite(core: Core, places: dict[str, int]) -> None:
    own = await invitations.find_places_to_staff(core, CURATOR, Role.ORGANISER, "")
    assert not own.by_letters
    assert [place.name for place in own.found] == ["Ачинск"]
    found = await invitations.find_places_to_staff(core, REGIONAL, Role.ORGANISER, "ачин")
    assert found.by_letters
    assert [place.name for place in found.found] == ["Ачинск", "Ачинский район"]


async def test_a_link_gives_its_role_once(core: Core, places: dict[str, int]) -> None:
    token = await invitations.invite(core, COORDINATOR, Role.CURATOR, places["achinsk"])
    expected = invitations.InvitationFacts(Role.CURATOR, "Ачинск")
    assert await invitations.peek_invitation(core, STRANGER, token) == expected
    assert await invitations.peek_invitation(core, Account(99), token) == expected
    with pytest.raises(ConsentRequired):
        await invitations.accept_invitation(core, Account(99), token)
    assert await invitations.accept_invitation(core, STRANGER, token) == expected
    assert await _grants(core, STRANGER) == {Grant(Role.CURATOR, places["achinsk"])}
    assert await _refusal(core, STRANGER, token) == "invitation-held-already"
    assert await _refusal(core, ORGANISER, token) == "invitation-used"
    assert await _refusal(core, STRANGER, "no-such-token") == "invitation-not-found"
    assert await _audited(core, "role.accept") == 1


async def test_who_holds_the_role_does_not_use_the_link_up(
    core: Core, places: dict[str, int]
) -> None:
    token = await invitations.invite(core, COORDINATOR, Role.CURATOR, places["achinsk"])
    assert await _refusal(core, CURATOR, token) == "invitation-held-already"
    await invitations.accept_invitation(core, STRANGER, token)
    admin = await invitations.invite(core, ADMIN, Role.ADMIN, None)
    await make_person(core, ADMIN.id)
    assert await _refusal(core, ADMIN, admin) == "invitation-held-already"


async def test_a_link_lives_seven_days(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    token = await invitations.invite(core, ADMIN, Role.REGIONAL_CURATOR, None)
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    await invitations.peek_invitation(core, STRANGER, token)
    clock.advance(timedelta(seconds=1))
    assert await _refusal(core, STRANGER, token) == "invitation-expired"
    assert await _grants(core, STRANGER) == set()


async def test_a_link_dies_with_the_right_of_its_maker(core: Core, places: dict[str, int]) -> None:
    token = await invitations.invite(core, CURATOR, Role.ORGANISER, places["achinsk"])
    (curator,) = [
        each for each in await staff.list_staff(core, ADMIN, 8) if each.account == CURATOR
    ]
    await staff.revoke(core, COORDINATOR, curator.role_id)
    assert await _refusal(core, STRANGER, token) == "invitation-void"


async def test_twenty_accept_one_link_at_once(core: Core, places: dict[str, int]) -> None:
    accounts = [Account(each) for each in range(100, 120)]
    for account in accounts:
        await make_person(core, account.id)
    token = await invitations.invite(core, ADMIN, Role.CURATOR, places["kansk"])
    outcomes = await asyncio.gather(
        *(invitations.accept_invitation(core, account, token) for account in accounts),
        return_exceptions=True,
    )
    refused = [each.key for each in outcomes if isinstance(each, Refused)]
    assert refused == ["invitation-used"] * 19
    async with core.db.read() as session:
        holders = await session.scalar(
            select(func.count(StaffRole.id)).where(StaffRole.municipality_id == places["kansk"])
        )
    assert holders == 1


async def test_one_person_accepts_two_links_to_one_role_at_once(
    core: Core, places: dict[str, int]
) -> None:
    tokens = [
        await invitations.invite(core, ADMIN, Role.CURATOR, places["kansk"]) for _ in range(8)
    ]
    outcomes = await asyncio.gather(
        *(invitations.accept_invitation(core, STRANGER, token) for token in tokens),
        return_exceptions=True,
    )
    refused = [each.key for each in outcomes if isinstance(each, Refused)]
    assert refused == ["invitation-held-already"] * 7


async def test_staff_within_reach(core: Core, places: dict[str, int]) -> None:
    await give_role(core, 50, Role.CURATOR, places["kansk"])
    await give_role(core, 51, Role.ADMIN)

    async def seen(account: Account) -> list[tuple[int, str | None]]:
        members = await staff.list_staff(core, account, 8)
        assert len(members) == (await staff.count_staff(core, account)).roles
        return [(each.account.id, each.municipality) for each in members]

    everybody = [(51, None), (2, None), (3, "Ачинск"), (4, "Ачинск"), (5, "Ачинск"), (50, "Канск")]
    assert sorted(await seen(ADMIN), key=str) == sorted(everybody, key=str)
    assert [municipality for _, municipality in await seen(ADMIN)] == [
        *(None, None),
        *("Ачинск",) * 3,
        "Канск",
    ]
    assert sorted(await seen(REGIONAL)) == sorted(everybody[2:])
    assert await seen(COORDINATOR) == [(4, "Ачинск"), (5, "Ачинск")]
    assert await seen(CURATOR) == [(5, "Ачинск")]
    first, second = (
        await staff.list_staff(core, ADMIN, 1),
        await staff.list_staff(core, ADMIN, 1, 1),
    )
    assert first != second


async def test_taking_a_role_back(core: Core, places: dict[str, int]) -> None:
    other = await give_role(core, 50, Role.ORGANISER, places["kansk"])
    (organiser,) = await staff.list_staff(core, CURATOR, 8)
    for account in (ORGANISER, STRANGER, Account(99), Account(50)):
        with pytest.raises(Forbidden):
            await staff.revoke(core, account, organiser.role_id)
        with pytest.raises(Forbidden):
            await staff.get_staff_member(core, account, organiser.role_id)
    for unreachable in (other, 404):
        with pytest.raises(Forbidden):
            await staff.revoke(core, CURATOR, unreachable)
    assert await _grants(core, ORGANISER) == {Grant(Role.ORGANISER, places["achinsk"])}

    assert (await staff.revoke(core, CURATOR, organiser.role_id)).account == ORGANISER
    assert await _grants(core, ORGANISER) == set()
    assert await staff.list_staff(core, CURATOR, 8) == ()
    with pytest.raises(Refused, match="staff-role-gone"):
        await staff.revoke(core, CURATOR, organiser.role_id)
    assert await _audited(core, "role.revoke") == 1
    # A role that was taken back can be given again.
    token = await invitations.invite(core, CURATOR, Role.ORGANISER, places["achinsk"])
    await invitations.accept_invitation(core, ORGANISER, token)


async def test_an_administrator_of_the_settings_stays(core: Core, places: dict[str, int]) -> None:
    role_id = await give_role(core, ADMIN.id, Role.ADMIN)
    await give_role(core, 51, Role.ADMIN)
    with pytest.raises(Refused, match="staff-admin-by-settings"):
        await staff.revoke(core, Account(51), role_id)


async def test_a_signature_has_a_consent_of_its_own(core: Core, places: dict[str, int]) -> None:
    assert await signatures.get_signature(core, CURATOR) is None
    given = await signatures.set_signature(
        core, CURATOR, "  Иванова   Мария Петровна ", "8 (391) 123-45-67"
    )
    assert given == signatures.SignatureFacts("Иванова Мария Петровна", "+7 391 123-45-67")
    assert await signatures.get_signature(core, CURATOR) == given
    async with core.db.read() as session:
        person = await session.scalar(select(Person).where(Person.account_id == CURATOR.id))
    assert person is not None
    assert person.staff_consent_version == STAFF_CONSENT_VERSION
    assert person.staff_consent_at == core.clock.now()

    with pytest.raises(InvalidInput):
        await signatures.set_signature(core, CURATOR, "Мария", "8 (391) 123-45-67")
    with pytest.raises(InvalidInput):
        await signatures.set_signature(core, CURATOR, "Иванова Мария", "12-34")
    assert await signatures.get_signature(core, CURATOR) == given

    await signatures.withdraw_signature(core, CURATOR)
    assert await signatures.get_signature(core, CURATOR) is None


@pytest.mark.parametrize("account", [ADMIN, ORGANISER, STRANGER, Account(99)], ids=str)
async def test_only_who_signs_reports_gives_a_signature(
    core: Core, places: dict[str, int], account: Account
) -> None:
    with pytest.raises(Forbidden):
        await signatures.set_signature(core, account, "Иванова Мария", "8 (391) 123-45-67")
    with pytest.raises(Forbidden):
        await signatures.get_signature(core, account)


async def test_a_signature_goes_with_the_last_role_that_needs_it(
    core: Core, places: dict[str, int]
) -> None:
    first = await give_role(core, STRANGER.id, Role.CURATOR, places["achinsk"])
    second = await give_role(core, STRANGER.id, Role.CURATOR, places["kansk"])
    await give_role(core, STRANGER.id, Role.ORGANISER, places["kansk"])
    given = await signatures.set_signature(core, STRANGER, "Иванова Мария", "8 (391) 123-45-67")
    await staff.revoke(core, ADMIN, first)
    assert await signatures.get_signature(core, STRANGER) == given
    await staff.revoke(core, ADMIN, second)
    async with core.db.read() as session:
        person = await session.scalar(select(Person).where(Person.account_id == STRANGER.id))
    assert person is not None
    assert (person.staff_name, person.staff_phone, person.staff_consent_at) == ("", "", None)


async def test_only_an_administrator_sees_what_was_set_aside(
    core: Core, places: dict[str, int]
) -> None:
    now = core.clock.now()
    async with core.db.write() as session:
        session.add(
            IncomingUpdate(
                bot_id=1, update_id=7, chat="5", payload="{}", received_at=now, set_aside_at=now,
                attempts=5, error="ValueError: no",
            )
        )  # fmt: skip
    (found,) = await upkeep.list_set_aside(core, ADMIN)
    assert (found.update_id, found.error) == (7, "ValueError: no")
    for account in (REGIONAL, COORDINATOR, STRANGER, Account(99)):
        with pytest.raises(Forbidden):
            await upkeep.list_set_aside(core, account)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("8 (391) 123-45-67", "+7 391 123-45-67"),
        ("+7 391 123 45 67", "+7 391 123-45-67"),
        ("73911234567", "+7 391 123-45-67"),
        ("3911234567", "+7 391 123-45-67"),
        ("8(39151)7-21-11", "+7 391 517-21-11"),
        ("8-902-123-45-67", "+7 902 123-45-67"),
        ("8 800 123-45-67", "+7 800 123-45-67"),
        ("8 (391) 123-45-67 доб. 105", "+7 391 123-45-67, доб. 105"),
        ("+375 29 123-45-67", "+375291234567"),
    ],
)
def test_phones_as_people_type_them(typed: str, phone: str) -> None:
    assert read_phone(typed) == phone


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12-34",
        "2-12-34",
        "позвоните мне",
        "8 391 123-45-6",
        "8 391 123-45-678",
        "+12",
        "1" * 99,
    ],
)
def test_what_is_no_phone(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_phone(typed)


@pytest.mark.parametrize(
    "name",
    ["Иванова Мария", "Иванова-Петрова М. П.", "Д'Артаньян Жан", "Кызыл-оол Аяс Мерген-оглы"],
)
def test_full_names(name: str) -> None:
    assert read_full_name(f" {name.replace(' ', '   ')}\n") == name


@pytest.mark.parametrize(
    "typed", ["", "Мария", "Иванова 5", "=A1 Иванова", "<b>Иванова</b> Мария", "Ив " * 40]
)
def test_what_is_no_full_name(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_full_name(typed)


async def test_an_administrator_of_the_settings_is_one_of_telegram(core: Core) -> None:
    elsewhere = Account(1, cast("Messenger", "max"))  # the same number in another messenger
    assert core.names_admin(Account(1))
    assert not core.names_admin(elsewhere)

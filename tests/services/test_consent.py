"""What stays of somebody who takes the consent back, and a consent to a text that has changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.errors import ConsentRequired
from bot.models import (
    AuditEntry,
    Headcount,
    IncomingUpdate,
    Invitation,
    Person,
    Registration,
    RegistrationLine,
    StaffRole,
    WalkIn,
)
from bot.services import (
    attendance,
    audit,
    consent,
    headcounts,
    invitations,
    people,
    profiles,
    registrations,
    signatures,
    updates,
)
from bot.services.core import ERASED_ACCOUNT_ID, Account, Core
from bot.services.profiles import HeldRole, Question
from bot.services.updates import NewUpdate
from bot.vocabulary import Category, RegistrationStatus, Role
from tests.bot.story import dump, person_of, stored
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

ADMIN, CURATOR, AELITA, ME = Account(1), Account(500), Account(777_000_777), Account(10)
T = "Poster_1-2026"
OLD = "2025-09"


@pytest.fixture
async def achinsk(core: Core) -> int:
    return (await make_region(core))["achinsk"]


async def test_what_an_erased_person_did_stays_but_not_who_it_was(
    core: Core, achinsk: int, clock: MovableClock
) -> None:
    meeting = await make_meeting(
        core, achinsk, starts_at=clock.now() - timedelta(hours=1), place="Библиотека"
    )
    for account in (ADMIN, CURATOR, AELITA):
        await make_person(core, account.id)
    for role in (Role.CURATOR, Role.COORDINATOR):
        token = await invitations.invite(core, ADMIN, role, achinsk)
        await invitations.accept_invitation(core, AELITA, token)
    token = await invitations.invite(core, AELITA, Role.ORGANISER, achinsk)
    await invitations.accept_invitation(core, CURATOR, token)
    await invitations.invite(core, AELITA, Role.ORGANISER, achinsk)
    tap = f"message:{AELITA.id}:5"
    await attendance.add_walk_in(core, AELITA, meeting, Category.GRADE_9, tap=tap)
    await signatures.set_signature(core, AELITA, "Аэлита Лось", "+7 391 555 00 00")
    await audit.record_refusal(core, AELITA, "button revoke")
    await updates.store(core, 42, [NewUpdate(number, str(AELITA.id), "{}") for number in (1, 2)])
    await updates.finish(core, 42, [1])
    await updates.set_aside(core, 42, 2, attempts=5, error="")
    deeds = [row.action for row in await stored(core, AuditEntry)]
    assert len(deeds) == 10
    (done,) = [row for row in await stored(core, IncomingUpdate) if row.done_at]
    assert (done.chat, done.payload) == ("", None)
    assert str(AELITA.id) in await dump(core)

    await consent.withdraw_consent(core, AELITA)
    await consent.withdraw_consent(core, AELITA)

    assert str(AELITA.id) not in await dump(core)
    assert [row.action for row in await stored(core, AuditEntry)] == deeds
    assert [
        (row.created_by, row.used_by) for row in await stored(core, Invitation)
    ] == [(1, 0), (1, 0), (0, CURATOR.id), (0, None)]  # fmt: skip
    assert [row.granted_by for row in await stored(core, StaffRole)] == [ERASED_ACCOUNT_ID]
    assert [row.created_by for row in await stored(core, WalkIn)] == [ERASED_ACCOUNT_ID]
    assert [row.people for row in await stored(core, Headcount)] == [1]
    assert [row.subject for row in await stored(core, AuditEntry) if "signature" in row.action] == [
        ""
    ]


async def test_the_organisation_stays_for_row_2_11_alone(core: Core, achinsk: int) -> None:
    me, another = await make_person(core, ME.id), await make_person(core, CURATOR.id)
    meetings = [await make_meeting(core, achinsk) for _ in range(3)]
    for meeting, category, came in zip(
        meetings, (Category.OTHER, Category.OTHER, Category.CULTURE), (1, None, 1), strict=True
    ):
        await sign_up_someone(core, meeting, me, category, came=came, organisation="Школа у моста")
    await sign_up_someone(core, meetings[2], another, Category.CULTURE, organisation="Музей")

    await consent.withdraw_consent(core, ME)

    names = [row.organisation for row in await stored(core, RegistrationLine)]
    assert names == ["Школа у моста", "", "", "Музей"]
    async with core.db.write() as session:
        for meeting in meetings:
            await headcounts.recount(session, meeting)
    assert {(row.category, row.organisation) for row in await stored(core, Headcount)} == {
        (Category.OTHER, "Школа у моста"),
        (Category.CULTURE, ""),
    }


async def test_what_was_agreed_to_an_older_text_is_asked_again_before_anything_new(
    core: Core, achinsk: int, clock: MovableClock
) -> None:
    for token in (T, "Poster_2-2026"):
        await make_meeting(core, achinsk, token=token)
    await make_person(core, ME.id, name="Мария")
    signed = await registrations.sign_up(core, ME, "Poster_2-2026")
    async with core.db.write() as session:
        (await session.scalars(select(Person))).one().consent_version = OLD

    for asked in (
        registrations.sign_up(core, ME, T),
        people.say_name(core, ME, "Маша"),
        people.say_grade(core, ME, 10),
        people.choose_municipality(core, ME, achinsk),
    ):
        with pytest.raises(ConsentRequired, match="error-consent-outdated"):
            await asked
    profile = await profiles.get_profile(core, ME)
    assert profile is not None
    assert profile.next_question is Question.CONSENT
    await registrations.cancel(core, ME, signed.registration_id)
    tickets = [row.status for row in await stored(core, Registration)]
    assert tickets == [RegistrationStatus.CANCELLED]

    clock.advance(timedelta(hours=1))
    for name in ("Маша", "Мария Ивановна"):
        await consent.give_consent(core, ME, "en", name)
    person = await person_of(core, ME.id)
    assert person is not None
    assert (person.name, person.locale) == ("Мария", "ru")
    assert person.consent_version > OLD
    assert person.consented_at == core.clock.now()
    await registrations.sign_up(core, ME, T)


async def test_a_consent_of_now_keeps_its_day(core: Core, clock: MovableClock) -> None:
    agreed_at = clock.now()
    await consent.give_consent(core, ME, "ru", "Мария")
    clock.advance(timedelta(days=1))
    await consent.give_consent(core, ME, "ru", "Мария")
    person = await person_of(core, ME.id)
    assert person is not None
    assert person.consented_at == agreed_at


async def test_the_signature_goes_without_a_new_consent(core: Core, achinsk: int) -> None:
    await make_person(
        core,
        ME.id,
        consent_version=OLD,
        staff_name="Мария Ивановна",
        staff_consent_at=core.clock.now(),
    )
    await signatures.withdraw_signature(core, ME)
    person = await person_of(core, ME.id)
    assert person is not None
    assert person.staff_name == ""


async def test_the_profile_tells_roles_and_words(core: Core, achinsk: int) -> None:
    await give_role(core, ME.id, Role.CURATOR, achinsk)
    await give_role(core, ME.id, Role.ADMIN)
    profile = await profiles.get_profile(core, ME)
    assert profile is not None
    assert profile.roles == (HeldRole(Role.CURATOR, "Ачинск"), HeldRole(Role.ADMIN, None))


async def test_refusals_are_kept_a_month_and_deeds_three_years(
    core: Core, achinsk: int, clock: MovableClock
) -> None:
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await invitations.invite(core, CURATOR, Role.ORGANISER, achinsk)
    await audit.record_refusal(core, Account(13), "command /report")
    begun = clock.now()
    for days, left in ((30, 2), (31, 1), (3 * 365, 1), (3 * 365 + 2, 0)):
        clock.move_to(begun + timedelta(days=days))
        await audit.purge(core)
        assert len(await stored(core, AuditEntry)) == left, days

"""«Сообщения бота»: kinds of messages turned on and off for a meeting and for the region."""

from datetime import timedelta

import pytest

from bot.errors import Forbidden, NotFound, Refused
from bot.models import AuditEntry, Meeting, Region
from bot.services import meetings, registrations, switch_screens
from bot.services.core import Account
from bot.services.switch_screens import switch_for_meeting
from bot.vocabulary import MeetingStatus, MessageKind, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.bot.test_sign_up import known
from tests.services.factory import give_role, make_meeting

CURATOR, REGIONAL, STRANGER = Account(500), Account(501), Account(502)


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator before the screen «Ещё» of their only meeting."""
    person = stage.person("Анна", CURATOR.id)
    await person.start()
    place = await municipality(stage.core)
    await give_role(stage.core, CURATOR.id, Role.CURATOR, place)
    await make_meeting(stage.core, place, title="Мосты", token="poster")
    await person.send("/manage")
    await taps(person, "Мосты", "Ещё")
    return person


@pytest.fixture
async def boss(stage: Stage) -> client.Person:
    """The regional coordinator."""
    person = stage.person("Ольга", REGIONAL.id)
    await person.start()
    await give_role(stage.core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    return person


async def switches(stage: Stage) -> tuple[dict[str, bool], dict[str, bool]]:
    """What is stored: of the region, of the meeting."""
    (region,), (meeting,) = await stored(stage.core, Region), await stored(stage.core, Meeting)
    return region.switches, meeting.switches


async def deeds(stage: Stage) -> list[tuple[str, dict[str, object]]]:
    rows = await stored(stage.core, AuditEntry)
    return [(row.subject, row.details) for row in rows if row.action == "messages.switch"]


async def test_a_kind_is_turned_off_for_a_meeting_and_on_again(
    stage: Stage, curator: client.Person
) -> None:
    await curator.tap("Сообщения бота")
    assert curator.screen.text.startswith("Сообщения бота · Мосты")
    assert "⬜️ Напомнить за неделю" in curator.screen.labels
    await taps(curator, "✅ Напомнить накануне", "⬜️ Напомнить за неделю", "›")
    await taps(curator, "✅ Куратору: «Состоялась?»")
    assert "⬜️ Куратору: «Состоялась?»" in curator.screen.labels
    assert await switches(stage) == (
        {},
        {"reminder_day": False, "reminder_week": True, "held_question": False},
    )
    await taps(curator, "⬜️ Куратору: «Состоялась?»", "‹", "⬜️ Напомнить накануне")
    assert await switches(stage) == ({}, {"reminder_week": True})
    assert (await deeds(stage))[0] == ("meeting:1", {"kind": "reminder_day", "on": False})
    await taps(curator, "‹ Назад", "‹ Назад")
    assert curator.screen.text.startswith("Мосты · идёт запись")


async def test_what_is_turned_off_is_not_sent(stage: Stage, curator: client.Person) -> None:
    place = await municipality(stage.core)
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Болезнь")
    meeting = await make_meeting(
        stage.core, place, status=MeetingStatus.DRAFT, starts_at=stage.clock.now() + timedelta(9)
    )
    await meetings.publish_meeting(stage.core, CURATOR, meeting)
    await switch_for_meeting(stage.core, CURATOR, meeting, MessageKind.FEW_PEOPLE, on=False)
    known = len(curator.messages)
    await stage.wait_until(stage.clock.now() + timedelta(days=3))
    assert len(curator.messages) == known


async def test_the_region_decides_where_a_meeting_says_nothing(
    stage: Stage, curator: client.Person, boss: client.Person
) -> None:
    await boss.send("/invite")
    await taps(boss, "Сообщения бота", "✅ Напомнить накануне", "⬜️ Напомнить за неделю", "›")
    await taps(boss, "✅ Сотрудникам: списки")
    region, _ = await switches(stage)
    assert region == {"reminder_day": False, "reminder_week": True, "digest_lists": False}
    assert ("region", {"kind": "digest_lists", "on": False}) in await deeds(stage)

    await curator.tap("Сообщения бота")
    assert "✅ Напомнить за неделю" in curator.screen.labels
    await curator.tap("⬜️ Напомнить накануне")
    assert (await switches(stage))[1] == {"reminder_day": True}
    await curator.tap("›")
    assert not [label for label in curator.screen.labels if "Сотрудникам" in label]


async def test_only_who_may_can_switch(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    for other in (STRANGER, REGIONAL):
        with pytest.raises(Forbidden):
            await switch_for_meeting(core, other, 1, MessageKind.REMINDER_DAY, on=False)
        with pytest.raises(Forbidden):
            await switch_screens.get_meeting_switches(core, other, 1)
    for other in (STRANGER, CURATOR):
        with pytest.raises(Forbidden):
            await switch_screens.switch_for_region(core, other, MessageKind.DIGEST_LISTS, on=False)
        with pytest.raises(Forbidden):
            await switch_screens.get_region_switches(core, other)
    await curator.send("/invite")
    assert "Сообщения бота" not in curator.screen.labels
    with pytest.raises(NotFound):
        await switch_for_meeting(core, CURATOR, 1, MessageKind.TICKET, on=False)
    with pytest.raises(NotFound):
        await switch_for_meeting(core, CURATOR, 1, MessageKind.DIGEST_LISTS, on=False)
    assert await switches(stage) == ({}, {})


async def test_a_meeting_that_was_called_off_has_nothing_to_switch(
    stage: Stage, curator: client.Person
) -> None:
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Болезнь")
    with pytest.raises(Refused):
        await switch_for_meeting(stage.core, CURATOR, 1, MessageKind.REMINDER_DAY, on=False)


async def test_a_file_for_the_calendar_is_as_silent_as_the_change_it_goes_with(
    stage: Stage, curator: client.Person
) -> None:
    maria = await known(stage)
    await maria.start()
    await registrations.sign_up(stage.core, Account(maria.id), "poster")
    await stage.tick()
    told = len(maria.messages)
    await switch_for_meeting(stage.core, CURATOR, 1, MessageKind.MEETING_CHANGED, on=False)
    (meeting,) = await stored(stage.core, Meeting)
    later = {
        "starts_at": meeting.starts_at + timedelta(days=1),
        "ends_at": meeting.ends_at + timedelta(days=1),
    }
    await meetings.edit_meeting(stage.core, CURATOR, 1, later)
    await stage.wait_until(stage.clock.now() + timedelta(minutes=5))
    assert len(maria.messages) == told
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Заболел ведущий")
    await stage.tick()
    assert [each.document is not None for each in maria.messages[told:]] == [False, True]

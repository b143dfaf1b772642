"""What staff can do, tried by a stranger, a participant and a curator of another municipality.

Each real button of each staff window is pressed in the intruder's own chat, in a conversation that
is forged to stand at that window: as if the button had been hidden, or the role taken away between
the screen and the tap.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from aiogram.fsm.state import State
from sqlalchemy import func, select, update

from bot.callbacks import (
    BroadcastTap,
    CameAnswer,
    CannotCome,
    ComeIn,
    Handout,
    HeldAnswer,
    ManagedScreen,
    OpenDoor,
    OpenManaged,
    OpenTeam,
    Rate,
    RenewCode,
    RoomRate,
    RoomSkipComment,
    RoomUseful,
    SeatAnswer,
    SendHandout,
    SkipComment,
    UndoScan,
    Useful,
    WaitAgain,
)
from bot.models import AuditEntry, Invitation, RegistrationLine, StaffRole
from bot.rules import Said, SaidRow
from bot.services import attendance, group_chats, team_invitations, team_joining
from bot.services.broadcasts import send_broadcast
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.organisation_names import key_of
from bot.services.registrations import sign_up
from bot.states import (
    Door,
    DoorPaper,
    Exports,
    Invite,
    Manage,
    NewMeeting,
    Outside,
    Photos,
    Report,
    Signature,
    Staff,
    Upkeep,
)
from bot.vocabulary import BroadcastDeed, Category, Recipients, Role, TeamRole
from sandbox import client
from tests.bot.burglar import Burglar, staff_windows
from tests.bot.conftest import ADMIN, Stage
from tests.bot.story import everything, municipality, stored, taps, texts
from tests.services.factory import give_role, make_held_meeting, make_meeting, make_person

SECRETS = ("Тайная", "Аэлита", "Улица Тайн", "Слова предложений", "Неверный")
REFUSALS = {
    "/new": "встречи ведут организаторы, кураторы и координаторы",
    "/manage": "встречи ведут организаторы, кураторы и координаторы",
    "/report": "отчёт делают кураторы и координаторы",
    "/stats": "статистику видят те, кто ведёт встречи",
    "/deadlines": "сроки года видят кураторы и координаторы",
    "/invite": "приглашают кураторы, координаторы и администратор",
}
REFUSAL = "Это действие для сотрудников, которые ведут эту встречу."
TYPED: dict[State, str] = {
    NewMeeting.day: "15.03 15:00",
    NewMeeting.time: "16:00",
    NewMeeting.length: "2 часа",
    NewMeeting.seats: "27",
    NewMeeting.limit_seats: "5",
    NewMeeting.opens: "за 2 дня",
    NewMeeting.opens_time: "9:00",
    NewMeeting.closes: "за 2 часа",
    NewMeeting.closes_time: "10:00",
    Door.group: "23",
    DoorPaper.sheet: "A1",
    DoorPaper.codes: "A1",
    DoorPaper.preview: "A1",
    NewMeeting.link: "https://example.org/2",
    Outside.day: "вчера",
    Outside.people: "9 класс 25",
    Outside.photos: "https://example.org/2",
    Manage.photos: "https://example.org/2",
    Exports.period: "2026",
    Photos.folder: "https://disk.yandex.ru/d/2",
}
HARMLESS = {
    NewMeeting.link, NewMeeting.time, Report.municipality,
    Signature.consent, Signature.name, Signature.phone, Signature.done, Upkeep.set_aside,
}  # fmt: skip
"""Whose buttons only turn to another window, or back."""
OWN = {
    NewMeeting.municipality,
    Outside.municipality,
    Manage.list,
    *Invite.__all_states__,
    *Signature.__all_states__,
}
"""Where a curator of another municipality does only what is theirs."""
KEY = "0123456789abcdef"
"""The key of a pass that nobody signed."""


@pytest.fixture
async def boss(stage: Stage) -> client.Person:
    """The curator, coordinator and administrator of everything there is to steal, in Ачинск."""
    core = stage.core
    person = stage.person("Аэлита", ADMIN)
    await person.start()
    achinsk = await municipality(core)
    await make_person(
        core, person.id, name="Аэлита", category=Category.JOB_CENTRE, municipality_id=achinsk
    )
    await give_role(core, person.id, Role.CURATOR, achinsk)
    return person


@pytest.fixture
async def burglar(stage: Stage, boss: client.Person) -> Burglar:
    """A meeting of Ачинск, running, with a participant who was checked in."""
    core, now = stage.core, stage.clock.now()
    achinsk = await municipality(core)
    meeting = await make_meeting(
        core,
        achinsk,
        token="secret",
        title="Тайная встреча",
        place="Улица Тайн, 1",
        starts_at=now + timedelta(hours=1),
        photo_link="https://example.org/1",
        seats=21,
    )
    await make_person(core, 70, name="Аэлита", category=Category.OTHER, organisation="Тайная")
    await sign_up(core, Account(70), "secret")
    group = Group("Тайная", {Category.GRADE_9: 20}, with_me=False)
    await sign_up_group(core, Account(70), "secret", group, group_token="class")
    class_line = next(line for line in await stored(core, RegistrationLine) if line.seats == 20)
    await make_person(core, 72, name="Аэлита")
    waiting = await sign_up(core, Account(72), "secret", wait=True)
    await send_broadcast(
        core, Account(boss.id), meeting, Recipients.SIGNED_UP, "Вход со двора", "sent"
    )
    role_id = await give_role(core, 71, Role.ORGANISER, achinsk)
    await make_person(core, 73, name="Аэлита", category=Category.PARENT)
    await team_invitations.invite(core, Account(boss.id), meeting, TeamRole.HELPER, "helping")
    await team_invitations.invite(core, Account(boss.id), meeting, TeamRole.HELPER, "open")
    place = await team_joining.join(core, Account(73), "helping")
    await group_chats.enter(core, -5, "Тайная школа", "ru", added_by=Account(boss.id))
    await make_held_meeting(core, achinsk, {"Тайная": 3, "МБОУ «Тайная»": 1})
    stage.clock.advance(timedelta(hours=3))
    await attendance.mark(core, Account(boss.id), 1, came=True)
    await attendance.add_walk_in(core, Account(boss.id), meeting, Category.PARENT)
    await stage.tick()  # what is due by now goes out before anything is compared
    return Burglar(
        stage,
        {
            "meeting_id": meeting,
            "line_id": class_line.id,
            "said": asdict(Said((SaidRow("A1"), SaidRow("A2", people=12)))),
            "entry_id": waiting.registration_id,
            "member_id": place,
            "group_chats": [1],
            "group_chat_id": 1,
            "role": Role.ORGANISER.value,
            "role_id": role_id,
            "municipality_id": achinsk,
            "municipality": "Ачинск",
            "timezone": "Asia/Krasnoyarsk",
            "token": "another",
            "letters": "ачи",
            "what": "организатор",
            "name": "Иванова Мария Петровна",
            "times_fixed": False,
            "reason": "Так вышло",
            "title": "Другая встреча",
            "day": "2026-03-14",
            "time": "15:00",
            "minutes": 90,
            "audience": "students",
            "mode": "in_person",
            "place": "Другое место",
            "link": "",
            "seats": 27,
            "description": "",
            "admits": [],
            "format": "seminar",
            "half": [2026, 1],
            "people": [["grade_9", 25, ""]],
            "counts_in_form": False,
            "several": False,
            "single": True,
            "limits": {"parent": 5},
            "limit_category": "parent",
            "sign_up_day": "2026-03-13",
            "own": achinsk,
            "opened": {"code": "analysis", "year": 2026, "municipality_id": achinsk},
            "year": 2026,
            "row": "2.",
            "finding_kind": "photos",
            "finding": f"photos:{meeting}",
            "board_state": "draft",
            "board_place": achinsk,
            "first": key_of("Тайная"),
            "second": key_of("МБОУ «Тайная»"),
            "drafted": "Слова предложений",
            "code": "analysis",
            "state": "open",
            "kind": "registrations",
        },
    )


async def stranger(stage: Stage) -> client.Person:
    person = stage.person("Чужой")
    await person.start()
    return person


async def participant(stage: Stage) -> client.Person:
    person = await stranger(stage)
    await make_person(stage.core, person.id, name="Участник")
    return person


async def other_curator(stage: Stage) -> client.Person:
    person = await participant(stage)
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core, "Канск"))
    return person


INTRUDERS = [stranger, participant, other_curator]


async def refusals(stage: Stage, person: client.Person) -> list[str]:
    """What the log says this account tried."""
    entries = await stored(stage.core, AuditEntry)
    return [each.action for each in entries if each.refused and each.account_id == person.id]


async def nothing_was_taken(
    stage: Stage, person: client.Person, before: dict[str, list[dict[str, Any]]]
) -> None:
    """Nothing has changed but the log, nothing was told.

    What the curator of Канск pressed may have made an invitation for Канск, which is their right.
    """
    assert await everything(stage.core, AuditEntry, Invitation) == before
    for invitation in await stored(stage.core, Invitation):
        assert invitation.municipality_id == await municipality(stage.core, "Канск")
    assert not [secret for secret in SECRETS if secret in texts(person)]
    assert "Простите" not in texts(person)


@pytest.mark.parametrize("intruder", INTRUDERS)
async def test_nothing_of_the_staff_works_for_others(
    stage: Stage, boss: client.Person, burglar: Burglar, intruder: Any
) -> None:
    buttons = {state: await burglar.spy(boss, state) for state in staff_windows()}
    assert sum(map(len, buttons.values())) > 100
    person = await intruder(stage)
    before = await everything(stage.core, AuditEntry, Invitation)
    silent = set()
    for state, window in staff_windows().items():
        tried = len(await refusals(stage, person))
        for button in buttons[state]:
            await burglar.press(person, state, button)
        if window.on_message is not None:
            await burglar.type(person, state, TYPED.get(state, "Аэлита"))
        if len(await refusals(stage, person)) == tried:
            silent.add(state)

    await nothing_was_taken(stage, person, before)
    theirs = OWN if intruder is other_curator else set()
    assert sorted(state.state or "" for state in silent - HARMLESS - theirs) == []


async def test_the_same_presses_work_for_those_who_may(
    stage: Stage, boss: client.Person, burglar: Burglar
) -> None:
    """Else the test above would prove nothing."""
    presses = [
        (Manage.close, "close", "meeting.hold"),
        (Staff.revoke, "yes", "role.revoke"),
        (NewMeeting.preview, "publish", "meeting.publish"),
    ]
    for state, button, _ in presses:
        assert button in await burglar.spy(boss, state)
        await burglar.press(boss, state, button)
    await burglar.spy(boss, Manage.photos)
    await burglar.type(boss, Manage.photos, "https://example.org/2")
    done = {entry.action for entry in await stored(stage.core, AuditEntry) if not entry.refused}
    assert {action for *_, action in presses} | {"meeting.photos"} <= done
    assert await refusals(stage, boss) == []


@pytest.mark.parametrize("intruder", INTRUDERS[:2])
async def test_commands_of_the_staff_are_refused_and_logged(
    stage: Stage, boss: client.Person, intruder: Any
) -> None:
    person = await intruder(stage)
    before = await everything(stage.core, AuditEntry)
    for command, why in REFUSALS.items():
        await person.send(command)
        assert f"для сотрудников: {why}" in person.messages[-2].text
        assert "Что хотите сделать?" in person.screen.text
    assert await refusals(stage, person) == [f"command {command}" for command in REFUSALS]
    assert await everything(stage.core, AuditEntry) == before


async def test_real_data_of_a_curators_buttons_is_an_old_button_to_others(
    stage: Stage, boss: client.Person, burglar: Burglar
) -> None:
    await boss.send("/manage")
    await taps(boss, "Прошедшие", "Тайная", "Отметить пришедших")
    forged = [button["callback_data"] for row in boss.screen.keyboard for button in row]
    for intruder in INTRUDERS:
        person = await intruder(stage)
        before = await everything(stage.core)
        for data in forged:
            answer = await person.tap_data(data, person.screen.message_id)
            assert answer.text == "Эта кнопка устарела. Вот где вы остановились."
        assert await everything(stage.core) == before
        assert not [secret for secret in SECRETS if secret in texts(person)]


@pytest.mark.parametrize("intruder", INTRUDERS)
async def test_answers_under_pushed_messages_are_for_whom_they_were_pushed_to(
    stage: Stage, boss: client.Person, burglar: Burglar, intruder: Any
) -> None:
    person = await intruder(stage)
    meeting = burglar.data["meeting_id"]
    stage.clock.advance(timedelta(hours=2))
    before = await everything(stage.core, AuditEntry)
    for forged in (
        HeldAnswer(meeting_id=meeting, held=True),
        HeldAnswer(meeting_id=meeting, held=False),
        HeldAnswer(meeting_id=404, held=True),
        OpenDoor(meeting_id=meeting),
        UndoScan(registration_id=1),
        RenewCode(meeting_id=meeting),
        RoomRate(meeting_id=meeting, key=KEY, rating=5),
        RoomUseful(meeting_id=meeting, key=KEY, choice="people"),
        RoomUseful(meeting_id=meeting, key=KEY),
        RoomSkipComment(meeting_id=meeting, key=KEY),
        ComeIn(meeting_id=meeting, key=KEY),
        CameAnswer(registration_id=1, came=True),
        Rate(registration_id=1, rating=5),
        Useful(registration_id=1, choice="people"),
        Useful(registration_id=1),
        SkipComment(registration_id=1),
        SeatAnswer(registration_id=1, number=1, takes=True),
        SeatAnswer(registration_id=1, number=1, takes=False),
        CannotCome(registration_id=1),
        WaitAgain(registration_id=1),
        OpenTeam(meeting_id=meeting),
        *(OpenManaged(meeting_id=meeting, screen=screen) for screen in ManagedScreen),
        *(SendHandout(meeting_id=meeting, what=what) for what in Handout),
        *(BroadcastTap(broadcast_id=1, deed=deed) for deed in BroadcastDeed),
    ):
        answer = await person.tap_data(forged.pack(), person.screen.message_id)
        of_staff = isinstance(
            forged,
            HeldAnswer
            | OpenDoor
            | UndoScan
            | RenewCode
            | OpenTeam
            | OpenManaged
            | SendHandout
            | BroadcastTap,
        )
        says = REFUSAL if of_staff else "Этой записи уже нет."
        if isinstance(forged, RoomRate | RoomUseful | RoomSkipComment | ComeIn):
            says = "Этот код не подходит."
        if isinstance(forged, WaitAgain) and intruder is stranger:
            says = "Сначала нужно ваше согласие"
        assert answer.text.startswith(says), forged
        assert answer.show_alert
    assert await everything(stage.core, AuditEntry) == before
    staff_only = ["held", "held", "held", "door", "unscan", "recode", "team"]
    staff_only += ["run"] * len(ManagedScreen) + ["give"] * len(Handout)
    staff_only += ["sent"] * len(BroadcastDeed)
    assert await refusals(stage, person) == [f"button {name}" for name in staff_only]
    assert not [secret for secret in SECRETS if secret in texts(person)]


async def test_a_role_taken_back_ends_with_the_next_tap(
    stage: Stage, boss: client.Person, burglar: Burglar
) -> None:
    helper = stage.person("Анна")
    achinsk = await municipality(stage.core)
    await give_role(stage.core, helper.id, Role.CURATOR, achinsk)
    await helper.send("/manage")
    await taps(helper, "Прошедшие", "Тайная", "Отметить пришедших")
    door = helper.screen
    async with stage.core.db.write() as session:
        await session.execute(
            update(StaffRole)
            .where(StaffRole.id == select(func.max(StaffRole.id)).scalar_subquery())
            .values(revoked_at=stage.clock.now())
        )
    before = await everything(stage.core, AuditEntry)
    answer = await helper.tap("Аэлита")
    assert answer.text.startswith(REFUSAL)
    assert helper.screen.message_id == door.message_id  # the list of names is gone
    assert "Что хотите сделать?" in helper.screen.text
    assert await everything(stage.core, AuditEntry) == before
    assert len(await refusals(stage, helper)) == 1

"""Every window of every dialog opens, in both languages: for staff, a pupil and a stranger."""

import re
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode
from sqlalchemy import delete

from bot.handlers import all_routers
from bot.models import DueMessage, IncomingUpdate, RegistrationLine, ReportVersion, SeatLimit
from bot.services import (
    attendance,
    feedback,
    group_chats,
    invitations,
    team_door,
    team_invitations,
    team_joining,
    version_steps,
)
from bot.services.broadcasts import send_broadcast
from bot.services.catalogue import get_card
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.organisation_names import key_of
from bot.services.registrations import cancel, sign_up
from bot.services.team_joining import Contribution
from bot.services.version_steps import Seen
from bot.states import (
    Door,
    DoorPaper,
    Draft,
    Home,
    Invite,
    Invited,
    Joining,
    Language,
    Manage,
    Meetings,
    My,
    MyTeam,
    NewMeeting,
    Onboarding,
    Organisations,
    Outside,
    Papers,
    Photos,
    Privacy,
    Proposals,
    Reminders,
    Report,
    Stats,
)
from bot.vocabulary import Category, Offering, Recipients, Role, TeamRole
from sandbox import client
from sandbox.records import Json
from sandbox.screen import Screen
from tests.bot.conftest import ADMIN, Stage
from tests.bot.story import municipality, stored
from tests.bot.test_locales import read
from tests.services.factory import give_role, make_held_meeting, make_meeting, make_person

LONGEST_BUTTON = 25
PUBLIC = (Home, Onboarding, Meetings, My, Papers, Privacy, Reminders, Language, Invited)
CHANGING = (
    Onboarding, Manage, Door, DoorPaper, Report, Draft, Organisations, Photos, Proposals, Stats,
    Invite,
)  # fmt: skip
"""Whose windows look different by what was typed or chosen in them before."""
KEYS = {key for key in read("ru") if key.count("-") > 1}

# What must never be seen: what Python and Fluent show of themselves, a year as a quantity.
LEAK = re.compile(r"[{}]|\bNone\b|\bTrue\b|\bFalse\b|<\w+|\b2\s0\d\d\b|\b2,0\d\d\b|&\w+;")
LATIN = re.compile(r"(?<![\w/@.:?=])(?!https?:)[A-Za-z]{3,}")
ABOUT_THE_BOT = {"ADMIN_IDS", "English", "PDF", "Excel", "xlsx"}


def windows() -> list[State]:
    dialogs = [router for router in all_routers() if isinstance(router, Dialog)]
    return [state for dialog in dialogs for state in dialog.windows]


class Opener:
    """Opens any window for whoever writes /open."""

    def __init__(self, stage: Stage, data: dict[str, Any], start_data: dict[str, Any]) -> None:
        self.stage, self.data, self.start_data = stage, data, start_data
        self.state = Home.menu
        self.failure: Exception | None = None
        router = Router(name="opener")
        router.message.register(self._open, Command("open"))
        dispatcher = self.stage.app.dispatcher
        dispatcher.include_router(router)
        dispatcher.sub_routers.insert(0, dispatcher.sub_routers.pop())

    async def _open(self, _message: Message, dialog_manager: DialogManager) -> None:
        try:
            await dialog_manager.start(
                self.state,
                data=self.start_data,
                mode=StartMode.RESET_STACK,
                show_mode=ShowMode.NO_UPDATE,
            )
            dialog_manager.dialog_data.update(self.data)
            await dialog_manager.switch_to(self.state)
            dialog_manager.show_mode = ShowMode.SEND
            await dialog_manager.show()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test tells)
            self.failure = error

    async def open(self, person: client.Person, state: State) -> list[str]:
        """Open a window and return what is wrong with it."""
        self.state, self.failure = state, None
        shown = len(person.messages)
        await person.send("/open")
        if self.failure is not None:
            return [f"{state.state}: {self.failure!r}"]
        if len(person.messages) != shown + 2:
            return [f"{state.state}: nothing is shown"]
        russian = person.user.language_code == "ru"
        calendar = state in {NewMeeting.day, NewMeeting.opens, NewMeeting.closes, Outside.day}
        found = faults(person.screen, russian=russian, calendar=calendar)
        return [f"{state.state}: {fault}" for fault in found]


def faults(screen: Screen, *, russian: bool, calendar: bool) -> list[str]:
    """What a person would stumble over; a calendar has empty cells and a week in a row."""
    found = []
    everything = "\n".join([screen.text, *screen.labels])
    if not screen.text.strip() or not (calendar or all(map(str.strip, screen.labels))):
        found.append("something is empty")
    if leaks := LEAK.findall(everything) + [key for key in KEYS if key in everything]:
        found.append(f"shows {leaks}")
    if russian and (words := set(LATIN.findall(everything)) - ABOUT_THE_BOT):
        found.append(f"speaks English: {sorted(words)}")
    own = [[button for button in row if not of_a_list(button)] for row in screen.keyboard]
    found += [
        f"long button {button['text']!r}"
        for row in own
        for button in row
        if len(button["text"]) > LONGEST_BUTTON
    ]
    if not calendar:
        found += [f"{len(row)} in a row" for row in own if len(row) > 2 and not pager(row)]
    backs = [row for row in screen.buttons for label in row if label in {"‹ Назад", "‹ Back"}]
    if backs and screen.buttons[-1][0] not in {"‹ Назад", "‹ Back"}:
        found.append("Back is not at the bottom left")
    return found


def of_a_list(button: Json) -> bool:
    """Whether a button is an item of a list, of the calendar or of the time."""
    return ":" in button.get("callback_data", "").partition("\x1d")[2]


def pager(row: list[Json]) -> bool:
    return [row[0]["text"], row[-1]["text"]] == ["‹", "›"]


@pytest.fixture
async def opener(stage: Stage) -> Opener:
    """The bot with a year's worth of everything, seen by somebody who holds every role."""
    core, now = stage.core, stage.clock.now()
    achinsk, kansk = await municipality(core), await municipality(core, "Канск")
    boss = Account(ADMIN)
    person = await make_person(
        core,
        boss.id,
        name="Анна",
        category=Category.HEAD,
        organisation="Мост",
        occupation="employer",
        municipality_id=achinsk,
    )
    roles = [(Role.CURATOR, achinsk), (Role.COORDINATOR, achinsk), (Role.ORGANISER, kansk)]
    for role, where in [*roles, (Role.REGIONAL_COORDINATOR, None)]:
        role_id = await give_role(core, boss.id, role, where)
    meeting = await make_meeting(
        core,
        achinsk,
        token="running",
        starts_at=now + timedelta(hours=1),
        created_by_id=person,
        description="Инженер ответит на вопросы.",
        admits=[*Category][:11],
    )
    for day in range(1, 12):
        await make_meeting(core, achinsk, token=f"day{day}", starts_at=now + timedelta(days=day))
    await make_person(core, 70, name="Мария", category=Category.GRADE_9)
    await make_person(core, 71, name="Пётр", category=Category.OTHER, organisation="Школа № 5")
    signed = [await sign_up(core, Account(70), "running")]
    signed += [await sign_up(core, boss, f"day{number}") for number in range(1, 12)]
    people = {Category.GRADE_9: 20, Category.GRADE_10: 5}
    group = await sign_up_group(
        core, boss, "day2", Group("Школа № 5", people, with_me=True), group_token="class"
    )
    class_line = next(line for line in await stored(core, RegistrationLine) if line.seats == 20)
    await make_person(core, 73, name="Олег", category=Category.GRADE_9)
    for token in ("full", "offered"):
        await make_meeting(core, achinsk, token=token, seats=1, starts_at=now + timedelta(days=9))
        first = await sign_up(core, Account(70), token)
        await sign_up(core, boss, token, wait=True)
    await cancel(core, Account(70), first.registration_id)
    async with core.db.write() as session:
        session.add(SeatLimit(meeting_id=meeting, category=Category.GRADE_9, seats=1))
        session.add(
            IncomingUpdate(
                bot_id=42,
                update_id=1,
                chat="70",
                payload="",
                received_at=now,
                attempts=5,
                set_aside_at=now,
                error="Ошибка",
            )
        )
    waiting = await sign_up(core, Account(73), "running", wait=True)
    for role, link in ((TeamRole.HELPER, "helping"), (TeamRole.SPEAKER, "speaking")):
        await team_invitations.invite(core, boss, meeting, role, link)
    place = await team_joining.join(core, boss, "helping")
    stage.clock.advance(timedelta(hours=2))
    await attendance.mark(core, boss, 1, came=True)
    await team_door.mark_member(core, boss, place, came=True)
    await attendance.add_walk_in(core, boss, meeting, Category.OTHER, "Завод")
    stage.clock.advance(timedelta(hours=2))
    await feedback.rate(core, Account(70), signed[0].registration_id, 4)
    await feedback.comment(core, Account(70), signed[0].registration_id, "Хорошо")
    await send_broadcast(core, boss, meeting, Recipients.SIGNED_UP, "Вход со двора", "sent")
    await version_steps.send(core, boss, achinsk, now.year, Seen(), lambda _: b"PK")
    (version,) = await stored(core, ReportVersion)
    async with core.db.write() as session:
        await session.execute(delete(DueMessage))  # none shall come between the windows
    await group_chats.enter(core, -5, "9 «Б», родители", "ru", added_by=boss)
    await make_held_meeting(core, achinsk, {"Школа № 5": 3, "МБОУ «Школа №5»": 1, "Газета": 2})
    given = await invitations.invite(core, boss, Role.ORGANISER, achinsk)
    data = {
        "member_id": place,
        "token": "day1",
        "meeting_id": meeting,
        "registration_id": signed[1].registration_id,
        "entry_id": waiting.registration_id,
        "wanted": ["parent", "grade_9"],
        "line_id": class_line.id,
        "said": {
            "rows": [
                {"code": "A1", "line_id": None, "people": None, "cleared": False, "whole": False},
                {"code": "A99", "line_id": None, "people": 7, "cleared": False, "whole": True},
            ],
            "walk_ins": [{"category": "parent", "people": 5, "organisation": ""}],
            "strange": ["???"],
        },
        "group_id": group.registration_id,
        "group_organisation": "Школа № 5",
        "group_people": {"grade_9": 20, "grade_10": 25},
        "group_category": "grade_9",
        "group_chats": [1],
        "group_chat_id": 1,
        "group_more": 3,
        "role": Role.ORGANISER.value,
        "role_id": role_id,
        "place": "Ачинск",
        "what": "организатор площадки, Ачинск",
        "municipality_id": achinsk,
        "municipality": "Ачинск",
        "timezone": "Asia/Krasnoyarsk",
        "name": "Иванова Мария Петровна",
        "times_fixed": False,
        "title": "Мосты",
        "day": "2026-03-14",
        "time": "15:00",
        "minutes": 90,
        "audience": "students",
        "mode": "online",
        "format": "seminar",
        "half": [2026, 1],
        "people": [["grade_9", 25, ""], ["other", 4, "Школа № 3"]],
        "seats": 27,
        "description": "Слова",
        "link": "https://example.org/room",
        "limits": {"parent": 20},
        "limit_category": "parent",
        "opens_before": 7200,
        "own": achinsk,
        "year": now.year,
        "row": "2.",
        "finding_kind": "photos",
        "finding": f"photos:{meeting}",
        "board_state": "draft",
        "board_place": achinsk,
        "first": key_of("Школа № 5"),
        "second": key_of("МБОУ «Школа №5»"),
        "drafted": "Начинать позже",
        "opened": {"code": "appendix2", "year": 2026, "municipality_id": achinsk},
        "decided": version.token,
        "code": "appendix2",
        "state": "open",
        "kind": "audit",
    }
    return Opener(stage, data, start_data={"token": given})


async def faults_of_all(opener: Opener, person: client.Person, states: list[State]) -> list[str]:
    """What is wrong with the windows, one after the other."""
    return [fault for state in states for fault in await opener.open(person, state)]


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_window_opens_for_staff(opener: Opener, language: str) -> None:
    boss = opener.stage.person("Анна", ADMIN, language_code=language)
    await boss.start()
    await boss.send("/language")
    await boss.tap("Русский" if language == "ru" else "English")
    assert await faults_of_all(opener, boss, windows()) == []

    states = [state for state in windows() if state.group in CHANGING]
    opener.data |= {"letters": "ач", "query": "Ма", "tab": "past", "reason": "Заболел ведущий"}
    assert await faults_of_all(opener, boss, states) == []

    opener.data |= {"letters": "йцу", "query": "йцу", "tab": "drafts", "mode": "in_person"}
    opener.start_data |= {"meeting_id": opener.data["meeting_id"]}
    assert await faults_of_all(opener, boss, [*states, *NewMeeting.__all_states__]) == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("token", ["full", "offered"])
async def test_the_windows_of_who_waits_open(opener: Opener, token: str, language: str) -> None:
    boss = opener.stage.person("Анна", ADMIN, language_code=language)
    await boss.start()
    await boss.send("/language")
    await boss.tap("Русский" if language == "ru" else "English")
    card = await get_card(opener.stage.core, Account(ADMIN), token)
    opener.data |= {"token": token, "registration_id": card.registration_id}
    states = [*Meetings.__all_states__, *My.__all_states__]
    assert await faults_of_all(opener, boss, states) == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", [TeamRole.SPEAKER, TeamRole.CO_CURATOR])
async def test_the_windows_of_a_team_to_come_open(
    opener: Opener, role: TeamRole, language: str
) -> None:
    core, boss = opener.stage.core, Account(ADMIN)
    chief = opener.stage.person("Анна", ADMIN, language_code=language)
    await chief.start()
    await chief.send("/language")
    await chief.tap("Русский" if language == "ru" else "English")
    card = await get_card(core, boss, "day1")
    await team_invitations.invite(core, boss, card.meeting_id, role, "coming")
    opener.start_data = {"token": "coming"}
    opener.data |= {"offering": "talk", "words": "Мосты", "category": "parent"}
    assert await faults_of_all(opener, chief, [*Joining.__all_states__]) == []

    offering = Offering.TALK if role is TeamRole.SPEAKER else None
    place = await team_joining.join(core, boss, "coming", Contribution(offering))
    opener.data |= {"member_id": place, "meeting_id": card.meeting_id}
    states = [*MyTeam.__all_states__, Meetings.card, My.list, My.past]
    states += [Manage.meeting, Manage.team, Manage.team_member, Manage.team_remove]
    assert await faults_of_all(opener, chief, states) == []


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_window_of_everybody_opens_for_a_stranger_and_a_pupil(
    opener: Opener, language: str
) -> None:
    stranger = opener.stage.person("Пётр", language_code=language)
    tickets = {My.ticket, My.cancel}  # are nobody's yet
    states = [state for state in windows() if state.group in PUBLIC and state not in tickets]
    assert await faults_of_all(opener, stranger, states) == []

    pupil = opener.stage.person("Мария", user_id=72, language_code=language)
    await make_person(opener.stage.core, pupil.id, locale=language, municipality_id=1)
    assert await faults_of_all(opener, pupil, states) == []


def test_every_state_has_its_window() -> None:
    """A state without a window is a dead end, a window without this test unseen."""
    from bot import states
    from bot.states import Comment

    groups = [each for each in vars(states).values() if hasattr(each, "__all_states__")]
    declared = {state for group in groups for state in group.__all_states__}
    assert declared - set(windows()) == set(Comment.__all_states__)

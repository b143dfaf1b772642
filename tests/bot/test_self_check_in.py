"""The code in the room: a curator shows it, people point their phones at it."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete

from bot import rules
from bot.handlers.curator import room_code
from bot.models import Feedback, Headcount, IncomingUpdate, Meeting, Registration
from bot.qr_codes import qr_png
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.meetings import cancel_meeting
from bot.services.registrations import sign_up
from bot.services.team_invitations import invite, new_invitation_token
from bot.services.team_joining import join
from bot.vocabulary import Category, Role, TeamRole
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import dump, municipality, person_of, stored, taps, the_answer
from tests.services.factory import give_role, make_meeting, make_person

TITLE, TOKEN = "Инженеры будущего", "Poster_1-2026"


class Room:
    """A meeting that begins in an hour, its curator, and what their phone shows."""

    def __init__(self, stage: Stage, curator: client.Person, made: mock.Mock) -> None:
        self.stage, self.curator, self._made = stage, curator, made

    @property
    def payload(self) -> str:
        """What a camera reads off the picture that was made last."""
        link: str = self._made.call_args.args[0]
        assert link.startswith("https://t.me/kras_networking_bot?start=r_")
        return parse_qs(urlsplit(link).query)["start"][0]

    async def at(self, **before_start: float) -> None:
        """Move on to so long after the start (or before it)."""
        starts_at = (await stored(self.stage.core, Meeting))[0].starts_at
        self.stage.clock.move_to(starts_at + timedelta(**before_start))

    async def show(self) -> Screen:
        """Let the curator show the code, and return the picture."""
        await self.curator.send("/manage")
        running = not await self._is_over()
        await taps(self.curator, *([] if running else ["Прошедшие"]), TITLE)
        await taps(self.curator, "Отметить пришедших", "QR у входа")
        return self.picture

    @property
    def picture(self) -> Screen:
        """The code that stands on the curator's phone."""
        return [each for each in self.curator.messages if each.photo][-1]

    async def guest(self, name: str, category: Category = Category.GRADE_9) -> client.Person:
        """Somebody who is known, but not signed up."""
        person = self.stage.person(name)
        await make_person(self.stage.core, person.id, name=name, category=category)
        return person

    async def signed_up(self, name: str, *categories: Category) -> client.Person:
        """Somebody who is signed up."""
        person = await self.guest(name, *categories[:1])
        await sign_up(self.stage.core, Account(person.id), TOKEN, categories)
        return person

    async def came(self) -> dict[Category, int]:
        """Who counts by now."""
        return {row.category: row.people for row in await stored(self.stage.core, Headcount)}

    async def _is_over(self) -> bool:
        return (await stored(self.stage.core, Meeting))[0].ends_at <= self.stage.clock.now()


@pytest.fixture
def made() -> Iterator[mock.Mock]:
    """The links of which a picture was made."""
    with mock.patch.object(room_code, "qr_png", wraps=qr_png) as making:
        yield making


@pytest.fixture
async def room(stage: Stage, made: mock.Mock) -> Room:
    achinsk = await municipality(stage.core)
    curator = stage.person("Ольга", 900)
    await give_role(stage.core, curator.id, Role.CURATOR, achinsk)
    await make_meeting(
        stage.core, achinsk, token=TOKEN, starts_at=stage.clock.now() + timedelta(hours=1)
    )
    return Room(stage, curator, made)


def said(person: client.Person, words: str) -> list[Screen]:
    return [screen for screen in person.messages if screen.by_bot and words in screen.text]


async def test_the_code_is_a_picture_that_is_renewed_in_place(room: Room) -> None:
    await room.at(minutes=-30)
    picture = await room.show()
    assert picture.photo is not None
    assert picture.photo.data.startswith(b"\x89PNG")
    assert picture.text.splitlines()[0] == TITLE
    assert "отметит, что вы пришли" in picture.text
    assert picture.text.endswith("Код действует до 12:40.")
    assert picture.labels == ["Обновить код"]
    first = room.payload
    assert len(first) <= 64

    await room.stage.restart()
    await room.at(minutes=-21)
    answer = await room.curator.tap("Обновить код")
    assert answer.text == "Новый код действует до 12:49"
    assert room.picture.message_id == picture.message_id
    assert room.picture.text.endswith("Код действует до 12:49.")
    assert room.payload != first
    assert (await room.curator.tap("Обновить код")).text == answer.text  # twice in a second

    maria = await room.signed_up("Мария", Category.GRADE_9)
    await room.at(minutes=-20)
    await maria.start(first)
    assert said(maria, "Код обновился. Отсканируйте его на экране ещё раз.")
    assert await room.came() == {}
    await maria.start(room.payload)
    assert said(maria, "Вы отмечены")
    assert await room.came() == {Category.GRADE_9: 1}


async def test_a_code_too_old_to_change_comes_anew(room: Room) -> None:
    await room.at(minutes=-30)
    await room.show()
    await room.at(minutes=-15)
    pictures = len([each for each in room.curator.messages if each.photo])
    data = "recode:1"
    await room.curator.tap_data(data, 10**6)  # Telegram sends no more than the number of it
    assert len([each for each in room.curator.messages if each.photo]) == pictures + 1
    assert room.picture.text.endswith("Код действует до 12:55.")


async def test_there_is_no_code_too_early_or_too_late(room: Room) -> None:
    await room.at(minutes=-31)
    await room.curator.send("/manage")
    answer = await taps(room.curator, TITLE, "Отметить пришедших", "QR у входа")
    assert answer.text == (
        "QR-код у входа работает за полчаса до начала: сегодня, 12:30. "
        "Пока отмечает куратор по списку."
    )
    await room.at(minutes=90 + 120, seconds=1)
    answer = await room.curator.tap("QR у входа")
    assert "он работает до двух часов после встречи" in answer.text
    assert not [each for each in room.curator.messages if each.photo]


async def test_who_is_signed_up_is_checked_in_once(room: Room) -> None:
    maria = await room.signed_up("Мария", Category.PARENT, Category.GRADE_7)
    await room.at(minutes=-30)
    await room.show()
    await maria.start(room.payload)
    (told,) = said(maria, "Вы отмечены")
    assert told.text.splitlines()[:3] == ["✅ Вы отмечены", TITLE, "👥 родители, 7 класс"]
    assert told.labels == []
    room.stage.clock.advance(timedelta(minutes=2))
    await maria.start(room.payload)
    assert said(maria, f"Ваш приход на встречу «{TITLE}» уже отмечен в 12:30.")
    assert await room.came() == {Category.PARENT: 1, Category.GRADE_7: 1}
    await room.curator.send("/manage")
    await taps(room.curator, TITLE, "Отметить пришедших", "✅ Мария · 7 класс")
    assert await room.came() == {Category.PARENT: 1}


async def test_who_is_known_comes_in_with_one_tap(room: Room) -> None:
    petya = await room.guest("Петя")
    await room.at(minutes=10)
    await room.show()
    await petya.start(room.payload)
    assert "Вы не записаны на эту встречу." in petya.screen.text
    assert petya.screen.labels == ["Записать и отметить"]
    room.stage.clock.advance(rules.CODE_LIFE)  # it was good when it was scanned
    data = petya.screen.button("Записать и отметить")
    assert data is not None
    await room.stage.restart()
    asked = petya.screen.message_id
    await petya.tap("Записать и отметить")
    assert petya.screen.message_id == asked
    assert petya.screen.text.startswith("✅ Вы отмечены")
    await petya.tap_data(data["callback_data"], asked)
    assert len(await stored(room.stage.core, Registration)) == 1
    assert await room.came() == {Category.GRADE_9: 1}
    await room.stage.tick()
    assert not [each for each in petya.messages if each.photo or each.document]  # no ticket now

    olga = await room.guest("Ольга")
    answer = await olga.tap_data(data["callback_data"], olga.world.history(petya.id)[-1].message_id)
    assert answer.text.startswith("Этот код не подходит.")
    assert await room.came() == {Category.GRADE_9: 1}


async def test_the_team_is_told_that_it_is_marked(room: Room) -> None:
    olga = await room.guest("Ольга", Category.PARENT)
    core, token = room.stage.core, new_invitation_token()
    await invite(core, Account(room.curator.id), 1, TeamRole.HELPER, token)
    await join(core, Account(olga.id), token)
    await room.at(minutes=-30)
    await room.show()
    await olga.start(room.payload)
    (told,) = said(olga, "Вы в команде встречи, ваш приход отмечен.")
    assert (told.text.splitlines()[:2], told.labels) == (["✅ Вы отмечены", TITLE], [])
    room.stage.clock.advance(timedelta(minutes=2))
    await olga.start(room.payload)
    assert said(olga, f"Ваш приход на встречу «{TITLE}» уже отмечен в 12:30.")
    assert not said(olga, "Вы не записаны")
    assert await room.came() == {Category.PARENT: 1}


async def test_a_newcomer_answers_a_few_questions_and_is_in(room: Room) -> None:
    await room.at(minutes=-30)
    await room.show()
    vera = room.stage.person("Вера")
    await vera.start(room.payload)
    assert said(vera, f"Вы на встрече «{TITLE}».")
    assert await person_of(room.stage.core, vera.id) is None
    await vera.tap("Даю согласие")
    await room.stage.restart()
    room.stage.clock.advance(rules.CODE_LIFE)
    await taps(vera, "Ученик", "9 класс", "Да, всё верно")
    assert said(vera, "Вы отмечены")
    assert "✅ Вы были на этой встрече" in vera.screen.text
    assert await room.came() == {Category.GRADE_9: 1}


async def test_a_newcomer_of_a_full_meeting_is_sent_to_the_curator(room: Room) -> None:
    async with room.stage.core.db.write() as session:
        (await session.get_one(Meeting, 1)).seats = 1
    await room.signed_up("Мария", Category.GRADE_9)
    await room.at(minutes=-30)
    await room.show()
    vera = room.stage.person("Вера")
    await vera.start(room.payload)
    await taps(vera, "Даю согласие", "Ученик", "9 класс", "Да, всё верно")
    assert said(vera, "Свободных мест нет. Подойдите к куратору у входа")
    petya = await room.guest("Петя")
    await petya.start(room.payload)
    answer = await petya.tap("Записать и отметить")
    assert answer.text.startswith("Свободных мест нет. Подойдите к куратору у входа")
    assert await room.came() == {}


async def test_who_is_too_young_is_sent_to_the_curator(room: Room) -> None:
    await room.at(minutes=-30)
    await room.show()
    kid = room.stage.person("Коля")
    await kid.start(room.payload)
    await taps(kid, "Даю согласие", "Ученик", "6 класс")
    assert "Подойдите к куратору у входа: он отметит вас без записи." in kid.screen.text
    assert await person_of(room.stage.core, kid.id) is None


async def test_forged_codes_and_those_of_other_meetings(room: Room) -> None:
    maria = await room.signed_up("Мария", Category.GRADE_9)
    await make_meeting(room.stage.core, 1, token="another_1", starts_at=room.stage.clock.now())
    await room.at(minutes=0)
    await room.show()
    code = room.payload.rpartition("_")[2]
    for payload in (f"r_{TOKEN}_{'0' * 36}", f"r_another_1_{code}", f"r_{TOKEN}", "r_", "r__"):
        await maria.start(payload)
        assert maria.messages[-1].text.startswith("Этот код не подходит.") or (
            maria.messages[-2].text.startswith("Этот код не подходит.")
        ), payload
    assert await room.came() == {}


async def test_the_room_answers_without_a_name_and_once(room: Room) -> None:
    await room.at(minutes=75)
    picture = await room.show()
    assert "спросит, как прошла встреча" in picture.text
    pupil = room.stage.person("Ученик", 777_000_777)
    await pupil.start(room.payload)
    (question,) = said(pupil, "Ответ без имени")
    assert question.buttons == [[f"{rating} ⭐" for rating in range(1, 6)]]
    await room.stage.restart()
    await taps(pupil, "4 ⭐", "Узнали о профессиях", "Дальше")
    assert pupil.screen.message_id == question.message_id
    await pupil.send("Было <громко>")
    assert pupil.screen.text.startswith("Спасибо за отзыв")
    core = room.stage.core  # of the bot that runs now
    answer = await the_answer(core)
    assert (answer.rating, answer.useful, answer.comment) == (4, ["professions"], "Было <громко>")
    assert (answer.category, answer.registration_id) == (None, None)

    await pupil.start(room.payload)
    assert said(pupil, f"Вы уже ответили о встрече «{TITLE}». Спасибо.")
    assert len(await stored(core, Feedback)) == 1
    assert await person_of(core, pupil.id) is None
    async with core.db.write() as session:
        await session.execute(delete(IncomingUpdate))  # each is forgotten within a day
    kept = [line for line in (await dump(core)).splitlines() if str(pupil.id) in line]
    assert [line.partition(":")[0] for line in kept] in ([], ["dialog_states"])
    assert not [line for line in kept if "meeting_id" in line]

    room.stage.clock.advance(timedelta(hours=1))
    await room.curator.send("/manage")
    await taps(room.curator, "Прошедшие", TITLE, "Отзывы")
    assert "⭐ 4,0 · 1 отзыв" in room.curator.screen.text
    assert "без имени, по QR-коду в зале: 1" in room.curator.screen.text
    await room.curator.tap("Комментарии")
    assert "4 ⭐ · без имени\nБыло <громко>" in room.curator.screen.text


async def test_after_the_end_the_code_is_for_feedback_alone(room: Room) -> None:
    await room.at(minutes=90)
    picture = await room.show()
    assert "Отзыв без имени." in picture.text
    petya = await room.guest("Петя")
    await petya.start(room.payload)
    assert said(petya, "Ответ без имени")
    assert await stored(room.stage.core, Registration) == []


async def test_who_is_signed_up_answers_on_the_registration(room: Room) -> None:
    maria, oleg = [await room.signed_up(name, Category.GRADE_9) for name in ("Мария", "Олег")]
    await room.at(minutes=80)
    await room.show()
    await maria.start(room.payload)
    assert said(maria, "Вы отмечены")
    assert said(maria, "Оцените в одно касание.")
    await taps(maria, "5 ⭐", "Дальше", "Пропустить")
    await room.at(minutes=91)
    await room.curator.tap("Обновить код")
    await oleg.start(room.payload)
    assert not said(oleg, "Вы отмечены")
    await taps(oleg, "3 ⭐", "Дальше", "Пропустить")
    assert oleg.screen.text.endswith("Он будет учтён, когда куратор подтвердит список пришедших.")
    answers = [(row.registration_id, row.rating) for row in await stored(room.stage.core, Feedback)]
    assert answers == [(1, 5), (2, 3)]
    await room.stage.wait_until(room.stage.clock.now() + timedelta(hours=3))
    for person in (maria, oleg):
        assert len(said(person, "Спасибо за отзыв")) == 1
        assert not said(person, "Вы были на встрече")
    await room.curator.send("/manage")
    await taps(room.curator, "Прошедшие", TITLE, "Отметить пришедших")
    assert "Подтвердить, что были: 1" in room.curator.screen.labels


async def test_a_curator_who_scans_is_a_participant_like_any_other(room: Room) -> None:
    await room.at(minutes=0)
    await room.show()
    await room.curator.start(room.payload)
    assert "Записать и отметить" in room.curator.screen.labels
    await room.curator.tap("Записать и отметить")
    assert await room.came() == {Category.JOB_CENTRE: 1}


async def test_a_group_is_counted_by_the_curator(room: Room) -> None:
    teacher = await room.guest("Анна", Category.OTHER)
    group = Group("Школа № 3", {Category.GRADE_9: 20}, with_me=False)
    await sign_up_group(room.stage.core, Account(teacher.id), TOKEN, group, group_token="class")
    await room.at(minutes=0)
    await room.show()
    await teacher.start(room.payload)
    assert said(teacher, "Её отметит куратор: скажите ему, сколько вас пришло.")
    assert await room.came() == {}


async def test_who_waits_speaks_to_the_curator(room: Room) -> None:
    async with room.stage.core.db.write() as session:
        (await session.get_one(Meeting, 1)).seats = 1
    await room.signed_up("Мария", Category.GRADE_9)
    oleg = await room.guest("Олег")
    await sign_up(room.stage.core, Account(oleg.id), TOKEN, wait=True)
    await room.at(minutes=0)
    await room.show()
    await oleg.start(room.payload)
    assert said(oleg, "вы в листе ожидания. Подойдите к куратору у входа: он решит.")
    assert await room.came() == {}


async def test_a_cancelled_meeting_has_no_code(room: Room) -> None:
    maria = await room.signed_up("Мария", Category.GRADE_9)
    await room.at(minutes=0)
    await room.show()
    await cancel_meeting(room.stage.core, Account(room.curator.id), 1, "Зал закрыт")
    await maria.start(room.payload)
    assert said(maria, "Эта встреча отменена.")
    answer = await room.curator.tap("Обновить код")
    assert answer.text.startswith("Отмечать можно за 3 часа до начала")
    assert await room.came() == {}


async def test_every_mark_at_the_door_can_be_taken_back(room: Room) -> None:
    core = room.stage.core
    teacher = await room.guest("Анна", Category.OTHER)
    group = Group("Школа № 3", {Category.GRADE_9: 20}, with_me=False)
    await sign_up_group(core, Account(teacher.id), TOKEN, group, group_token="class")
    await room.signed_up("Мария", Category.PARENT)
    async with core.db.write() as session:
        (await session.get_one(Registration, 2)).says_came_at = room.stage.clock.now()
    await room.at(minutes=0)
    await room.curator.send("/manage")
    await taps(room.curator, TITLE, "Отметить пришедших", "Школа № 3")
    assert "Отменить отметку" not in room.curator.screen.labels
    await taps(room.curator, "Все пришли")
    assert await room.came() == {Category.GRADE_9: 20}
    answer = await room.curator.tap("Отменить отметку")
    assert answer.text == "Отметка снята: группа без числа"
    assert "Записаны 20. Сколько пришло?" in room.curator.screen.text
    assert await room.came() == {}

    await taps(room.curator, "‹ Назад", "Подтвердить, что были: 1", "Да, отметить")
    assert await room.came() == {Category.PARENT: 1}
    answer = await room.curator.tap("Отменить подтверждение")
    assert answer.text == "Подтверждение отменено, человек: 1"
    assert await room.came() == {}
    assert "Подтвердить, что были: 1" in room.curator.screen.labels
    assert "Отменить подтверждение" not in room.curator.screen.labels


async def test_more_than_the_seats_are_let_in_with_a_warning(room: Room) -> None:
    async with room.stage.core.db.write() as session:
        (await session.get_one(Meeting, 1)).seats = 1
    await room.signed_up("Мария", Category.GRADE_9)
    await room.at(minutes=0)
    await room.curator.send("/manage")
    answer = await taps(room.curator, TITLE, "Отметить пришедших", "Мария")
    assert answer.text == "✅ Мария"
    answer = await taps(room.curator, "+1 без записи", "9 класс")
    assert answer.text == "+1: 9 класс\n⚠️ Пришли 2 при 1 месте"
    assert "⚠️ Пришли 2 при 1 месте" in room.curator.screen.text
    await taps(room.curator, "Убрать последнего")
    assert "⚠️" not in room.curator.screen.text

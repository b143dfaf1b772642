"""A teacher brings a class: the questions, too few seats, the ticket and its numbers."""

import pytest

from bot.models import Registration, RegistrationLine, SeatLimit
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import PUPILS, Category, RegistrationKind, RegistrationStatus
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import lines_of, stored, taps
from tests.bot.test_curator_taps import FORGED, Crash, no_failures, refused
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import make_person

SCHOOL = "Школа № 3"
OTHER, NINTH, TENTH = Category.OTHER, Category.GRADE_9, Category.GRADE_10


@pytest.fixture
async def teacher(stage: Stage) -> client.Person:
    """A teacher of a school in Ачинск."""
    return await known(stage, OTHER, "Анна", organisation=SCHOOL)


async def describe(teacher: client.Person, number: str = "27", along: str = "Да") -> None:
    """Answer everything up to the confirming screen."""
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL, "9 класс")
    await teacher.send(number)
    await teacher.tap(along)


async def taken(stage: Stage, people: int) -> None:
    """Let somebody else have so many seats."""
    other = Account(5000)
    await make_person(stage.core, other.id, name="Борис", category=OTHER, organisation="Лицей")
    group = Group("Лицей", {Category.GRADE_11: people}, with_me=False)
    await sign_up_group(stage.core, other, TOKEN, group, group_token="others")


async def groups(stage: Stage) -> list[Registration]:
    rows = await stored(stage.core, Registration)
    return [row for row in rows if row.kind is RegistrationKind.GROUP]


async def test_a_class_is_signed_up_in_four_taps_and_a_number(
    stage: Stage, teacher: client.Person
) -> None:
    meeting = await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await teacher.tap("Записать группу")
    assert "Из какой школы или организации?" in teacher.screen.text
    assert teacher.screen.labels == [SCHOOL, "‹ Назад"]
    await teacher.tap(SCHOOL)
    assert "Имена детей не нужны" in teacher.screen.text
    await teacher.tap("9 класс")
    assert teacher.screen.labels == ["10", "15", "20", "25", "30", "‹ Назад"]
    await teacher.send("27 чел")
    await teacher.tap("Да")
    assert teacher.screen.text.splitlines()[1:3] == [f"🏫 {SCHOOL}", "👥 9 класс — 27, с вами — 1"]
    assert "нужно 28 мест" in teacher.screen.text
    answer = await teacher.tap("Записать 28")
    assert answer.text == "Группа записана: 28 человек. Код для входа: A1"
    assert await lines_of(stage.core, meeting) == [("other", SCHOOL, 1), ("grade_9", SCHOOL, 27)]
    assert f"{SCHOOL}: 9 класс — 27, с вами — 1" in teacher.screen.text
    assert "Изменить число" in teacher.screen.labels


async def test_a_mixed_group_from_elsewhere(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await teacher.tap("Записать группу")
    await teacher.send("  Лицей   № 1 ")
    await taps(teacher, "9 класс", "20", "Нет", "Добавить ещё", "10 класс")
    await teacher.send("5")
    await taps(teacher, "Добавить ещё", "Другие участники", "Родители")
    await teacher.send("3 чел.")
    assert "👥 9 класс — 20, 10 класс — 5, родители — 3" in teacher.screen.text
    await teacher.tap("Записать 28")
    assert await lines_of(stage.core, meeting) == [
        ("grade_9", "Лицей № 1", 20),
        ("grade_10", "Лицей № 1", 5),
        ("parent", "Лицей № 1", 3),
    ]


async def test_back_keeps_everything_that_was_said(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await teacher.tap("Записать группу")
    await teacher.send("Лицей № 1")
    await taps(teacher, "9 класс", "20", "Нет")
    confirm = teacher.screen.text
    await taps(teacher, *["‹ Назад"] * 4)
    assert teacher.screen.labels == ["Лицей № 1", SCHOOL, "‹ Назад"]
    await teacher.tap("Лицей № 1")
    assert "9 класс · 20" in teacher.screen.labels
    await taps(teacher, "9 класс · 20", "Оставить 20")
    assert teacher.screen.text == confirm
    await taps(teacher, "Добавить ещё", "‹ Назад")
    assert teacher.screen.text == confirm
    # A number can be said anew, and a category taken out again.
    await taps(teacher, "Добавить ещё", "10 класс", "15")
    await taps(teacher, "Добавить ещё", "9 класс · 20", "Убрать из группы")
    assert "👥 10 класс — 15\n" in teacher.screen.text
    await taps(teacher, "Добавить ещё", "10 класс · 15", "25", "Записать 25")
    assert await lines_of(stage.core, meeting) == [("grade_10", "Лицей № 1", 25)]


async def test_back_from_the_first_question_is_the_card(
    stage: Stage, teacher: client.Person
) -> None:
    await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    card = teacher.screen.text
    await taps(teacher, "Записать группу", "‹ Назад")
    assert teacher.screen.text == card
    await taps(teacher, "Записать группу", SCHOOL)
    await teacher.send("/cancel")
    assert any("Группу не записали" in screen.text for screen in teacher.messages)
    assert await groups(stage) == []


@pytest.mark.parametrize("ways", [(SCHOOL,), (SCHOOL, "9 класс", "15", "Да")])
async def test_questions_left_and_asked_anew_are_done_once_the_group_is_signed_up(
    stage: Stage, teacher: client.Person, ways: tuple[str, ...]
) -> None:
    await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", *ways)
    await describe(teacher, "13")
    answer = await teacher.tap("Записать 14")
    assert answer.text.startswith("Группа записана: 14 человек.")
    assert "9 класс — 13, с вами — 1" in teacher.screen.text
    await teacher.send("/cancel")
    assert teacher.messages[-2].text == "Ничего не было начато."
    assert len(await groups(stage)) == 1


async def test_another_group_that_was_begun_is_kept(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL, "10 класс", "15")
    await describe(teacher, "13")
    await taps(teacher, "Записать 14", "‹ Назад", "‹ Назад")
    assert "Вы придёте вместе с группой?" in teacher.screen.text
    await teacher.send("/cancel")
    assert teacher.messages[-2].text == "Группу не записали, введённое отброшено."


async def test_what_is_no_number_is_asked_again(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL, "9 класс")
    for words, sentence in [("много", "Не получилось понять число."), ("301", "от 1 до 300")]:
        await teacher.send(words)
        assert sentence in teacher.messages[-2].text
        assert "9 класс: сколько человек?" in teacher.screen.text
    await teacher.send("41")
    await teacher.tap("Нет")
    answer = await teacher.tap("Записать 41")
    assert answer.show_alert
    assert answer.text.startswith("Вас 41, а всего мест 40.")
    assert "👥 9 класс — 41" in teacher.screen.text  # nothing is lost


async def test_who_is_counted_already_is_not_asked_again(
    stage: Stage, teacher: client.Person
) -> None:
    meeting = await meeting_of(stage)
    await sign_up(stage.core, Account(teacher.id), TOKEN)
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL, "9 класс", "20", "Записать 20")
    assert await lines_of(stage.core, meeting) == [("other", SCHOOL, 1), ("grade_9", SCHOOL, 20)]


async def test_only_those_whom_the_meeting_admits(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage, admits=[NINTH, TENTH])
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL)
    assert teacher.screen.labels == ["9 класс", "10 класс", "‹ Назад"]
    # The meeting is not open to teachers, but who answers for a class comes along with it.
    await taps(teacher, "9 класс", "20", "Да", "Записать 21")
    assert await lines_of(stage.core, meeting) == [("other", SCHOOL, 1), ("grade_9", SCHOOL, 20)]


async def test_pupils_and_strangers_bring_no_groups(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    petya, stranger = await known(stage, name="Петя"), stage.person("Чужой")
    await teacher.start(f"m_{TOKEN}")
    for person in (petya, stranger):
        await person.start(f"m_{TOKEN}")
        assert "Записать группу" not in person.screen.labels
    card = petya.screen
    [shown] = [each for row in card.keyboard for each in row if "К списку" in each["text"]]
    hidden = shown["callback_data"].replace("to_list", "group")
    answer = await petya.tap_data(hidden, card.message_id)
    assert "Группу записывает взрослый" in answer.text
    assert await groups(stage) == []


async def test_repeated_taps_are_one_group(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage, seats=100)
    crash = Crash(stage)
    await describe(teacher)
    screen = teacher.screen
    [button] = [each for row in screen.keyboard for each in row if each["text"] == "Записать 28"]
    await teacher.tap("Записать 28")
    await crash.again()
    await teacher.tap_data(button["callback_data"], screen.message_id)
    assert len(await groups(stage)) == 1
    # A second group of the same size is another one.
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL, "10 класс", "20", "Записать 20")
    assert len(await groups(stage)) == 2
    await no_failures(stage)


async def test_too_few_seats_for_all(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await taken(stage, 22)
    await describe(teacher, "26")
    await teacher.tap("Записать 27")
    assert teacher.screen.text.startswith("Сейчас свободно 18 мест, а вас 27.")
    assert teacher.screen.labels == [
        "Записать 18",
        "Ждать места для 27",
        "Встречи с местами",
        "‹ Назад",
    ]
    answer = await teacher.tap("Записать 18")
    assert answer.text == "Группа записана: 18 человек. Код для входа: A2"
    assert (await lines_of(stage.core, meeting))[1:] == [
        ("other", SCHOOL, 1),
        ("grade_9", SCHOOL, 17),
    ]


async def test_fewer_seats_by_the_time_of_the_tap(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await taken(stage, 22)
    await describe(teacher, "26")
    await teacher.tap("Записать 27")
    petya = await known(stage, name="Петя")
    await sign_up(stage.core, Account(petya.id), TOKEN)

    answer = await teacher.tap("Записать 18")

    assert answer.show_alert
    assert answer.text.startswith("Мест стало меньше.")
    assert "свободно 17 мест, а вас 27" in teacher.screen.text
    assert len(await groups(stage)) == 1
    await teacher.tap("Записать 17")
    assert (await lines_of(stage.core, meeting))[2:] == [
        ("other", SCHOOL, 1),
        ("grade_9", SCHOOL, 16),
    ]


async def test_more_seats_by_the_time_of_the_tap(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    petya = await known(stage, name="Петя")
    signed = await sign_up(stage.core, Account(petya.id), TOKEN)
    await taken(stage, 22)
    await describe(teacher, "26")
    await teacher.tap("Записать 27")
    await cancel(stage.core, Account(petya.id), signed.registration_id)
    await teacher.tap("Записать 17")
    assert (await lines_of(stage.core, meeting))[1:] == [
        ("other", SCHOOL, 1),
        ("grade_9", SCHOOL, 16),
    ]


async def test_a_part_keeps_the_proportions(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await taken(stage, 22)
    await describe(teacher, "20", "Нет")
    await taps(teacher, "Добавить ещё", "10 класс")
    await teacher.send("7")
    await teacher.tap("Записать 27")
    assert "Можно записать часть: 9 класс — 14, 10 класс — 4." in teacher.screen.text
    await teacher.tap("Записать 18")
    assert (await lines_of(stage.core, meeting))[1:] == [
        ("grade_9", SCHOOL, 14),
        ("grade_10", SCHOOL, 4),
    ]


async def test_a_grades_own_seats_run_out(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    async with stage.core.db.write() as session:
        session.add(SeatLimit(meeting_id=meeting, category=NINTH, seats=15))
    await sign_up(stage.core, Account((await known(stage, name="Петя")).id), TOKEN)
    await describe(teacher, "15")
    await teacher.tap("Записать 16")
    assert teacher.screen.text.startswith(
        "Не хватает мест: 9 класс. Сейчас можно записать 15 из 16."
    )
    await teacher.tap("Записать 15")
    assert (await lines_of(stage.core, meeting))[1:] == [
        ("other", SCHOOL, 1),
        ("grade_9", SCHOOL, 14),
    ]


async def test_all_of_them_wait(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    await taken(stage, 40)
    await describe(teacher)
    await teacher.tap("Записать 28")
    assert teacher.screen.text.startswith("Свободных мест сейчас нет, а вас 28.")
    assert teacher.screen.labels == ["Ждать места для 28", "Встречи с местами", "‹ Назад"]
    await teacher.tap("‹ Назад")
    assert "👥 9 класс — 27, с вами — 1" in teacher.screen.text
    await teacher.tap("Записать 28")
    answer = await teacher.tap("Ждать места для 28")
    assert answer.text == "Группа в листе ожидания, место в очереди: 1."
    assert [row.status for row in await groups(stage)] == [
        RegistrationStatus.ACTIVE,
        RegistrationStatus.WAITING,
    ]


async def test_other_meetings_with_seats(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    await taken(stage, 40)
    await describe(teacher)
    await taps(teacher, "Записать 28", "Встречи с местами")
    assert teacher.screen.text.startswith("Встречи с местами: Ачинск")
    await teacher.tap("Все встречи")
    assert teacher.screen.text == "Встречи: Ачинск"


async def test_forged_taps_of_the_questions(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage)
    await taken(stage, 22)
    await teacher.start(f"m_{TOKEN}")
    await taps(teacher, "Записать группу", SCHOOL)
    await refused(teacher, "9 класс", ["x", "", "GRADE_9"])
    await teacher.tap("9 класс")
    await refused(teacher, "10", FORGED)
    await teacher.send("26")
    await taps(teacher, "Да", "Записать 27")
    await refused(teacher, "Записать 18", FORGED)
    [real] = [
        each["callback_data"]
        for row in teacher.screen.keyboard
        for each in row
        if each["text"] == "Записать 18"
    ]
    answer = await teacher.tap_data(f"{real.rpartition(':')[0]}:500", teacher.screen.message_id)
    assert answer.text.startswith("Мест стало меньше.")
    assert len(await groups(stage)) == 1
    await no_failures(stage)


async def signed_up(teacher: client.Person) -> None:
    """Sign up 20 of the ninth and 5 of the tenth with their teacher, and open the ticket."""
    await describe(teacher, "20")
    await taps(teacher, "Добавить ещё", "10 класс")
    await teacher.send("5")
    await teacher.tap("Записать 26")


async def test_the_ticket_and_fewer_people(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await signed_up(teacher)
    await teacher.send("/my")
    await teacher.tap("пн 9 мар · Инженеры будущего · группа, 26")
    assert f"👥 {SCHOOL}: 9 класс — 20, 10 класс — 5, с вами — 1" in teacher.screen.text
    await taps(teacher, "Изменить число", "9 класс · 20")
    assert "9 класс: сейчас 20. Сколько будет?" in teacher.screen.text
    answer = await teacher.tap("18")
    assert answer.text == "Освободили 2 места"
    assert "👥 9 класс — 18, 10 класс — 5, с вами — 1" in teacher.screen.text
    await teacher.tap("10 класс · 5")
    await teacher.send("0")
    assert "👥 9 класс — 18, с вами — 1" in teacher.screen.text
    await teacher.tap("‹ Назад")
    assert f"👥 {SCHOOL}: 9 класс — 18, с вами — 1" in teacher.screen.text
    assert await lines_of(stage.core, meeting) == [("other", SCHOOL, 1), ("grade_9", SCHOOL, 18)]


async def test_more_people_while_there_are_seats(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await taken(stage, 12)
    crash = Crash(stage)
    await signed_up(teacher)
    await taps(teacher, "Изменить число", "10 класс · 5")
    await refused(teacher, "6", ["x", "", "-1", "1.5", str(10**30)])
    answer = await teacher.tap("7")
    assert answer.text == "Добавили 2 места"
    await crash.again()
    assert sum(line.seats for line in await stored(stage.core, RegistrationLine)) == 40

    await teacher.tap("9 класс · 20")
    await teacher.send("23")
    assert teacher.screen.text.startswith("Ещё 3 места (9 класс) сейчас не найти.")
    assert teacher.screen.labels == ["Ждать места для 3", "‹ Назад"]
    answer = await teacher.tap("Ждать места для 3")
    await crash.again()
    assert answer.text == "Группа в листе ожидания, место в очереди: 1."
    assert [row.status for row in await groups(stage)][1:] == [
        RegistrationStatus.ACTIVE,
        RegistrationStatus.WAITING,
    ]
    assert (await lines_of(stage.core, meeting))[1:] == [
        ("other", SCHOOL, 1),
        ("grade_9", SCHOOL, 20),
        ("grade_10", SCHOOL, 7),
    ]


async def test_a_group_is_cancelled_whole(stage: Stage, teacher: client.Person) -> None:
    meeting = await meeting_of(stage)
    await signed_up(teacher)
    await taps(teacher, "Отменить запись", "Да, отменить")
    assert await lines_of(stage.core, meeting) == []


async def test_nobody_changes_the_group_of_others(stage: Stage, teacher: client.Person) -> None:
    await meeting_of(stage, admits=[*PUPILS, OTHER])
    await signed_up(teacher)
    await teacher.tap("Изменить число")
    screen = teacher.screen
    thief = await known(stage, OTHER, "Вор", organisation="Лицей")
    await thief.start(f"m_{TOKEN}")
    for row in screen.keyboard:
        for each in row:
            await thief.tap_data(each["callback_data"], screen.message_id)
    lines = await stored(stage.core, RegistrationLine)
    assert [line.seats for line in lines] == [1, 20, 5]

"""What people do besides: old buttons, words nobody asked for, files, the menu of commands."""

from sqlalchemy import delete

from bot.models import AuditEntry, DialogState, IncomingUpdate, StaffRole
from bot.vocabulary import Category, Role
from tests.bot.conftest import ADMIN, Stage
from tests.bot.story import municipality, stored, taps, texts
from tests.services.factory import give_role, make_meeting, make_person


async def test_unknown_words_get_one_kind_line_and_the_menu(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    for words in ("Привет!", "/nonsense", "👍"):
        await maria.send(words)
        line, menu = maria.messages[-2:]
        assert line.text == "Я понимаю кнопки и команды. Вот что можно сделать:"
        assert menu.labels[:2] == ["Найти встречу", "Мои записи"]
    await maria.send_document(b"x", "x.txt")
    assert maria.screen.labels[:2] == ["Найти встречу", "Мои записи"]


async def test_unknown_words_drop_nothing_that_was_begun(stage: Stage) -> None:
    maria = stage.person("Мария")
    await maria.start()
    await maria.send("А что это?")
    assert maria.messages[-2].text == "Я понимаю кнопки и команды. Вот что можно сделать:"
    assert maria.screen.labels == ["Даю согласие", "Не даю"]
    await taps(maria, "Даю согласие", "Учитель")
    await maria.send_document(b"x", "x.txt")
    assert maria.screen.text.startswith("Из какой вы организации?")
    assert [row for row in await stored(stage.core, IncomingUpdate) if row.set_aside_at] == []


async def test_an_old_button_says_so_and_leaves_open_what_was_begun(stage: Stage) -> None:
    core = stage.core
    await make_meeting(core, await municipality(core))
    maria = stage.person("Мария")
    await make_person(core, maria.id)
    await maria.send("/meetings")
    old = maria.screen
    button = old.button("Инженеры")
    assert button is not None
    await maria.send("/my")
    for data in (button["callback_data"], "gone\x1dsign_up", "rate:x:y", "nothing"):
        seen = len(maria.messages)
        answer = await maria.tap_data(data, old.message_id)
        assert answer.text == "Эта кнопка устарела. Вот где вы остановились."
        assert len(maria.messages) == seen + 1
        assert "Мои записи" in maria.screen.text
    await maria.tap("Найти встречу")
    assert "Инженеры" in maria.screen.labels[0]
    assert await stored(core, AuditEntry) == []


async def test_an_old_button_brings_the_menu_where_nothing_is_open(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    await maria.start()
    await stage.app.bot.send_message(maria.id, "Привет")
    async with stage.core.db.write() as session:
        await session.execute(delete(DialogState))
    answer = await maria.tap_data("gone\x1dsign_up", maria.screen.message_id)
    assert answer.text == "Эта кнопка устарела, вот свежее меню."
    assert maria.screen.text == "Здравствуйте, Мария. Что хотите сделать?"


async def test_buttons_outlive_a_restart(stage: Stage) -> None:
    core = stage.core
    await make_meeting(core, await municipality(core))
    maria = stage.person("Мария")
    await make_person(core, maria.id)
    await maria.send("/meetings")
    await stage.restart()
    await taps(maria, "Инженеры", "Записаться")
    await stage.restart()
    await taps(maria, "Отменить запись", "Да, отменить")
    assert "Записаться" in maria.screen.labels


async def test_everybody_sees_the_commands_of_their_roles(stage: Stage) -> None:
    core = stage.core
    everybody = ["meetings", "my", "reminders", "help", "privacy", "language", "cancel"]
    achinsk = await municipality(core)
    expected = {
        None: [],
        Role.ORGANISER: ["manage", "new", "stats"],
        Role.CURATOR: ["manage", "new", "report", "stats", "deadlines", "invite"],
        Role.REGIONAL_CURATOR: ["report", "stats", "deadlines", "invite"],
        Role.ADMIN: ["invite"],
    }
    for number, (role, commands) in enumerate(expected.items(), start=100):
        person = stage.person("Анна", user_id=number)
        await make_person(core, number, category=Category.JOB_CENTRE, municipality_id=achinsk)
        if role is not None:
            municipal = role in {Role.ORGANISER, Role.CURATOR}
            await give_role(core, number, role, achinsk if municipal else None)
        await person.start()
        assert person.menu == [*commands, *everybody]
        buttons = {
            "manage": "Ваши встречи",
            "new": "Новая встреча",
            "report": "Отчёт",
            "stats": "Статистика",
            "deadlines": "Сроки года",
            "invite": "Сотрудники",
        }
        seen = [name for name, label in buttons.items() if label in person.screen.labels]
        # Beside the report for who makes one.
        assert seen == [each for each in commands if each != "stats" or "report" not in commands]
        await person.send("/help")
        assert ("Сотрудникам" in person.screen.text) == bool(commands)
        said = [line.split(" — ")[0] for line in person.screen.text.splitlines() if line[:1] == "/"]
        assert sorted(said) == sorted(f"/{each}" for each in person.menu if each != "help")


async def test_an_administrator_of_the_settings_needs_no_row(stage: Stage) -> None:
    boss = stage.person("Босс", user_id=ADMIN)
    await boss.start()
    assert "invite" in boss.menu


async def test_blocked_and_back_again(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    await maria.start()
    stage.sandbox.world.block(maria.id)
    stage.sandbox.world.unblock(maria.id)
    await maria.start()
    assert "Что хотите сделать?" in maria.screen.text
    assert "Простите" not in texts(maria)


async def test_an_apology_is_in_the_language_of_the_person(stage: Stage) -> None:
    known, stranger = stage.person("Mary"), stage.person("John", language_code="en-GB")
    await make_person(stage.core, known.id, locale="en")
    for person in (known, stranger):
        broken = {
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "language_code": person.user.language_code},
        }
        stage.sandbox.world.updates.put(person.id, "message", broken)
        await person.send("/help")
        assert "Sorry" in texts(person)
        assert "Простите" not in texts(person)


async def test_a_refusal_in_the_log_holds_no_words_of_a_person(stage: Stage) -> None:
    core, anna = stage.core, stage.person("Анна")
    await give_role(core, anna.id, Role.CURATOR, await municipality(core))
    await make_meeting(core, await municipality(core), starts_at=stage.clock.now())
    await anna.send("/manage")
    await taps(anna, "Инженеры", "Ещё", "Отменить встречу")
    async with core.db.write() as session:
        await session.execute(delete(StaffRole))
    await anna.send("/Иванова_Мария 89990000000")
    await anna.send("/report@kras_networking_bot Иванова")
    assert [row.action for row in await stored(core, AuditEntry) if row.refused] == [
        "command",
        "command /report",
    ]

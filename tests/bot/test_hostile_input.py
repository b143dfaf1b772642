"""Names and organisations that break programs: cleaned or politely refused, and shown as typed."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.models import NAME_LENGTH, ORGANISATION_LENGTH, IncomingUpdate
from bot.services.core import Account
from bot.services.registrations import sign_up
from sandbox import client
from tests.bot.conftest import Stage, on_stage
from tests.bot.story import lines_of, municipality, person_of, stored, taps, texts
from tests.conftest import emptied
from tests.services.factory import make_meeting

SHOWN_AS_TYPED = [
    '=HYPERLINK("x")',
    "<b>Мост</b>",
    "</i><a href='x'>&lt;&amp;",
    "Аня 👩‍🎓🚀",
    "{name} %s { $who }",
    "/etc и \\n",
    "‘Ёж’ Ąŷ 王",
]
CLEANED = {
    "Ан\x00на": "Анна",
    "Ан\ud800на\udfff": "Анна",
    "Анна\ufffe\uffff": "Анна",
    "\u202eанна\u202c \u200fАня\u2066": "анна \u200fАня",
    "  Анна \t\n\n Петровна\u2028 ": "Анна Петровна",
    "И\u0306ода": "Йода",
}
REFUSED = {
    "\x00\ud800": "Здесь нужны слова или цифры.",
    "…—!": "Здесь нужны слова или цифры.",
    "👍": "Здесь нужны слова или цифры.",
    "я" * 4000: "Слишком длинно: 4\xa0000 знаков, а поместится",
    "я" * 4001: "Слишком длинно: 4\xa0001 знак, а поместится",
}


@pytest.fixture
async def both(database_url: str, clock: MovableClock) -> AsyncIterator[Stage]:
    """The bot, once on SQLite, once on PostgreSQL."""
    await (await emptied(database_url)).close()
    async with on_stage(database_url, clock) as running:
        yield running


async def at_the_name(stage: Stage, name: str = "Мария") -> client.Person:
    person = stage.person(name)
    await person.start()
    await taps(person, "Даю согласие", "Родитель")
    await person.send("канск")
    await taps(person, "Канск", "Изменить имя")
    return person


async def no_failures(stage: Stage) -> None:
    assert [row.error for row in await stored(stage.core, IncomingUpdate) if row.error] == []


async def test_a_name_is_shown_as_typed_or_cleaned_or_refused(both: Stage) -> None:
    person = await at_the_name(both)
    for typed, kept in {**{name: name for name in SHOWN_AS_TYPED}, **CLEANED}.items():
        await person.send(typed)
        assert person.screen.text.splitlines()[1] == f"👤 {kept}"
        stored_person = await person_of(both.core, person.id)
        assert stored_person is not None
        assert stored_person.name == kept
        await person.tap("Изменить имя")
    for typed, answer in REFUSED.items():
        await person.send(typed)
        refusal, question = person.messages[-2:]
        assert refusal.text.startswith(answer)
        assert question.text.startswith("Как к вам обращаться?")
    stored_person = await person_of(both.core, person.id)
    assert stored_person is not None
    assert stored_person.name == "Йода"
    await no_failures(both)


async def test_an_organisation_reaches_the_registration_as_it_is_kept(both: Stage) -> None:
    core = both.core
    token = "Poster_1-2026"
    meeting = await make_meeting(core, await municipality(core), token=token)
    expected = []
    for typed, kept in {**{name: name for name in SHOWN_AS_TYPED}, **CLEANED}.items():
        person = both.person("Анна")
        await person.start(f"m_{token}")
        await taps(person, "Даю согласие", "Учитель")
        await person.send(typed)
        assert person.screen.text.splitlines()[2] == f"🏷 Учитель, {kept}"
        await person.tap("Да, всё верно")
        await sign_up(core, Account(person.id), token)
        expected.append(("other", kept, 1))
    assert await lines_of(core, meeting) == expected

    person = both.person("Анна")
    await person.start(f"m_{token}")
    await taps(person, "Даю согласие", "Учитель")
    for typed, answer in REFUSED.items():
        await person.send(typed)
        assert person.messages[-2].text.startswith(answer)
    await no_failures(both)


async def test_letters_of_a_municipality_and_words_nobody_asked_for(both: Stage) -> None:
    person = await at_the_name(both)
    await taps(person, "Назад", "Изменить город")
    for typed in (*SHOWN_AS_TYPED, *CLEANED, *REFUSED, "%", "_", "' OR 1=1 --"):
        await person.send(typed)
        assert person.screen.text.startswith("Где вы живёте, учитесь или работаете?")
        assert "Красноярск" not in person.screen.labels
    await person.send("/my")
    for typed in (*SHOWN_AS_TYPED, *CLEANED, *REFUSED):
        await person.send(typed)
        assert person.screen.text.startswith("Мои записи")
    await no_failures(both)


@pytest.mark.parametrize("name", [*SHOWN_AS_TYPED, *CLEANED, "\u202e\ud800", "я" * 64])
async def test_the_profiles_first_name_is_offered_clean(stage: Stage, name: str) -> None:
    person = await at_the_name(stage, name)
    await person.tap("Назад")
    kept = CLEANED.get(name, "не указано" if name == "\u202e\ud800" else name)
    assert person.screen.text.splitlines()[1] == f"👤 {kept}"
    assert "Простите" not in texts(person)
    await no_failures(stage)


def test_the_limits_hold_what_people_are_called() -> None:
    assert min(NAME_LENGTH, ORGANISATION_LENGTH) >= 64

"""The bot's name typed in any chat: what is found, what is sent, and what is not stored."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.fleeting import Fleeting
from bot.handlers.inline import PER_PAGE
from bot.incoming import Json
from bot.models import IncomingUpdate, Person
from bot.vocabulary import MeetingStatus
from sandbox.client import Found
from sandbox.group_client import InGroup
from tests.bot.conftest import Stage
from tests.bot.story import everything, municipality, stored
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import make_meeting

LINK = f"https://t.me/kras_networking_bot?start=m_{TOKEN}"


@pytest.fixture
async def meetings(stage: Stage) -> None:
    """Meetings of three towns, the nearest in Канск."""
    stage.sandbox.world.bot.inline = True
    core, now = stage.core, stage.clock.now()
    achinsk, kansk = await municipality(core), await municipality(core, "Канск")
    region = await municipality(core, "Ачинский район")
    for number, (where, title) in enumerate(
        [
            (kansk, "Врачи и медсёстры"),
            (region, "Агрономы: кто растит хлеб"),
            (achinsk, "Инженеры будущего"),
            (achinsk, "Ночь профессий «Завод»"),
        ]
    ):
        starts_at = now + timedelta(days=number + 1)
        token = TOKEN if title.startswith("Инженеры") else f"m{number}"
        await make_meeting(core, where, title=title, starts_at=starts_at, token=token)
    for status in (MeetingStatus.DRAFT, MeetingStatus.CANCELLED):
        await make_meeting(core, achinsk, title="Инженеры тайные", status=status)
    await make_meeting(core, achinsk, title="Инженеры вчера", starts_at=now - timedelta(days=1))


def titles(found: Found) -> list[str]:
    return found.answer.titles


@pytest.mark.usefixtures("meetings")
async def test_nothing_typed_finds_the_nearest_ones_own_town_first(stage: Stage) -> None:
    stranger, maria = stage.person("Пётр"), await known(stage)
    assert titles(await stranger.inline()) == [
        "Врачи и медсёстры",
        "Агрономы: кто растит хлеб",
        "Инженеры будущего",
        "Ночь профессий «Завод»",
    ]
    assert titles(await maria.inline())[:2] == ["Инженеры будущего", "Ночь профессий «Завод»"]


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("инж", ["Инженеры будущего"]),
        ("ИНЖЕНЕРЫ ачинск", ["Инженеры будущего"]),
        ("медсестры", ["Врачи и медсёстры"]),
        ("канск", ["Врачи и медсёстры"]),
        ("завод ночь", ["Ночь профессий «Завод»"]),
        ("рофессий", []),
        ("%", ["Врачи и медсёстры", "Агрономы: кто растит хлеб"]),
    ],
)
async def test_words_find_titles_and_towns(stage: Stage, typed: str, expected: list[str]) -> None:
    found = titles(await stage.person("Пётр").inline(typed))
    assert found[: len(expected) or 1] == expected
    assert typed == "%" or len(found) == len(expected)


@pytest.mark.usefixtures("meetings")
async def test_the_card_is_sent_with_the_way_to_sign_up(stage: Stage) -> None:
    petr, maria = stage.person("Пётр"), await known(stage)
    group = stage.sandbox.world.add_group("Двор", members=[petr.id, maria.id])  # without the bot
    here = InGroup(petr, group)
    found = await here.inline("инженеры")
    assert found.answer.results[0].description == "чт, 5 марта, 12:00 · Ачинск"
    assert (found.answer.is_personal, found.answer.cache_time <= 60) == (True, True)
    await here.choose(found)
    card = here.messages[-1]
    assert card.text.splitlines() == [
        "Инженеры будущего",
        "📅 чт, 5 марта, 12:00–13:30",
        "📍 Центральная библиотека, ул. Ленина, 12, Ачинск",
        "👥 Для всех желающих",
    ]
    assert card.buttons == [["Записаться"]]
    button = card.button("Записаться")
    assert button is not None
    assert button["url"] == LINK
    await InGroup(maria, group).tap("Записаться")
    assert maria.screen.text.startswith("Инженеры будущего")


@pytest.mark.usefixtures("meetings")
async def test_a_card_says_no_today_that_is_read_tomorrow(stage: Stage) -> None:
    petr = stage.person("Пётр")
    found = await petr.inline("врачи")
    assert found.answer.results[0].description.startswith("завтра")  # read now
    before = len(petr.messages)
    await petr.choose(found)  # into the private chat with the bot, which is not answered
    assert "📅 вт, 3 марта" in petr.messages[-1].text
    assert len(petr.messages) == before + 1


async def test_nor_do_the_times_of_signing_up_on_it(stage: Stage) -> None:
    stage.sandbox.world.bot.inline = True
    now = stage.clock.now()
    opens_at, closes_at = now + timedelta(hours=3), now + timedelta(days=1)
    await meeting_of(stage, sign_up_opens_at=opens_at, sign_up_closes_at=closes_at)
    petr = stage.person("Пётр")
    await petr.choose(await petr.inline("инженеры"))
    card = petr.messages[-1].text
    assert "🕒 Запись откроется пн, 2 марта, 15:00." in card
    assert "🕒 Запись до вт, 3 марта, 12:00." in card


@pytest.mark.usefixtures("meetings")
async def test_nothing_found_says_so_and_leads_to_the_bot(stage: Stage) -> None:
    petr = stage.person("Пётр")
    found = await petr.inline("балет")
    assert titles(found) == []
    assert found.answer.button == {
        "text": "Ничего не нашлось. Открыть бота",
        "start_parameter": "meetings",
    }
    await petr.follow(found)
    assert "Здравствуйте" in petr.messages[1].text


@pytest.mark.usefixtures("meetings")
async def test_it_goes_on_by_pages(stage: Stage) -> None:
    for number in range(PER_PAGE):
        starts_at = stage.clock.now() + timedelta(days=10 + number)
        town = await municipality(stage.core)
        await make_meeting(stage.core, town, title=f"Встреча {number}", starts_at=starts_at)
    petr = stage.person("Пётр")
    first = await petr.inline()
    assert (len(titles(first)), first.answer.next_offset) == (PER_PAGE, str(PER_PAGE))
    second = await petr.inline(offset=first.answer.next_offset)
    assert (len(titles(second)), second.answer.next_offset) == (4, "")
    assert len({*titles(first), *titles(second)}) == PER_PAGE + 4
    for forged in ("-1", "²", "9" * 30, "drop"):
        found = await petr.inline(offset=forged)
        assert titles(found) in ([], titles(first)), forged


@pytest.mark.usefixtures("meetings")
async def test_nothing_is_stored_about_who_asks_nor_what(stage: Stage) -> None:
    written: list[str] = []
    before = await everything(stage.core)
    engine = stage.core.db.engine.sync_engine
    event.listen(
        engine, "before_cursor_execute", lambda *call: written.append(f"{call[2]} {call[3]}")
    )
    await stage.person("Пётр").inline("инженеры Тайное")
    assert await everything(stage.core) == before
    assert await stored(stage.core, IncomingUpdate) == []
    assert await stored(stage.core, Person) == []
    assert not [each for each in written if "Тайное" in each or each.startswith("INSERT")]


async def test_in_english(stage: Stage) -> None:
    stage.sandbox.world.bot.inline = True
    await meeting_of(stage)
    john = stage.person("John", language_code="en")
    found = await john.inline()
    await john.choose(found)
    assert john.messages[-1].labels == ["Sign up"]


async def test_of_what_waits_only_the_newest_is_worked() -> None:
    worked: list[str] = []
    begun: asyncio.Queue[str] = asyncio.Queue()
    go_on = asyncio.Event()
    counts: list[int] = []

    async def work(update: Json) -> None:
        typed = update["inline_query"]["query"]
        worked.append(typed)
        begun.put_nowait(typed)
        await go_on.wait()
        if typed == "!":
            raise RuntimeError

    def take(person: int, typed: str) -> None:
        fleeting.take({"inline_query": {"from": {"id": person}, "query": typed}})

    fleeting = Fleeting(work, counts.append)
    take(1, "и")
    take(2, "!")  # fails, and is forgotten
    assert {await begun.get(), await begun.get()} == {"и", "!"}
    take(1, "ин")
    take(1, "инж")
    assert sum(counts) == 3
    go_on.set()
    assert await begun.get() == "инж"
    take(2, "вра")
    assert await begun.get() == "вра"
    await fleeting.stop()
    assert worked == ["и", "!", "инж", "вра"]
    assert sum(counts) == 0

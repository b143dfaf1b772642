"""telegram.md 12 and 13: getUpdates."""

import asyncio

import pytest

from sandbox.params import Params
from sandbox.polling import Polling
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock


def say(sandbox: Sandbox, user: User, *texts: str) -> None:
    for text in texts:
        sandbox.world.send_text(user.id, text)


async def texts(call: Caller, **params: int) -> list[str]:
    return [update["message"]["text"] for update in await call.ok("getUpdates", **params)]


async def test_repeated_until_a_higher_offset(call: Caller, sandbox: Sandbox, maria: User) -> None:
    say(sandbox, maria, "раз", "два", "три")
    first, second, third = await call.ok("getUpdates")
    assert [second["update_id"], third["update_id"]] == [
        first["update_id"] + 1,
        first["update_id"] + 2,
    ]
    assert await texts(call, offset=first["update_id"]) == ["раз", "два", "три"]
    assert await texts(call, offset=second["update_id"], limit=1) == ["два"]
    assert await texts(call) == ["два", "три"]
    assert await texts(call, offset=third["update_id"] + 1) == []
    assert await texts(call) == []


async def test_a_negative_offset_drops_what_is_earlier(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    say(sandbox, maria, "раз", "два", "три")
    assert await texts(call, offset=-2) == ["два", "три"]
    assert await texts(call) == ["два", "три"]


async def test_at_most_100_at_once(call: Caller, sandbox: Sandbox, maria: User) -> None:
    say(sandbox, maria, *(str(number) for number in range(120)))
    assert len(await texts(call, limit=1000)) == 100
    assert len(await texts(call, limit=0)) == 1


async def test_updates_expire_after_a_day(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    say(sandbox, maria, "вчера")
    clock.move(hours=23)
    say(sandbox, maria, "сегодня")
    clock.move(hours=1)
    assert await texts(call) == ["сегодня"]


async def test_a_long_poll_ends_with_the_first_update(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    poll = asyncio.create_task(texts(call, timeout=50))
    await call.ok("getMe")
    assert not poll.done()
    say(sandbox, maria, "пора")
    assert await poll == ["пора"]


async def test_allowed_updates(call: Caller, sandbox: Sandbox, maria: User) -> None:
    await call.ok("getUpdates", allowed_updates=["callback_query"])
    say(sandbox, maria, "не нужно")
    sandbox.world.press(maria.id, 1, "нужно")
    (update,) = await call.ok("getUpdates")
    assert update["callback_query"]["data"] == "нужно"


async def test_a_second_poll_terminates_the_first(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    older = asyncio.create_task(call.refused("getUpdates", timeout=50))
    await call.ok("getMe")
    newer = asyncio.create_task(texts(call, timeout=50))
    assert await older == (
        409,
        (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        ),
    )
    say(sandbox, maria, "второму")
    assert await newer == ["второму"]


async def test_no_polling_beside_a_webhook(call: Caller) -> None:
    poll = asyncio.create_task(call.refused("getUpdates", timeout=50))
    await call.ok("getMe")
    await call.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert await call.refused("getUpdates") == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    await call.ok("deleteWebhook")
    assert await texts(call) == []


@pytest.mark.parametrize("url", ["http://example.org/hook", "https://10.0.0.1/hook"])
async def test_the_sandbox_sends_nothing_out_of_the_machine(call: Caller, url: str) -> None:
    code, description = await call.refused("setWebhook", url=url)
    assert (code, description.startswith("Bad Request: bad webhook")) == (400, True)


async def test_an_update_at_the_moment_of_falling_asleep_is_not_missed(
    sandbox: Sandbox, maria: User
) -> None:
    polling = asyncio.create_task(
        Polling(sandbox.world.updates).get_updates(Params({"timeout": "5"}))
    )
    await asyncio.sleep(0)  # it has found nothing; its wait has not run yet
    say(sandbox, maria, "раз")
    async with asyncio.timeout(2):
        (update,) = await polling
    assert update["message"]["text"] == "раз"

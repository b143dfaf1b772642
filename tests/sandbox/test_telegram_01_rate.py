"""telegram.md 1: 429 on monotonic time, whatever the movable clock does."""

import pytest

from sandbox.limits import RateLimits
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock


class Seconds:
    def __init__(self) -> None:
        self.value = 100.0

    def __call__(self) -> float:
        return self.value


@pytest.fixture
def seconds(sandbox: Sandbox) -> Seconds:
    seconds = Seconds()
    sandbox.world.limits = RateLimits(enabled=True, clock=seconds)
    return seconds


async def test_a_burst_to_one_chat_passes_then_one_a_second(
    call: Caller, maria: User, seconds: Seconds, clock: Clock
) -> None:
    for number in range(5):
        await call.say(maria, str(number))
    body = await call.response("sendMessage", chat_id=maria.id, text="шестое")
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.move(days=1)
    assert (await call.refused("sendMessage", chat_id=maria.id, text="шестое"))[0] == 429
    seconds.value += 1
    await call.say(maria, "шестое")
    assert (await call.refused("sendMessage", chat_id=maria.id, text="седьмое"))[0] == 429


async def test_thirty_a_second_over_all_chats(
    call: Caller, sandbox: Sandbox, seconds: Seconds
) -> None:
    people = [sandbox.world.add_user(f"Участник {number}") for number in range(31)]
    for person in people:
        sandbox.world.start(person.id)
    for person in people[:30]:
        await call.say(person)
    body = await call.response("sendMessage", chat_id=people[30].id, text="тридцать первое")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 1})
    assert sandbox.world.history(people[30].id)[-1].text == "/start"
    seconds.value += 1
    await call.say(people[30], "тридцать первое")


async def test_the_wait_is_in_the_header_too(call: Caller, maria: User, seconds: Seconds) -> None:
    for number in range(5):
        await call.say(maria, str(number))
    url = f"{call.url}/bot{call.token}/sendMessage"
    async with call.session.post(url, json={"chat_id": maria.id, "text": "ещё"}) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")


async def test_twenty_a_minute_to_one_group_edits_among_them(
    call: Caller, sandbox: Sandbox, maria: User, seconds: Seconds
) -> None:
    group = sandbox.world.add_group("9 «Б», родители", [maria.id])
    sandbox.world.groups.add_bot(group, maria.id)
    sent = await call.ok("sendMessage", chat_id=group.id, text="Встреча")
    card = {"chat_id": group.id, "message_id": sent["message_id"]}
    for number in range(19):
        seconds.value += 1
        await call.ok("editMessageText", **card, text=f"осталось {number}")
    seconds.value += 1
    body = await call.response("editMessageText", **card, text="мест нет")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 40})
    assert (await call.refused("sendMessage", chat_id=group.id, text="ещё"))[0] == 429
    assert (
        "message is not modified"
        in (await call.refused("editMessageText", **card, text="осталось 18"))[1]
    )
    await call.say(maria, "в личном чате счёт свой")
    seconds.value += 40
    await call.ok("editMessageText", **card, text="мест нет")

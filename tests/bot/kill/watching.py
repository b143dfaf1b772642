"""How long a life lasts: until the people have seen so much of it."""

import asyncio
from contextlib import suppress

from sandbox.server import Sandbox


async def signs_of_life(sandbox: Sandbox, signs: int, longest: float) -> None:
    """Return when the bot did so many things that people see, or after `longest` seconds."""
    with suppress(TimeoutError), sandbox.world.events.subscribe() as events:
        async with asyncio.timeout(longest):
            while signs:
                event = await events.get()
                signs -= event.kind in {"message", "edited", "answer"} and event.payload.get(
                    "by_bot", True
                )

"""Links that open the bot: at a meeting's card, a ticket, an offered role or team, in a room."""

from urllib.parse import urlencode

from aiogram import Bot
from aiogram.utils.deep_linking import create_start_link, create_startgroup_link

MEETING, TICKET, INVITATION, TEAM, ROOM = "m", "t", "i", "h", "r"
"""What stands before the «_» and the token: `commands.start` reads it."""


async def meeting_link(bot: Bot, token: str) -> str:
    """Return the link to a meeting, for posters and invitations."""
    return await create_start_link(bot, f"{MEETING}_{token}")


async def ticket_link(bot: Bot, token: str) -> str:
    """Return the link in the QR code of a ticket: at the door it checks its owner in."""
    return await create_start_link(bot, f"{TICKET}_{token}")


async def room_link(bot: Bot, token: str, code: str) -> str:
    """Return the link in the QR code in the room: the code, which has no «_», stands last."""
    return await create_start_link(bot, f"{ROOM}_{token}_{code}")


async def group_link(bot: Bot) -> str:
    """Return the link that adds the bot to a group of one's choice."""
    return await create_startgroup_link(bot, "hello")


def map_link(address: str) -> str:
    """Return the link that shows an address on a map."""
    return f"https://yandex.ru/maps/?{urlencode({'text': address})}"


async def invitation_link(bot: Bot, token: str) -> str:
    """Return the link that offers a role to whoever opens it first."""
    return await create_start_link(bot, f"{INVITATION}_{token}")


async def team_link(bot: Bot, token: str) -> str:
    """Return the link that puts whoever accepts it first on the team of a meeting."""
    return await create_start_link(bot, f"{TEAM}_{token}")

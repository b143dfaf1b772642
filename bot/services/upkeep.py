"""What an administrator sees of the bot itself."""

from bot.errors import Forbidden
from bot.services import updates
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.updates import SetAsideUpdate


async def list_set_aside(core: Core, account: Account) -> list[SetAsideUpdate]:
    """Return the updates that could not be worked off, the latest first, twenty at most.

    Raises:
        Forbidden: the account is no administrator.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
    if not actor.is_admin:
        raise Forbidden
    return await updates.list_set_aside(core)

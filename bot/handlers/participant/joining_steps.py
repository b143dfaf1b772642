"""Where somebody who opened the link of an invitation to a team goes next."""

from aiogram_dialog import DialogManager

from bot.errors import NotFound, Refused
from bot.handlers.navigation import open_on_top, open_screen
from bot.rules import OFFERING_ROLES
from bot.services import team_joining
from bot.services.core import Account, Core
from bot.states import Joining, MyTeam
from bot.vocabulary import TeamRole

TOKEN = "token"  # noqa: S105 (the name of a field)


async def show_team_invitation(
    manager: DialogManager, core: Core, account: Account, token: str
) -> None:
    """Show what a link leads to; whoever used it themselves sees their place on the team.

    Raises:
        NotFound, Refused: the link leads nowhere (any more).
    """
    own = await team_joining.find_own_place(core, account, token)
    if own is not None:
        await open_on_top(manager, MyTeam.place, {"member_id": own})
        return
    await team_joining.peek(core, account, token)
    await open_on_top(manager, Joining.offer, {TOKEN: token})


async def go_on_joining(manager: DialogManager, core: Core, account: Account, token: str) -> None:
    """Ask the next thing of somebody who accepted before they were asked about themselves."""
    try:
        offer = await team_joining.peek(core, account, token)
    except (NotFound, Refused):
        await open_screen(manager, Joining.offer, {TOKEN: token})  # says why
        return
    step = Joining.what if asks_offering(offer.role) else Joining.confirm
    await open_screen(manager, step, {TOKEN: token})


def asks_offering(role: TeamRole) -> bool:
    """Return whether somebody in this role is asked what they bring."""
    return role in OFFERING_ROLES

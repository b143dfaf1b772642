"""What an administrator sees of the bot itself: messages that could not be worked off."""

from typing import Any

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.text import Format

from bot.i18n import Html, Speech
from bot.services import upkeep
from bot.services.core import Account, Core
from bot.services.updates import SetAsideUpdate
from bot.states import Upkeep
from bot.widgets import T, close_button

_SHOWN = 8
_ERROR_SHOWN = 120


async def set_aside_getter(core: Core, account: Account, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the updates that were set aside, the latest first."""
    found = await upkeep.list_set_aside(core, account)
    return {
        "number": len(found),
        "updates": "\n".join(_line(tr, each) for each in found[:_SHOWN]),
    }


def _line(tr: Speech, each: SetAsideUpdate) -> Html:
    reason = each.error.strip().splitlines()[-1:] or ["?"]
    return tr(
        "upkeep-update",
        number=str(each.update_id),
        when=tr.when(each.set_aside_at),
        attempts=each.attempts,
        error=reason[0][:_ERROR_SHOWN],
    )


dialog = Dialog(
    Window(
        T("upkeep"),
        Format("{updates}", when="updates"),
        T("upkeep-kept", when="updates"),
        close_button(),
        state=Upkeep.set_aside,
        getter=set_aside_getter,
    )
)

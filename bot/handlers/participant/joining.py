"""Joining the team of a meeting: what it is, what one brings, as whom one is counted."""

from dataclasses import replace
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.cleaning import clean_line
from bot.errors import ConsentRequired, NotFound, Refused
from bot.handlers.cards import card_text
from bot.handlers.choices import as_one_of
from bot.handlers.navigation import open_screen, started_with
from bot.handlers.participant import onboarding
from bot.handlers.participant.joining_steps import TOKEN, asks_offering
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.menu import refresh_menu
from bot.models import PLACE_LENGTH
from bot.rules import ways_to_come
from bot.services import catalogue, profiles, team_joining
from bot.services.core import Account, Core
from bot.services.people import TEAM_LINK
from bot.services.team_joining import Contribution
from bot.states import Joining, MyTeam
from bot.team_words import offer_text
from bot.vocabulary import Category, Offering
from bot.widgets import Label, T, choice, close_button, speech

OFFERING, WORDS, CATEGORY = "offering", "words", "category"


def _token(manager: DialogManager) -> str:
    return str(started_with(manager, TOKEN) or "")


def _offering(manager: DialogManager) -> Offering | None:
    chosen = manager.dialog_data.get(OFFERING)
    return as_one_of(Offering, chosen) if chosen else None


async def joining_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return what the link leads to and what was said so far, or why it leads nowhere any more."""
    try:
        offer = await team_joining.peek(core, account, _token(dialog_manager))
    except (NotFound, Refused) as error:
        return {"gone": True, "usable": False, "reason": tr.error(error)}
    card = await catalogue.get_card(core, account, offer.meeting_token)
    profile = await profiles.get_profile(core, account)
    usual = profile.category if profile else None
    chosen = dialog_manager.dialog_data.get(CATEGORY)
    category = as_one_of(Category, chosen) if chosen else usual
    ways = ways_to_come(usual) if usual else ()
    offering = _offering(dialog_manager)
    brought = offer_text(tr, offering, dialog_manager.dialog_data.get(WORDS, ""))
    return {
        "gone": False,
        "usable": True,
        "card": card_text(tr, replace(card, registration_id=None, link=""), seats="open"),
        "role": tr.name_of("team-role", offer.role),
        "can": tr.name_of("team-can", offer.role),
        "signed_up": offer.signed_up,
        "title": card.title,
        "when": tr.when(card.starts_at, card.ends_at, card.timezone),
        "offer": brought,
        "offers": "something" if brought else "nothing",
        "offering": offering.value if offering else "",
        "may_skip": offering is not Offering.OTHER,
        "category": tr.name_of("category", category) if category else "",
        "other_ways": len(ways) > 1,
        "ways": [(tr.name_of("way", way), way.value) for way in ways],
        "offerings": [(capitalised(tr.name_of("offering", each)), each.value) for each in Offering],
    }


async def _accept(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask what is still to be asked; of a newcomer, who they are comes first."""
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    profile = await profiles.get_profile(core, account)
    if profile is None or profile.next_question is not None:
        await onboarding.begin(manager, core, account, TEAM_LINK + _token(manager))
        return
    offer = await team_joining.peek(core, account, _token(manager))
    await manager.switch_to(Joining.what if asks_offering(offer.role) else Joining.confirm)


async def _choose_offering(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str
) -> None:
    manager.dialog_data[OFFERING] = as_one_of(Offering, value).value
    await manager.switch_to(Joining.words)


async def _type_words(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.dialog_data[WORDS] = clean_line(message.text or "", PLACE_LENGTH)
    await manager.switch_to(Joining.confirm)


async def _skip_words(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(WORDS, None)
    await manager.switch_to(Joining.confirm)


async def _choose_way(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str
) -> None:
    manager.dialog_data[CATEGORY] = as_one_of(Category, value).value
    await manager.switch_to(Joining.confirm)


async def _back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(Joining.words if _offering(manager) else Joining.offer)


async def _join(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    category = manager.dialog_data.get(CATEGORY)
    said = Contribution(
        offering=_offering(manager),
        offer=manager.dialog_data.get(WORDS, ""),
        category=as_one_of(Category, category) if category else None,
    )
    try:
        member_id = await team_joining.join(core, account, _token(manager), said)
    except ConsentRequired:
        await onboarding.begin(manager, core, account, TEAM_LINK + _token(manager))
        return
    await callback.answer(speech(manager).plain("team-joined-toast"))
    await refresh_menu(data["bot"], core, account, data["texts"])
    await open_screen(manager, MyTeam.place, {"member_id": member_id})


GONE = T("invited-gone", when="gone")

dialog = Dialog(
    Window(
        T("team-offer", when="usable"),
        Format("{card}", when="usable"),
        T("team-offer-seat", when="signed_up"),
        GONE,
        Button(Label("invited-accept"), id="accept", on_click=_accept, when="usable"),
        close_button("invited-not-now"),
        state=Joining.offer,
        getter=joining_getter,
    ),
    Window(
        T("team-what", when="usable"),
        GONE,
        Group(choice("offering", "offerings", _choose_offering), width=2, when="usable"),
        SwitchTo(Label("back"), id="to_offer", state=Joining.offer),
        state=Joining.what,
        getter=joining_getter,
    ),
    Window(
        T("team-words", when="usable"),
        GONE,
        Button(Label("new-skip"), id="skip", on_click=_skip_words, when="may_skip"),
        SwitchTo(Label("back"), id="to_what", state=Joining.what),
        MessageInput(_type_words, content_types=ContentType.TEXT),
        state=Joining.words,
        getter=joining_getter,
    ),
    Window(
        T("team-confirm", when="usable"),
        GONE,
        Button(Label("team-confirm-yes"), id="join", on_click=_join, when="usable"),
        SwitchTo(
            Label("team-count-otherwise"), id="to_ways", state=Joining.ways, when="other_ways"
        ),
        Button(Label("back"), id="back", on_click=_back),
        state=Joining.confirm,
        getter=joining_getter,
    ),
    Window(
        T("team-ways", when="usable"),
        GONE,
        Column(choice("way", "ways", _choose_way), when="usable"),
        SwitchTo(Label("back"), id="to_confirm", state=Joining.confirm),
        state=Joining.ways,
        getter=joining_getter,
    ),
)

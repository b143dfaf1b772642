"""What the windows of the first questions show."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.handlers.navigation import started_with
from bot.handlers.participant.onboarding_clicks import IN_ROOM
from bot.handlers.place_choice import place_facts, typed_letters
from bot.i18n import Speech
from bot.rules import CONSENT_VERSION, HIGHEST_GRADE, LOWEST_GRADE, consent_is_outdated
from bot.services import profiles, regions
from bot.services.core import Account, Core
from bot.settings import Settings
from bot.vocabulary import Category


async def consent_getter(
    settings: Settings, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what the consent's text names, and whether it changed since the person agreed."""
    profile = await profiles.get_profile(core, account)
    operator = settings.operator_name or tr.plain("operator-unnamed")
    return {
        "operator": operator,
        "contact": settings.operator_contact or tr.plain("operator-contact-unnamed"),
        "version": CONSENT_VERSION,
        "changed": profile is not None and consent_is_outdated(profile.consent_version),
    }


async def kept_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return what is stored of somebody who may not or will not: nothing, or what was before."""
    in_room = started_with(dialog_manager, IN_ROOM) is not None
    known = await profiles.get_profile(core, account) is not None
    return {"kept": "before" if known else "nothing", "known": known, "in_room": in_room}


async def occupations_getter(core: Core, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the occupations in everyday words of the person's language."""
    return {
        "occupations": [
            (row.name_ru if tr.locale == "ru" else row.name_en, row.code)
            for row in await regions.list_occupations(core)
        ]
    }


async def grades_getter(tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the grades that take part."""
    return {
        "grades": [
            (tr.plain("grade", grade=str(grade)), str(grade))
            for grade in range(LOWEST_GRADE, HIGHEST_GRADE + 1)
        ]
    }


async def profile_getter(core: Core, account: Account, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the answers so far for the confirming screen."""
    profile = await profiles.get_profile(core, account)
    if profile is None:
        return {"who": "", "name": "", "municipality": ""}
    missing = tr.plain("onboarding-missing")
    return {
        "who": describe(tr, profile),
        "name": profile.name or missing,
        "municipality": profile.municipality or missing,
    }


def describe(tr: Speech, profile: profiles.Profile) -> str:
    """Return who somebody is in a few words: «Ученик, 9 класс», «Учитель, Школа № 5»."""
    who = profile.occupation_ru if tr.locale == "ru" else profile.occupation_en
    grade = ""
    if profile.category is not None and profile.category.is_pupil:
        grade = tr.plain("grade", grade=str(profile.category.grade))
    elif profile.category in {Category.HEAD, Category.EMPLOYEE}:
        who = tr.name_of("who", profile.category)
    return ", ".join(filter(None, [who, grade, profile.organisation]))


async def municipalities_getter(
    core: Core, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the municipalities whose names begin with what was typed."""
    letters = typed_letters(dialog_manager)
    found = await regions.search_municipalities(core, letters, core.today())
    return place_facts(dialog_manager, regions.Places(by_letters=True, found=found))

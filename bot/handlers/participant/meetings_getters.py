"""What the list of meetings, a card and the ways to sign up show."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from aiogram_dialog import DialogManager

from bot.cleaning import cut
from bot.handlers.cards import card_text, seats_label
from bot.handlers.navigation import started_with
from bot.handlers.own_place import own_choices
from bot.i18n import Speech
from bot.people_words import uncapitalised
from bot.rules import HIGHEST_GRADE, LOWEST_GRADE, admitted, may_cancel, ways_to_come
from bot.services import catalogue, profiles
from bot.services.core import Account, Core
from bot.services.visitors import Visitor
from bot.vocabulary import PUPILS, Category, MeetingStatus, RegistrationStatus
from bot.widgets import PAGE, fetch_page

LIST = "meetings"
PER_PAGE = PAGE - 1
LONGEST_LABEL = 25


def token_of(manager: DialogManager) -> str:
    """Return the token of the meeting whose card is open."""
    return str(manager.dialog_data.get("token") or started_with(manager, "token") or "")


async def list_getter(
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
    **_: Any,
) -> dict[str, Any]:
    """Return a page of meetings: of the person's municipality or the region, all or with room."""
    whole_region = dialog_manager.dialog_data.get("region") or visitor.municipality_id is None
    municipality_id = None if whole_region else visitor.municipality_id
    with_room = bool(
        dialog_manager.dialog_data.get("with_room", started_with(dialog_manager, "with_room"))
    )
    page, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda number: catalogue.list_meetings(
            core, account, municipality_id, number, PER_PAGE, with_room=with_room
        ),
        lambda page: page.total,
        PER_PAGE,
    )
    profile = await profiles.get_profile(core, account)
    municipality = profile.municipality if profile else ""
    return {
        "meetings": [(_label(tr, row, whole_region=whole_region), row.token) for row in page.rows],
        "none": page.total == 0,
        "where": ("region" if whole_region else "home") + ("-with-room" if with_room else ""),
        "with_room": with_room,
        "municipality": municipality,
        "home_label": cut(tr.plain("meetings-home", municipality=municipality), LONGEST_LABEL),
        "at_home": not whole_region,
        "can_go_home": bool(whole_region and visitor.municipality_id is not None),
        **pager,
    }


def _label(tr: Speech, row: catalogue.Listed, *, whole_region: bool) -> str:
    parts = [tr.short_day(row.starts_at, row.timezone), row.title]
    if whole_region:
        parts.insert(1, row.municipality)
    parts.append(tr.plain("list-signed-up") if row.signed_up else seats_label(tr, row.free))
    return " · ".join(filter(None, parts))


async def card_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a meeting's card and what this person can do about it."""
    card = await catalogue.get_card(core, account, token_of(dialog_manager))
    profile = await profiles.get_profile(core, account)
    to_come = card.status is MeetingStatus.PUBLISHED and card.ends_at > tr.now
    on_team = card.member_id is not None
    newcomer = to_come and card.registration_id is None and not on_team
    opens_later = newcomer and card.opens_at is not None and tr.now < card.opens_at
    closed = newcomer and card.closes_at is not None and tr.now >= card.closes_at
    is_open = newcomer and not opens_later and not closed
    ways = open_ways(profile, card)
    unknown = profile is None or profile.category is None
    usual = unknown or (profile is not None and profile.category in ways)
    with_child = may_bring_child(ways, card)
    by_parent = is_parent(profile)
    not_for_me = is_open and not ways and not unknown
    why_full = _why_full(profile, card)
    full = is_open and not not_for_me and bool(why_full)
    other_ways = len(ways) > int(usual) or (with_child and not by_parent)
    return {
        "card": card_text(tr, card),
        "can_sign_up": is_open and usual and not full,
        "can_wait": full and usual,
        "can_bring_child": is_open and with_child and by_parent,
        # Where there are no seats at all, another way leads no further than the usual one.
        "can_sign_up_otherwise": is_open and other_ways and (card.free != 0 or not usual),
        "not_for_me": not_for_me,
        "can_ask": card.registration_id is not None,
        "on_team": on_team,
        "can_bring_group": can_bring_group(profile, card, tr.now),
        **_whom(profile),
        "full": full,
        "why": why_full,
        "waiting": card.waiting,
        "closed": closed,
        "look_elsewhere": not_for_me or opens_later or closed,
        **own_choices(
            card.own_status,
            card.offered_until,
            tr.now,
            may_cancel=may_cancel(card.status, card.ends_at, tr.now, came=card.came),
        ),
    }


def _why_full(profile: profiles.Profile | None, card: catalogue.Card) -> str:
    """Return why there is no seat for one more like this person; nothing when there is one."""
    if card.free == 0:
        return "held" if card.held else "full"
    usual = profile.category if profile else None
    return "limit" if usual in card.full_categories else ""


def _whom(profile: profiles.Profile | None) -> dict[str, str]:
    category = profile.category if profile else None
    if category is None or category.is_pupil:
        return {"category": "pupil", "grade": str(category.grade) if category else ""}
    return {"category": category.value, "grade": ""}


def can_bring_group(profile: profiles.Profile | None, card: catalogue.Card, now: datetime) -> bool:
    """Return whether «Записать группу» is on the card: for adults who have said who they are."""
    adult = profile is not None and profile.category is not None and not profile.category.is_pupil
    finished = profile is not None and profile.next_question is None
    opened = card.opens_at is None or card.opens_at <= now
    still_open = card.closes_at is None or now < card.closes_at
    return (
        adult
        and finished
        and opened
        and still_open
        and card.status is MeetingStatus.PUBLISHED
        and card.ends_at > now
    )


def is_parent(profile: profiles.Profile | None) -> bool:
    """Return whether somebody usually comes as a parent: «Я и ребёнок» is on the card then."""
    return profile is not None and profile.category is Category.PARENT


def open_ways(profile: profiles.Profile | None, card: catalogue.Card) -> tuple[Category, ...]:
    """Return the categories in which this person may sign up for this meeting."""
    if profile is None or profile.category is None:
        return ()
    return tuple(way for way in ways_to_come(profile.category) if admitted(card.admits, way))


def may_bring_child(ways: Collection[Category], card: catalogue.Card) -> bool:
    """Return whether «Я и ребёнок» is possible: pupils are admitted too, there are two seats.

    When fewer are left, both can wait for them.
    """
    pupils_admitted = admitted(card.admits, *PUPILS)
    return Category.PARENT in ways and pupils_admitted and (card.seats is None or card.seats >= 2)


async def ways_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the other ways to come: as a parent, as a volunteer, with one's child."""
    card = await catalogue.get_card(core, account, token_of(dialog_manager))
    profile = await profiles.get_profile(core, account)
    ways = open_ways(profile, card)
    return {
        "ways": [(_way_label(tr, profile, way), way.value) for way in ways] if profile else [],
        "with_child": may_bring_child(ways, card) and not is_parent(profile),
        "title": card.title,
        "status": (card.own_status or RegistrationStatus.ACTIVE).value,
    }


def _way_label(tr: Speech, profile: profiles.Profile, way: Category) -> str:
    """The usual way is called what the person calls themselves, where that fits a button."""
    occupation = profile.occupation_ru if tr.locale == "ru" else profile.occupation_en
    if way is profile.category and not way.is_pupil and occupation:
        usual = tr.plain("way-usual", who=uncapitalised(occupation))
        if len(usual) <= LONGEST_LABEL:
            return usual
    return tr.plain(f"way-{way.value.replace('_', '-')}")


async def child_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the grades that this meeting is open to."""
    card = await catalogue.get_card(core, account, token_of(dialog_manager))
    return {
        "title": card.title,
        "grades": [
            (tr.plain("grade", grade=str(grade)), str(grade))
            for grade in range(LOWEST_GRADE, HIGHEST_GRADE + 1)
            if admitted(card.admits, Category.of_grade(grade))
        ],
    }

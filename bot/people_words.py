"""How those who come with a registration are called, to themselves and to others."""

from bot.i18n import Speech
from bot.services.tickets import Called
from bot.vocabulary import Category


def people_text(
    tr: Speech, people: tuple[tuple[Category, int], ...], called: Called | None = None
) -> str:
    """Return who comes: «учитель, 9 класс», with numbers where they are more than one.

    Args:
        tr: the reader's language.
        people: how many of which category.
        called: what the reader calls themselves, instead of their category.
    """
    return ", ".join(
        f"{tr.name_of('category', category)} — {number}"
        if number > 1
        else own_name(tr, category, called)
        for category, number in people
    )


def own_name(tr: Speech, category: Category, called: Called | None) -> str:
    """Return what somebody of a category is called, in their own words where they are known."""
    if called is None or called.category is not category:
        return tr.name_of("category", category)
    occupation = called.occupation_ru if tr.locale == "ru" else called.occupation_en
    return called.organisation or uncapitalised(occupation)


def uncapitalised(name: str) -> str:
    """Return a word of a list of choices as it stands within a line."""
    return name[:1].lower() + name[1:]

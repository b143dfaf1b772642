"""What people thought of a meeting: the distribution, what was useful, and their words."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot import results_words
from bot.cleaning import cut
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.export_file import send_export
from bot.i18n import Html, Speech, as_typed
from bot.services.core import Account, Core
from bot.services.export_scope import Wanted
from bot.services.results import Comment, get_results
from bot.states import Manage
from bot.vocabulary import ExportKind
from bot.widgets import Label, Pager, T, fetch_page, stub_scroll

COMMENTS = "comment_pages"
PER_PAGE = 5
LONGEST_COMMENT = 700  # five of them and their headings fit in one message of 4,096 characters


async def results_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers of the answers that count."""
    results = await get_results(core, account, meeting_of(dialog_manager), 0, PER_PAGE)
    return {
        "title": results.title,
        "answers": results.answers,
        "average": "" if results.average is None else tr.decimal(results.average),
        "bars": results_words.bars(results),
        "useful": results_words.useful(tr, results),
        "waiting": results.waiting,
        "unnamed": results.unnamed,
        "some_unnamed": results.unnamed > 0,
        "comments": results.comments_total,
        "nobody": results.answers == 0,
        "somebody": results.answers > 0,
        "some_useful": bool(results.useful),
        "some_wait": results.waiting > 0,
        "some_comments": results.comments_total > 0,
    }


async def comments_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a page of comments, without names."""
    meeting_id = meeting_of(dialog_manager)
    results, pager = await fetch_page(
        dialog_manager,
        COMMENTS,
        lambda page: get_results(core, account, meeting_id, page, PER_PAGE),
        lambda results: results.comments_total,
        PER_PAGE,
    )
    return {
        "title": results.title,
        "words": Html("\n\n".join(_comment(tr, comment) for comment in results.comments)),
        **pager,
    }


def _comment(tr: Speech, comment: Comment) -> str:
    who = comment.category
    category = tr.name_of("category", who) if who else tr.plain("results-unnamed")
    heading = tr("results-comment", rating=comment.rating, category=category)
    return f"{heading}\n{as_typed(cut(comment.words, LONGEST_COMMENT))}"


async def _send_table(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    wanted = Wanted(ExportKind.FEEDBACK, meeting_id=meeting_of(manager))
    await send_export(callback, manager, wanted)


windows = (
    Window(
        T("results-title"),
        T("results-none", when="nobody"),
        T("results-numbers", when="somebody"),
        T("results-useful", when="some_useful"),
        T("results-without-name", when="some_unnamed"),
        T("results-waiting", when="some_wait"),
        SwitchTo(
            Label("results-comments"), id="comments", state=Manage.comments, when="some_comments"
        ),
        Button(Label("results-table"), id="table", on_click=_send_table, when="somebody"),
        SwitchTo(Label("note-open"), id="note", state=Manage.note),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        state=Manage.results,
        getter=results_getter,
    ),
    Window(
        T("results-comments-title"),
        Format("{words}"),
        stub_scroll(COMMENTS),
        Pager(COMMENTS),
        SwitchTo(Label("back"), id="to_results", state=Manage.results),
        state=Manage.comments,
        getter=comments_getter,
    ),
)

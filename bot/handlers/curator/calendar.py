"""The keys to choose a day and a time with: the library's, by our clock and without dead keys."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager, DialogProtocol
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Calendar, CalendarScope, CalendarUserConfig, TimeSelect
from aiogram_dialog.widgets.kbd.calendar_kbd import (
    CALLBACK_PREFIX_MONTH,
    CALLBACK_PREFIX_YEAR,
    CalendarDaysView,
    CalendarMonthView,
    CalendarScopeView,
    CalendarYearsView,
    date_from_raw,
)
from aiogram_dialog.widgets.text import Const, Format, Text
from babel.dates import format_date

from bot.errors import NotFound
from bot.rules import FIRST_YEAR
from bot.widgets import speech

DAYS_IN_WEEK = 7


class _CalendarText(Text):
    """A date in the person's language; today, by our clock, is marked."""

    def __init__(self, pattern: str, template: str = "{}", *, mark_today: bool = False) -> None:
        super().__init__()
        self.pattern, self.template, self.mark_today = pattern, template, mark_today

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        tr = speech(manager)
        text = format_date(data["date"], self.pattern, locale=tr.locale)
        if self.mark_today and data["date"] == tr.now.astimezone(tr.zone).date():
            return f"· {text} ·"
        return self.template.format(text)


class MeetingCalendar(Calendar):
    """The calendar of the library, by our clock, with Russian names and no past days."""

    def _init_views(self) -> dict[CalendarScope, CalendarScopeView]:
        day = _CalendarText("d", mark_today=True)
        month = _CalendarText("LLLL")
        year = _CalendarText("y")
        return {
            CalendarScope.DAYS: CalendarDaysView(
                self._item_callback_data,
                date_text=day,
                today_text=day,
                weekday_text=_CalendarText("EEEEEE"),
                header_text=_CalendarText("LLLL y"),
                zoom_out_text=_CalendarText("LLLL"),
                next_month_text=_CalendarText("LLL", "{} ›"),
                prev_month_text=_CalendarText("LLL", "‹ {}"),
            ),
            CalendarScope.MONTHS: CalendarMonthView(
                self._item_callback_data,
                month_text=month,
                this_month_text=month,
                header_text=year,
                zoom_out_text=year,
                next_year_text=_CalendarText("y", "{} ›"),
                prev_year_text=_CalendarText("y", "‹ {}"),
            ),
            CalendarScope.YEARS: CalendarYearsView(
                self._item_callback_data,
                year_text=year,
                this_year_text=year,
                next_page_text=_CalendarText("y", "{} ›"),
                prev_page_text=_CalendarText("y", "‹ {}"),
            ),
        }

    async def _get_user_config(
        self,
        data: dict[str, Any],  # noqa: ARG002 (the library's signature)
        manager: DialogManager,
    ) -> CalendarUserConfig:
        tr = speech(manager)
        today = tr.now.astimezone(tr.zone).date()
        return CalendarUserConfig(
            firstweekday=0, min_date=today, max_date=today.replace(year=today.year + 2, day=28)
        )

    async def _handle_click_date(self, data: str, manager: DialogManager) -> None:
        try:
            day = date_from_raw(int(data))
        except (ValueError, OverflowError):
            raise NotFound from None  # anybody can forge a button
        await self._check_reach(day, manager)
        await super()._handle_click_date(data, manager)

    async def _handle_click_month(self, data: str, manager: DialogManager) -> None:
        if data.removeprefix(CALLBACK_PREFIX_MONTH) not in map(str, range(1, 13)):
            raise NotFound
        await super()._handle_click_month(data, manager)

    async def _handle_click_year(self, data: str, manager: DialogManager) -> None:
        year = data.removeprefix(CALLBACK_PREFIX_YEAR)
        if year not in map(str, range(date.min.year, date.max.year)):
            raise NotFound
        await self._check_reach(date(int(year), 1, 1), manager)
        await super()._handle_click_year(data, manager)

    async def _check_reach(self, day: date, manager: DialogManager) -> None:
        config = await self._get_user_config({}, manager)
        if config.max_date is None or day > config.max_date:
            raise NotFound

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        if self.get_offset(manager) is None:
            tr = speech(manager)
            self.set_offset(tr.now.astimezone(tr.zone).date(), manager)
        rows: RawKeyboard = await super()._render_keyboard(data, manager)
        return _without_blanks(rows)


class PastCalendar(MeetingCalendar):
    """The same for what is over: no day to come, and none before the programme began."""

    async def _get_user_config(
        self,
        data: dict[str, Any],  # noqa: ARG002 (the library's signature)
        manager: DialogManager,
    ) -> CalendarUserConfig:
        tr = speech(manager)
        today = tr.now.astimezone(tr.zone).date()
        return CalendarUserConfig(firstweekday=0, min_date=date(FIRST_YEAR, 1, 1), max_date=today)


def _without_blanks(rows: RawKeyboard) -> RawKeyboard:
    """Return the keys that say something; a week keeps its gaps to stand below its days."""
    named = [[button for button in row if button.text.strip()] for row in rows]
    return [
        row if len(row) == DAYS_IN_WEEK else kept
        for row, kept in zip(rows, named, strict=True)
        if kept
    ]


class MeetingTime(TimeSelect):
    """Hours of the day and quarters of an hour, as people fix meetings."""

    FIRST_HOUR = 8
    LAST_HOUR = 21

    def __init__(self, id: str, **events: Any) -> None:  # noqa: A002 (the library's own name)
        super().__init__(
            id=id,
            # The library's headings are keys that do nothing; the question says what they would.
            hour_header=Const(""),
            minute_header=Const(""),
            button_text=Format("{value:02}"),
            button_selected_text=Format("· {value:02} ·"),
            hour_width=7,
            minute_width=4,
            minute_precision=15,
            **events,
        )

    async def _process_item_callback(
        self,
        callback: CallbackQuery,
        data: str,
        dialog: DialogProtocol,
        manager: DialogManager,
    ) -> bool:
        values = {"h": range(24), "m": range(60)}.get(data[:1], range(0))
        if data[1:] not in map(str, values):
            raise NotFound  # anybody can forge a button
        return await super()._process_item_callback(callback, data, dialog, manager)

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        rows: RawKeyboard = await super()._render_keyboard(data, manager)
        return _without_blanks(rows)

    async def _render_button(self, **facts: Any) -> InlineKeyboardButton:
        """Minutes are written «:15», so that they are no hours."""
        button: InlineKeyboardButton = await super()._render_button(**facts)
        if facts["callback_prefix"] != "m":
            return button
        value = f"{facts['value']:02}"
        return button.model_copy(update={"text": button.text.replace(value, f":{value}")})

    def _rows(self, start: int, stop: int, step: int, width: int) -> list[list[int]]:
        if stop == 24:
            start, stop = self.FIRST_HOUR, self.LAST_HOUR + 1
        values = list(range(start, stop, step))
        return [values[index : index + width] for index in range(0, len(values), width)]

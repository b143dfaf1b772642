"""Buttons that must outlive restarts and dialogs: those under messages the bot sent by itself."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.vocabulary import BroadcastDeed, Settled

# Anybody can forge a button: what no database could hold does not even reach a handler.
Id = Annotated[int, Field(gt=0, lt=2**31)]
IdOrNone = Annotated[int, Field(ge=0, lt=2**31)]
Year = Annotated[int, Field(ge=2000, lt=2200)]


class HeldAnswer(CallbackData, prefix="held"):
    """«Состоялась» or «Не состоялась» under the question after a meeting."""

    meeting_id: Id
    held: bool


class ManagedScreen(StrEnum):
    """The screens of a meeting that a message to those who run it leads to."""

    MEETING = "meeting"
    DOOR = "door"
    PAPER = "paper"
    CLOSE = "close"
    RESULTS = "results"
    COMMENTS = "comments"


class OpenManaged(CallbackData, prefix="run"):
    """Show a screen of a meeting to those who run it; the message keeps its buttons."""

    meeting_id: Id
    screen: ManagedScreen


class Handout(StrEnum):
    """What those who run a meeting can have sent to them."""

    INVITATION = "invitation"
    POSTER = "poster"
    ROOM_CODE = "code"


class SendHandout(CallbackData, prefix="give"):
    """Send something of a meeting to those who run it, below the message."""

    meeting_id: Id
    what: Handout


class OpenDoor(CallbackData, prefix="door"):
    """«К списку у входа» under what a ticket's QR code did at the door."""

    meeting_id: Id


class CameAnswer(CallbackData, prefix="came"):
    """«Да, был» or «Нет» to somebody whose attendance was not marked."""

    registration_id: Id
    came: bool


class Rate(CallbackData, prefix="rate"):
    """A rating from 1 to 5."""

    registration_id: Id
    rating: int


class Useful(CallbackData, prefix="useful"):
    """Tick (`on`) or untick a choice of what was useful; an empty choice means "done".

    The button says what it leads to, so that a tap worked again after a crash changes nothing.
    """

    registration_id: Id
    choice: str = ""
    on: bool = True


class SkipComment(CallbackData, prefix="skip"):
    """No words after the rating."""

    registration_id: Id


class RoomRate(CallbackData, prefix="rrate"):
    """A rating without a name; `key` shows that this account was in the room."""

    meeting_id: Id
    key: str
    rating: int


class RoomUseful(CallbackData, prefix="ruseful"):
    """The same as `Useful`, without a name."""

    meeting_id: Id
    key: str
    choice: str = ""
    on: bool = True


class RoomSkipComment(CallbackData, prefix="rskip"):
    """The same as `SkipComment`, without a name."""

    meeting_id: Id
    key: str


class ComeIn(CallbackData, prefix="comein"):
    """«Записаться и отметиться» for who scanned the code in the room and is not signed up."""

    meeting_id: Id
    key: str


class RenewCode(CallbackData, prefix="recode"):
    """«Обновить код» under the code in the room."""

    meeting_id: Id


class UndoScan(CallbackData, prefix="unscan"):
    """«Отменить отметку» under what a ticket's QR code did at the door."""

    registration_id: Id


class CannotCome(CallbackData, prefix="cannot"):
    """«Не смогу прийти» under a message about a meeting."""

    registration_id: Id


class Coming(StrEnum):
    """What somebody answers to the reminder of the day before."""

    YES = "yes"
    FEWER = "fewer"
    NO = "no"
    SURELY_NOT = "surely_not"
    BACK = "back"


class ReminderAnswer(CallbackData, prefix="coming"):
    """«Приду», «Нас будет меньше», «Не смогу» and what follows it, under a reminder."""

    registration_id: Id
    answer: Coming


class ShowTicket(CallbackData, prefix="ticket"):
    """«Показать билет» under the reminder of the last hours."""

    registration_id: Id


class OpenTeam(CallbackData, prefix="team"):
    """«Команда» under what those who run a meeting are told of its team."""

    meeting_id: Id


class OpenPlace(CallbackData, prefix="place"):
    """Show one's own place on the team of a meeting."""

    member_id: Id


class LeaveTeam(CallbackData, prefix="leave"):
    """«Не смогу прийти» to somebody who is on the team of a meeting."""

    member_id: Id


class SeatAnswer(CallbackData, prefix="seat"):
    """«Пойду» or «Не смогу» to a seat of the waiting list; `number` says to which offer."""

    registration_id: Id
    number: Id
    takes: bool


class WaitAgain(CallbackData, prefix="again"):
    """«Встать снова» after an offer that nobody answered."""

    registration_id: Id


class Reply(CallbackData, prefix="reply"):
    """«Ответить» under a question about a meeting, or under the answer to one."""

    token: str


class BroadcastTap(CallbackData, prefix="sent"):
    """What can be done about a message to many, under its counter."""

    broadcast_id: Id
    deed: BroadcastDeed


class OpenMeeting(CallbackData, prefix="meeting"):
    """Show a meeting's card."""

    token: str


class SignUpHere(CallbackData, prefix="here"):
    """«Записаться» under a meeting's card in a group."""

    token: str


class PostCard(CallbackData, prefix="card"):
    """A meeting of the list in a group: post its card there."""

    token: str


class OpenDeadline(CallbackData, prefix="deadline"):
    """Show a deadline of a year; of the region when `municipality_id` is 0."""

    code: str
    year: Year
    municipality_id: IdOrNone


class SettleDeadline(CallbackData, prefix="due"):
    """«Сделано» or «Отправлен письмом» under a deadline that one is reminded of.

    «Отметить: сдан» under its document too.
    """

    code: str
    year: Year
    municipality_id: IdOrNone
    settled: Settled


class DeclineDeadline(CallbackData, prefix="notdue"):
    """«Нет, потому что…» under a deadline that one is reminded of."""

    code: str
    year: Year
    municipality_id: IdOrNone


class OpenVersion(CallbackData, prefix="version"):
    """«Открыть отчёт» under what either side is told of a municipality's report."""

    token: str


class MakeFromDrafts(CallbackData, prefix="drafts"):
    """«Собрать из черновиков» under the region's report of a year."""

    year: Year


PAST_MEETINGS = "managed-past"
OPEN_LISTS = "managed-open"
NEW_MEETING = "new"
DEADLINES = "deadlines"
REGION_DEADLINES = "deadlines-region"
REPORT = "report"


class OpenScreen(CallbackData, prefix="screen"):
    """Show one of the main screens: meetings, my, the past ones that one runs."""

    name: str

"""The composition root: the only file that knows everyone."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.utils.token import TokenValidationError
from aiogram_dialog import setup_dialogs
from aiohttp import web

from bot.broadcast_board import BroadcastBoard
from bot.clock import Clock
from bot.database import Database
from bot.deadlines_file import read_deadlines_file
from bot.dialog_ids import RepeatableIds
from bot.errors import StartupError
from bot.fsm_storage import SqlStorage
from bot.group_pace import GroupPace
from bot.group_voice import GroupVoice
from bot.handlers import all_routers, detach, public_routers
from bot.handlers.group_card import draw_card
from bot.i18n import Texts
from bot.inbox import Inbox
from bot.incoming import Json, chat_of, language_of
from bot.late_answers import LateAnswers
from bot.menu import set_default_menu
from bot.messages import composer
from bot.middlewares import Recognise, RecogniseInPublic
from bot.noticeboard import Noticeboard
from bot.polling import Polling
from bot.reception import Reception
from bot.rules import OfferLives
from bot.scheduler import Chore, Scheduler
from bot.sender import Sender
from bot.services import (
    audit,
    dialog_states,
    digest_days,
    due_work,
    regions,
    unnamed_answers,
    updates,
    visitors,
    waitlist,
)
from bot.services.core import Account, Core
from bot.settings import Settings
from bot.slots import Slots, SlotsForAnswers
from bot.webhook import webhook_app

log = structlog.get_logger(__name__)


class App:
    """The running bot, as an async context manager: inside it updates are worked off.

    Args:
        settings: of the operator.
        clock: people's time; the demo and the tests move it.

    Raises:
        StartupError: on entering; one line for the operator.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.core = Core(
            db=Database(settings.database_url),
            clock=clock or Clock(),
            admin_ids=settings.admin_ids,
            consent_min_grade=settings.consent_min_grade,
            timezone=settings.timezone,
            offer_lives=OfferLives(
                *(timedelta(minutes=minutes) for minutes in settings.offer_minutes)
            ),
            deadlines=read_deadlines_file(settings.deadlines_file),
            secret=settings.secret,
        )
        self.texts = Texts()
        self.bot = _make_bot(settings)
        slots, pace = Slots(settings.messages_per_second), GroupPace()
        self.bot.session.middleware(pace)
        self.bot.session.middleware(SlotsForAnswers(slots))
        self.bot.session.middleware(LateAnswers())
        compose = composer(self.core, self.texts, self.bot, settings.operator_contact)
        self.sender = Sender(self.core, self.bot, compose, slots)
        self.group_voice = GroupVoice(self.core, self.bot, slots, pace)
        self.noticeboard = Noticeboard(self.core, self.bot, self.texts, draw_card, self.group_voice)
        self.broadcast_board = BroadcastBoard(self.core, self.bot, self.texts, slots)
        self.dispatcher = self._make_dispatcher()
        self.public = self._make_public_dispatcher()
        self.reception = Reception(self.dispatcher, self.public)
        self.inbox = Inbox(self.core, self.bot, self.reception, self._apologise)
        self.scheduler = Scheduler(
            self.core.clock,
            [
                Chore(
                    "lapse_offers",
                    lambda: waitlist.lapse_offers(self.core),
                    due=lambda seen: seen.offers,
                ),
                Chore(
                    "plan_digests", lambda: digest_days.plan_ahead(self.core), timedelta(hours=1)
                ),
                # A lapsed offer makes messages that the tick has not seen.
                Chore("send", self.sender.kick, due=lambda seen: seen.messages or seen.offers),
                Chore("refresh_cards", self.noticeboard.kick, due=lambda seen: seen.cards),
                Chore(
                    "refresh_counters",
                    self.broadcast_board.kick,
                    due=lambda seen: seen.counters,
                ),
                Chore("purge_updates", lambda: updates.purge(self.core), timedelta(hours=1)),
                Chore("purge_dialogs", lambda: dialog_states.purge(self.core), timedelta(hours=6)),
                Chore("purge_audit", lambda: audit.purge(self.core), timedelta(hours=24)),
                Chore("purge_digests", lambda: digest_days.purge(self.core), timedelta(hours=24)),
                Chore("purge_marks", lambda: unnamed_answers.purge(self.core), timedelta(hours=24)),
            ],
            look=lambda: due_work.look(self.core),
        )
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            opening.push_async_callback(self.core.db.close)
            opening.push_async_callback(self.bot.session.close)
            opening.callback(detach, self.dispatcher)
            opening.callback(detach, self.public)
            await self.core.db.migrate()
            await regions.load_region_once(self.core, self.settings.region_file)
            await self._greet_telegram()
            await self.inbox.start()
            opening.push_async_callback(self.sender.stop)
            opening.push_async_callback(self.noticeboard.stop)
            opening.push_async_callback(self.broadcast_board.stop)
            opening.push_async_callback(self.inbox.stop)
            self.scheduler.start()
            opening.push_async_callback(self.scheduler.stop)
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    async def serve(self) -> None:
        """Take updates in until cancelled: by webhook where one is set, else by polling."""
        used = self.reception.resolve_used_update_types()
        if self.settings.webhook_url:
            await self._serve_webhook(used)
        else:
            polling = Polling(self.bot, self.inbox, used)
            await self._say_ready("polling")
            await polling.run()

    async def _serve_webhook(self, used: list[str]) -> None:
        secret = self.settings.webhook_secret.get_secret_value()
        path = urlsplit(self.settings.webhook_url).path or "/"
        runner = web.AppRunner(webhook_app(self.inbox, secret, path), access_log=None)
        await runner.setup()
        try:
            host, port = self.settings.webhook_host, self.settings.webhook_port
            try:
                await web.TCPSite(runner, host, port).start()
            except OSError as error:
                raise StartupError(
                    f"WEBHOOK_HOST, WEBHOOK_PORT: cannot listen on {host}:{port}: {error.strerror}"
                ) from None
            try:
                await self.bot.set_webhook(
                    self.settings.webhook_url, secret_token=secret, allowed_updates=used
                )
            except TelegramAPIError as error:
                raise StartupError(f"WEBHOOK_URL: {error.message}") from None
            await self._say_ready("webhook")
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _say_ready(self, mode: str) -> None:
        me = await self.bot.me()
        log.info("ready", bot=me.username, mode=mode, database=self.core.db.url.drivername)

    async def _greet_telegram(self) -> None:
        """Check the token before anything else needs it, and publish the menu of commands."""
        try:
            await self.bot.me()
            await set_default_menu(self.bot, self.texts)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise StartupError(
                "BOT_TOKEN: Telegram does not know this token; take it from @BotFather"
            ) from None
        except TelegramAPIError as error:
            raise StartupError(
                f"BOT_API_URL: {self.settings.bot_api_url} does not answer: {error.message}"
            ) from None

    def _make_dispatcher(self) -> Dispatcher:
        isolation = SimpleEventIsolation()
        dispatcher = Dispatcher(
            storage=SqlStorage(self.core),
            events_isolation=isolation,
            core=self.core,
            settings=self.settings,
            texts=self.texts,
            group_voice=self.group_voice,
            noticeboard=self.noticeboard,
            broadcast_board=self.broadcast_board,
        )
        dispatcher.update.outer_middleware(Recognise(self.core, self.texts))
        dispatcher.include_routers(*all_routers())
        setup_dialogs(
            dispatcher, dialog_manager_factory=RepeatableIds(), events_isolation=isolation
        )
        return dispatcher

    def _make_public_dispatcher(self) -> Dispatcher:
        dispatcher = Dispatcher(
            disable_fsm=True,  # nothing begins in public that would have to be remembered
            core=self.core,
            texts=self.texts,
            group_voice=self.group_voice,
            noticeboard=self.noticeboard,
        )
        dispatcher.update.outer_middleware(RecogniseInPublic(self.core, self.texts))
        dispatcher.include_routers(*public_routers())
        return dispatcher

    async def _apologise(self, update: Json) -> None:
        """Tell somebody, once, that what they did did not work."""
        chat = chat_of(update)
        if not chat.isdecimal():
            return
        visitor = await visitors.recognise(self.core, Account(int(chat)))
        tr = self.texts.speak(
            visitor.locale or language_of(update), self.core.clock.now(), self.core.timezone
        )
        await self.bot.send_message(int(chat), tr("error-set-aside"))


def _make_bot(settings: Settings) -> Bot:
    token = settings.bot_token.get_secret_value()
    if not token:
        raise StartupError(
            "BOT_TOKEN is not set; take one from @BotFather, or start the demo with: make run"
        )
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url))
    try:
        return Bot(token, session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    except TokenValidationError:
        raise StartupError(
            "BOT_TOKEN is no token; one looks like 123456789:AAE… and comes from @BotFather"
        ) from None

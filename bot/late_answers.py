"""Answers to taps that come too late are no reason to leave the work undone."""

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    Response,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType

log = structlog.get_logger(__name__)


class LateAnswers(BaseRequestMiddleware):
    """Lets a handler go on when its answer to a tap comes after Telegram stopped waiting.

    That happens to every tap which is worked again after a restart: its toast is lost, its effect
    must not be.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request; take a too late answer for answered."""
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            answer = isinstance(method, AnswerCallbackQuery | AnswerInlineQuery)
            if answer and "query is too old" in str(error):
                log.info("answer_too_late")
                return True  # type: ignore[return-value]
            raise

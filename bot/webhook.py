"""The webhook: an update is stored, then answered with 200."""

import hmac
import json

import structlog
from aiohttp import web

from bot.errors import StartupError
from bot.inbox import Inbox

PATH = "/webhook"
LARGEST = 1024 * 1024  # bytes; Telegram's updates have some kilobytes
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)

log = structlog.get_logger(__name__)


def webhook_app(inbox: Inbox, secret: str, path: str = PATH) -> web.Application:
    """Return the web application that takes updates at `path`.

    It answers 200 once the update is stored, and otherwise so that Telegram tries again:
    401 without the secret, 400 for what is no update, 413 over 1 MiB, 503 while too much waits,
    500 where storing failed.

    Args:
        inbox: where the updates go.
        secret: the `secret_token` given to setWebhook.
        path: the path of the webhook's address.

    Raises:
        StartupError: no secret; anybody could send updates.
    """
    if not secret:
        raise StartupError("WEBHOOK_SECRET: a webhook needs a secret")
    expected = secret.encode()

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, expected):
            log.warning("webhook_without_secret")
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return web.Response(status=400)
        if inbox.is_full:
            return web.Response(status=503, headers={"Retry-After": "5"})
        try:
            await inbox.feed([update])
        except Exception as error:  # noqa: BLE001 (of whatever driver; Telegram sends it again)
            log.error("webhook_not_stored", error=type(error).__name__)  # noqa: TRY400
            return web.Response(status=500)
        return web.Response()

    app = web.Application(client_max_size=LARGEST)
    app.router.add_post(path, take)
    return app

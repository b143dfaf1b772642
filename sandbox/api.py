"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import hdrs, web

from sandbox import about, editing, inline_answers, membership, sending
from sandbox.errors import ApiError, conflict
from sandbox.faults import Dropped
from sandbox.params import Params, read_params
from sandbox.polling import Polling
from sandbox.webhook import Pause, Webhook, growing_pause
from sandbox.world import World

_METHODS = {
    **sending.METHODS,
    **editing.METHODS,
    **about.METHODS,
    **membership.METHODS,
    **inline_answers.METHODS,
}


class Api:
    """Requests of the bot, carried out on a world.

    Args:
        world: it must have its bot.
        webhook_pause: seconds between tries of an update, by failures so far.
    """

    def __init__(self, world: World, *, webhook_pause: Pause = growing_pause) -> None:
        self._world = world
        self._polling = Polling(world.updates)
        self.webhook = Webhook(world, self.call, webhook_pause)

    def routes(self) -> list[web.RouteDef]:
        """Routes for the application."""
        return [
            web.get(r"/file/bot{token:[^/]*}/{path:.+}", self._file),
            web.route("*", r"/bot{token:[^/]*}/{method:[^/]*}", self._method),
            web.route("*", r"/bot{rest:.*}", self._nowhere),
        ]

    async def close(self) -> None:
        """Stop the deliveries and end a waiting long poll."""
        self._polling.end(_closing())
        await self.webhook.stop()

    async def call(self, method: str, params: Params) -> object:
        """Carry out a method, its name in lower case, and return its result.

        Raises:
            ApiError: Telegram's refusal.
        """
        match method:
            case "getupdates":
                if self.webhook.url:
                    raise conflict(
                        "can't use getUpdates method while webhook is active; "
                        "use deleteWebhook to delete the webhook first"
                    )
                return await self._polling.get_updates(params)
            case "setwebhook" | "deletewebhook":
                if method == "deletewebhook":
                    params.values.pop("url", None)
                await self.webhook.set(params)
                if self.webhook.url:
                    self._polling.end(conflict("terminated by setWebhook request"))
                return True
            case "getwebhookinfo":
                return self.webhook.info()
            case "close" | "logout":
                self._polling.end(_closing())
                return True
            case _ if (function := _METHODS.get(method)) is not None:
                return function(self._world, params)
            case _:
                raise _not_found()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        try:
            params = await read_params(request.headers, request.content, request.query)
            self._check_token(request.match_info)
            async with self._world.faults.around(method, params.values.get("chat_id", "")):
                result = await self.call(method, params)
        except ApiError as error:
            return _refusal(error)
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info)
            file = self._world.files.at(request.match_info["path"])
            if file is None:
                raise _not_found()
        except ApiError as error:
            return _refusal(error)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        return _refusal(_not_found())

    def _check_token(self, address: Mapping[str, str]) -> None:
        if address["token"] != self._world.bot.token:
            raise ApiError(401, "Unauthorized")


def _not_found() -> ApiError:
    return ApiError(404, "Not Found")


def _closing() -> ApiError:
    return ApiError(500, "Internal Server Error: restart")


def _refusal(error: ApiError) -> web.Response:
    retry_after = (error.parameters or {}).get("retry_after")
    headers = {} if retry_after is None else {hdrs.RETRY_AFTER: str(retry_after)}
    return web.json_response(error.as_api(), status=error.code, headers=headers)

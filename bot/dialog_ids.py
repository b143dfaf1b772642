"""Ids of opened dialogs that come out the same when an update is worked again.

aiogram-dialog gives every opened dialog a random id, and its buttons carry it. A crash can fall
between sending a screen and storing its id; worked again, the update sends the screen once more,
and the buttons of the first one must do the same.
"""

from hashlib import blake2b
from typing import Any

from aiogram import Router
from aiogram.fsm.state import State
from aiogram.types import ErrorEvent, Update
from aiogram_dialog import ChatEvent, DialogManager
from aiogram_dialog.api.entities import Context, Data, Stack
from aiogram_dialog.api.entities.stack import id_to_str
from aiogram_dialog.api.internal import STACK_KEY
from aiogram_dialog.api.protocols import DialogRegistryProtocol
from aiogram_dialog.context.media_storage import MediaIdStorage
from aiogram_dialog.manager.manager_factory import DefaultManagerFactory

from bot.drawn import DrawnMessageManager

ID_BYTES = 6  # at most nine characters of a button's 64


class RepeatableIds(DefaultManagerFactory):
    """Makes dialog managers that take a dialog's id from the update and the state it opens with.

    The ids can be guessed; that opens nothing, for they are looked up within a person's own chat.
    """

    def __init__(self) -> None:
        media = MediaIdStorage()  # type: ignore[no-untyped-call]
        super().__init__(DrawnMessageManager(), media, getter=None)

    def __call__(
        self,
        event: ChatEvent | ErrorEvent,
        data: dict[str, Any],
        registry: DialogRegistryProtocol,
        router: Router,
    ) -> DialogManager:
        """Return the manager for an update."""
        stack: Stack = data[STACK_KEY]
        update: Update = event.update if isinstance(event, ErrorEvent) else data["event_update"]
        if not isinstance(stack, _Stack):
            data[STACK_KEY] = _Stack(update.update_id, stack)
        return super().__call__(event, data, registry, router)


class _Stack(Stack):
    def __init__(self, update_id: int, stack: Stack) -> None:
        super().__init__(**vars(stack))
        self._update_id = update_id

    def push(self, state: State, data: Data) -> Context:
        context = super().push(state, data)
        name = f"{self._update_id} {state.state}".encode()
        number = int.from_bytes(blake2b(name, digest_size=ID_BYTES).digest())
        context._intent_id = self.intents[-1] = id_to_str(number)  # noqa: SLF001 (has no other way)
        return context

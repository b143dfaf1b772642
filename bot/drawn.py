"""Pictures that a window draws itself: bytes, where the dialogs' library knows files and links."""

from hashlib import blake2b

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.types import BufferedInputFile, InputFile
from aiogram_dialog.api.entities import MediaAttachment
from aiogram_dialog.manager.message_manager import MessageManager


class Drawn(MediaAttachment):
    """A PNG of a window; the library remembers by its name that the messenger has it already."""

    def __init__(self, png: bytes) -> None:
        digest = blake2b(png, digest_size=16).hexdigest()
        super().__init__(ContentType.PHOTO, url=f"drawn:{digest}")
        self.png = png


class DrawnMessageManager(MessageManager):
    """Sends what was drawn as a file."""

    async def get_media_source(self, media: MediaAttachment, bot: Bot) -> InputFile | str:
        """Return what the messenger gets: the file, or its id there."""
        if isinstance(media, Drawn) and not media.file_id:
            return BufferedInputFile(media.png, "picture.png")
        source: InputFile | str = await super().get_media_source(media, bot)
        return source

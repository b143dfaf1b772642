"""Settings from the environment and `.env`; a bad value stops the start with one clear line."""

import hmac
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartupError
from bot.zones import Zone

PACKAGE = Path(__file__).parent
OfferMinutes = Annotated[int, Field(ge=1, le=14 * 24 * 60)]
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # as setWebhook wants it


class Settings(BaseSettings):
    """Everything an operator can set; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/bot.sqlite3"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8080, ge=0, le=65535)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: Zone = "Asia/Krasnoyarsk"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    region_file: Path = PACKAGE / "data" / "krasnoyarsk-krai.toml"
    deadlines_file: Path = PACKAGE / "data" / "krasnoyarsk-krai-deadlines.toml"
    consent_min_grade: int = Field(default=8, ge=1, le=11)
    offer_minutes: Annotated[tuple[OfferMinutes, OfferMinutes, OfferMinutes], NoDecode] = (
        24 * 60,
        3 * 60,
        30,
    )
    messages_per_second: int = Field(default=30, ge=1)
    operator_name: str = ""
    operator_contact: str = ""

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = value.replace(",", " ").split()
        if not all(part.isascii() and part.isdecimal() for part in parts):
            message = "must be numbers of Telegram accounts, such as 123456789, 987654321"
            raise ValueError(message)
        return frozenset(int(part) for part in parts)

    @field_validator("offer_minutes", mode="before")
    @classmethod
    def _split_minutes(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = value.replace(",", " ").split()
        if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
            message = "must be three numbers of minutes, such as 1440,180,30"
            raise ValueError(message)
        return tuple(int(part) for part in parts)

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _http_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            message = "must start with http:// or https://"
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _https_or_loopback(cls, value: str) -> str:
        host = urlsplit(value).hostname or ""
        if value.startswith("http://") and host not in _LOOPBACK:
            message = "must start with https://: Telegram calls no other address"
            raise ValueError(message)
        return value

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.upper() if getattr(info, "field_name", "") == "log_level" else value.lower()

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        secret = self.webhook_secret.get_secret_value()
        if self.webhook_url and not _SECRET.fullmatch(secret):
            message = "WEBHOOK_SECRET: a webhook needs one, 1 to 256 of A-Z, a-z, 0-9, _ and -"
            raise ValueError(message)
        return self

    @property
    def secret(self) -> bytes:
        """What the bot signs its own codes with; it follows from the token."""
        return hmac.digest(self.bot_token.get_secret_value().encode(), b"signed codes", "sha256")

    @classmethod
    def load(cls) -> Self:
        """Read the settings.

        Raises:
            StartupError: a value does not parse; the message names every such variable.
        """
        try:
            return cls()
        except UnicodeDecodeError:
            raise StartupError("Settings: .env is not a text file in UTF-8") from None
        except ValidationError as error:
            problems = "; ".join(
                ": ".join(
                    [
                        *(str(name).upper() for name in item["loc"][:1]),
                        item["msg"].removeprefix("Value error, "),
                    ]
                )
                for item in error.errors()
            )
            raise StartupError(f"Settings: {problems}. See .env.example.") from None

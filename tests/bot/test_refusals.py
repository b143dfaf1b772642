"""A refusal is said in words, and is no error of the bot's."""

import logging

import pytest
import structlog
from aiogram.filters.callback_data import CallbackData
from pydantic import SecretStr

from bot.callbacks import OPEN_LISTS, MakeFromDrafts, OpenMeeting, OpenScreen
from bot.logs import set_up_logs
from bot.settings import Settings
from tests.bot.conftest import Stage
from tests.bot.story import agreed


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (MakeFromDrafts(year=2026), "отчёт делают кураторы и координаторы"),
        (OpenScreen(name=OPEN_LISTS), "Это действие для"),
        (OpenMeeting(token="nowhere"), "нет"),
    ],
)
async def test_a_forged_button_is_refused_in_words(
    stage: Stage, forged: CallbackData, said: str
) -> None:
    parent = await agreed(stage)
    answer = await parent.tap_data(forged.pack(), parent.screen.message_id)
    assert answer.show_alert
    assert said in answer.text


async def test_a_plain_refusal_is_no_error_in_the_log(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    for name in ("handlers", "level"):
        monkeypatch.setattr(root, name, getattr(root, name))
    monkeypatch.setattr(structlog, "configure", lambda **_: None)  # it is the run's own
    set_up_logs(Settings(_env_file=None, bot_token=SecretStr("42:TEST"), log_level="INFO"))
    stranger = await agreed(stage)
    await stranger.send("/invite")
    said = capsys.readouterr()
    assert "error" not in said.err + said.out
    logging.getLogger("aiogram_dialog.window").error("Cannot render")
    assert "Cannot render" in capsys.readouterr().err

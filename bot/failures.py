"""Errors in words that can be kept: the text of an error may quote what a person typed."""

import traceback


def describe(error: BaseException) -> str:
    """Return an error's type and where it came from, without its text and the machine's paths.

    Returns:
        «KeyError at aiogram_dialog.manager.manager:91, from bot.handlers.cards:40»: the place that
        raised it and, if that is foreign code, the last of our own on the way there.
    """
    places = [
        (str(frame.f_globals.get("__name__", "?")), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    own = [place for place in places if place[0].partition(".")[0] == __package__]
    words = type(error).__name__
    if places:
        words += " at {}:{}".format(*places[-1])
    if own and own[-1] != places[-1]:
        words += ", from {}:{}".format(*own[-1])
    return words

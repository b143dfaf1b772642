"""A local Telegram: the Bot API over HTTP on the loopback, for tests and the demo.

It behaves as the official server does where that matters to a bot, refusals included, and knows
nothing of the bot that talks to it.
"""

"""Alembic's room: `bot/database.py` walks these migrations at the start."""

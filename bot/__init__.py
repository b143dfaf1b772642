"""The bot of the career-guidance networking programme."""

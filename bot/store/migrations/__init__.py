"""Alembic's place: `bot.store.migrate` runs what is in `versions/`, one file a change of `bot.store.tables`."""

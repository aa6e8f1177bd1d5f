"""What Alembic runs around the migrations, within the transaction that `bot.store.migrate` has begun."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table: Alembic makes it anew
)
with context.begin_transaction():
    context.run_migrations()

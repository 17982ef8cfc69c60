"""Alembic's way in: the connection is the store's own, in a transaction of its own."""

from alembic import context

from claimcheck.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()

"""Alembic's way in: the connection is the store's own, in a transaction of its own."""

from alembic import context

from claimcheck.store import review_tables
from claimcheck.store.tables import Base

assert review_tables  # its tables are in the metadata from here on
context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()

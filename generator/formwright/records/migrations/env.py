"""Alembic runs this: apply the migrations on the connection that the store hands over, in the store's transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()

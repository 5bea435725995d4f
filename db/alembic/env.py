"""Alembic environment: one transaction, on the connection the store hands over."""

from alembic import context

from cirkeldesk.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()

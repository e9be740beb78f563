"""Alembic's environment: runs on the connection that `upgrade.migrate` opened."""

from alembic import context

from palmcheck.migrations.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()

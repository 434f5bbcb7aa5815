"""Runs migrations in this process, on the connection and in the transaction it is given; says nothing."""

from __future__ import annotations

from alembic import context

# One transaction around all steps and the triggers: a migration that fails leaves no trace.
context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""How migrations reach the database: through the application's own engine."""

from alembic import context
from flask import current_app

state = current_app.extensions["migrate"]


def only_ours(_object, name, kind, _reflected, _compare_to):
    """The queue keeps its own tables in the same database where PostgreSQL is the broker."""
    return not (kind == "table" and name.startswith("huey_"))


def run() -> None:
    options = dict(state.configure_args, include_object=only_ours)
    with state.db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=state.db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()

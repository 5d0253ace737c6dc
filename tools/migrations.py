"""Migrations up, in line with the models, down and up again: on SQLite and on PostgreSQL.

Works on databases of its own; what a developer keeps in ``instance/`` is never opened.
"""

import tempfile

import flask_migrate

from citizen.app import create_app
from citizen.base.settings import Settings
from tests import postgres


def attempt(database: str, folder: str, url: str) -> bool:
    """Take every step on one database. What went wrong has been logged by then."""
    app = create_app(Settings.from_environment({"CITIZEN_DATA_FOLDER": folder, "DATABASE_URL": url}))
    with app.app_context():
        try:
            flask_migrate.upgrade()
            flask_migrate.check()
            flask_migrate.downgrade(revision="base")
            flask_migrate.upgrade()
        except SystemExit:
            print(f"migrations: refused on {database}")
            return False
    print(f"migrations: up, no drift, down and up again on {database}")
    return True


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, postgres.server() as url:
        kept = [attempt("SQLite", folder, ""), attempt("PostgreSQL", folder, url)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""The doors in, one's own page, and the people of a municipality."""

from citizen.accounts.routes import doors, me, people
from citizen.accounts.routes.blueprint import rooms

__all__ = ["doors", "me", "people", "rooms"]

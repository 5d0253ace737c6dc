"""Pages of those who answer for what is kept: retention, certificates, cases."""

from citizen.records.routes import cases, certificates, items, retention
from citizen.records.routes.blueprint import rooms

__all__ = ["cases", "certificates", "items", "retention", "rooms"]

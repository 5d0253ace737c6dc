"""The portfolio: overview, dossiers, and the way from a theme to a decision that authors hear of."""

from citizen.portfolio.routes import dossier, making, overview, status
from citizen.portfolio.routes.loading import rooms

__all__ = ["dossier", "making", "overview", "rooms", "status"]

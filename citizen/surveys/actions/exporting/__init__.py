"""The export pack: one archive with every file, written while it is sent."""

from citizen.surveys.actions.exporting.order import Order, Pack, Words
from citizen.surveys.actions.exporting.packing import note_download, packed

__all__ = ["Order", "Pack", "Words", "note_download", "packed"]

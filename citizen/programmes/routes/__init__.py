"""Start page, a programme's own page, and a municipality's own words for the text analysis."""

from citizen.programmes.routes import pages, word_files, words
from citizen.programmes.routes.blueprint import rooms

__all__ = ["pages", "rooms", "word_files", "words"]

"""Start page, a programme's own page, what is printed for it, and a municipality's own words."""

from citizen.programmes.routes import pages, paper, word_files, words
from citizen.programmes.routes.blueprint import rooms

__all__ = ["pages", "paper", "rooms", "word_files", "words"]

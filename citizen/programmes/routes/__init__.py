"""Start page, a programme's own page, what is printed for it, and a municipality's own words and colours."""

from citizen.programmes.routes import colours, pages, paper, word_files, words
from citizen.programmes.routes.blueprint import rooms

__all__ = ["colours", "pages", "paper", "rooms", "word_files", "words"]

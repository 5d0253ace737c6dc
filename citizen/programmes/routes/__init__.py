"""Start page, a programme's own page, and a municipality's own words and colours."""

from citizen.programmes.routes import colours, pages, word_files, words
from citizen.programmes.routes.blueprint import rooms

__all__ = ["colours", "pages", "rooms", "word_files", "words"]

"""Finding themes and placing what arrives, as a worker does it.

Imports the text analysis: never imported by web pages. A finding has five steps: survey, learn,
place, gather, store. Surveying and placing are done in parts, which workers share.
"""

from citizen.themes.jobs.arrivals import place_arrivals
from citizen.themes.jobs.finding import find_themes
from citizen.themes.jobs.sharing import open_placing, open_survey

__all__ = ["find_themes", "open_placing", "open_survey", "place_arrivals"]

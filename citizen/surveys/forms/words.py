"""What kinds of questions, the codes beside answers, and levels of anonymity are called everywhere."""

from flask_babel import lazy_gettext as _l

from citizen.surveys.rules import Level
from citizen.surveys.rules.document import DONT_KNOW, NOT_SAY, Kind

KIND_WORDS = {
    Kind.ONE: _l("One choice"),
    Kind.SEVERAL: _l("Several choices"),
    Kind.SCALE: _l("Scale"),
    Kind.MATRIX: _l("Several items with the same options"),
    Kind.RANKING: _l("Ranking"),
    Kind.SHORT: _l("Short text"),
    Kind.LONG: _l("Long text"),
    Kind.NUMBER: _l("Number"),
    Kind.DATE: _l("Date"),
    Kind.PLACE: _l("Place"),
    Kind.PHOTO: _l("Photo"),
    Kind.STATEMENT: _l("Text without an answer"),
}
CODE_WORDS = {DONT_KNOW: _l("Don't know"), NOT_SAY: _l("Prefer not to say")}
LEVEL_NAMES = {
    Level.ANONYMOUS: _l("Anonymous"),
    Level.CONFIDENTIAL: _l("Confidential"),
    Level.NAMED: _l("Named"),
}
# Staff, those who answer, those who are invited and whoever answers on paper read the same sentence.
LEVEL_SENTENCES = {
    Level.ANONYMOUS: _l("Nobody can find out who has answered what, neither now nor later."),
    Level.CONFIDENTIAL: _l(
        "Nobody who reads the answers sees whose they are. What ties an answer to you is kept apart and "
        "destroyed when the survey closes."
    ),
    Level.NAMED: _l("The municipality can see who has answered what."),
}

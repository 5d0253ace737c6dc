"""The tables of contributions."""

from citizen.contributions.models.authors import Contact, DeletionRequest, DisposedFigure
from citizen.contributions.models.further import Merge, Move, OfficialAnswer
from citizen.contributions.models.pictures import Picture, PictureFile, ShownPicture
from citizen.contributions.models.seals import Seal, Sealed
from citizen.contributions.models.search import SearchPosting, SearchWord
from citizen.contributions.models.steps import (
    Appeal,
    HandlingChange,
    Redaction,
    Revision,
    SecondLook,
    VisibilityChange,
)
from citizen.contributions.models.texts import Contribution, TextVersion

__all__ = [
    "Appeal", "Contact", "Contribution", "DeletionRequest", "DisposedFigure", "HandlingChange", "Merge",
    "Move", "OfficialAnswer", "Picture", "PictureFile", "Redaction", "Revision", "Seal", "Sealed",
    "SearchPosting", "SearchWord", "SecondLook", "ShownPicture", "TextVersion", "VisibilityChange",
]

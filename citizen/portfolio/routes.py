from flask import Blueprint

from citizen.base import access

rooms = Blueprint("portfolio", __name__)


@rooms.get("/portfolio/programmes")
@access.signed_in
def programmes() -> str:
    return ""

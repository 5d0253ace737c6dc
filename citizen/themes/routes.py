from flask import Blueprint

from citizen.base import access

rooms = Blueprint("themes", __name__)


@rooms.get("/themes/programmes")
@access.signed_in
def programmes() -> str:
    return ""

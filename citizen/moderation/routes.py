from flask import Blueprint

from citizen.base import access

rooms = Blueprint("moderation", __name__)


@rooms.get("/moderation/index")
@access.signed_in
def index() -> str:
    return ""

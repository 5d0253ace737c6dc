from flask import Blueprint

from citizen.base import access

rooms = Blueprint("accounts", __name__)


@rooms.get("/accounts/sign_in")
@access.signed_in
def sign_in() -> str:
    return ""


@rooms.get("/accounts/me")
@access.signed_in
def me() -> str:
    return ""


@rooms.get("/accounts/people")
@access.signed_in
def people() -> str:
    return ""

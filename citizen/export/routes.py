from flask import Blueprint

from citizen.base import access

rooms = Blueprint("export", __name__)

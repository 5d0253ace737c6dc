"""What the pages of surveys hang on."""

from flask import Blueprint

rooms = Blueprint("surveys", __name__)

from flask import Blueprint

rooms = Blueprint("moderation", __name__)

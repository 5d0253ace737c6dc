from flask import Blueprint

rooms = Blueprint("programmes", __name__)

from flask import Blueprint

rooms = Blueprint("records", __name__)

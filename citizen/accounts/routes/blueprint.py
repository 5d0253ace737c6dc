from flask import Blueprint

rooms = Blueprint("accounts", __name__)

from flask import Blueprint

rooms = Blueprint("ideas", __name__)

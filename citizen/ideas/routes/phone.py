"""What a phone keeps by itself: the page that lists it, clears it, and the token for what it sends."""

from flask import Response as Answer
from flask import jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.forms import ActionForm
from citizen.ideas.routes.blueprint import rooms


@rooms.get("/phone")
@access.public
def phone() -> str:
    return render_template("ideas/phone.html", form=ActionForm(), cleared="cleared" in request.args)


@rooms.get("/phone/token")
@access.public
def token() -> Answer:
    """The token that goes with what is sent later than its form was opened."""
    answer = jsonify(token=generate_csrf())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@rooms.post("/phone/clearing")
@access.public
def clear_phone() -> Response:
    """Tell the browser to forget all it keeps of this site: cookies, pages, and what is not sent."""
    answer = redirect(url_for(".phone", cleared=1), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer

"""What this browser is answering: codes lie in the session, so that the same phone comes back by itself."""

from dataclasses import dataclass

from flask import abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from citizen.base import access, clock, kiosk
from citizen.base.browsers import browser_key
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.surveys import actions, policy, queries
from citizen.surveys.actions import Sender
from citizen.surveys.forms.telling import Texts
from citizen.surveys.models import Attempt, Survey
from citizen.surveys.queries import Published
from citizen.surveys.queries import answering as found
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_survey
from citizen.surveys.rules import Channel
from citizen.surveys.rules.flow import Step, step_of, way
from citizen.surveys.rules.values import Value, answers_from_json

CHECK = "check"
"""In place of a page: the answers are to be checked."""
_MOST_CODES = 8


@dataclass(frozen=True)
class Answering:
    """Somebody in the middle of a survey."""

    survey: Survey
    published: Published
    programme: Programme
    attempt: Attempt
    code: str

    @property
    def answers(self) -> dict[str, Value]:
        return answers_from_json(self.attempt.answers)

    @property
    def steps(self) -> tuple[Step, ...]:
        return way(self.published.document, self.answers)

    @property
    def texts(self) -> Texts:
        return Texts(self.published, self.answers)


@rooms.after_request
def keep_answers_secret(response: Response) -> Response:
    """Pages with somebody's answers or codes stay out of caches and search engines."""
    asked, name = request.view_args or {}, (request.endpoint or "").rpartition(".")[2]
    own = {"code", "page"} & set(asked) or name in _OWN or "invitation" in request.args
    if own or kiosk.is_on() or (name == "start" and code_of(asked["ref"])):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.endpoint == "surveys.answer" and not kiosk.is_on() and access.viewer() is None:
        # The page in hand opens again without coverage: the phone's own copy, until it has been sent.
        response.headers["Phone-Keeps"] = "1"
    return response


_OWN = {"check", "send", "left", "open_answer"}


def load_answering(ref: str, *, for_change: bool = False) -> Answering:
    """What this browser has begun of a survey; else the way leads to its beginning or to the receipt."""
    survey, code = load_survey(ref), code_of(ref)
    attempt = found.attempt(code, for_change=for_change) if code else None
    if attempt is None or attempt.survey_id != survey.id:
        if code and found.received(found.digest_of(code)):
            show_receipt(code)
            abort(redirect(url_for(".receipt", code=code), 303))
        abort(redirect(url_for(".start", ref=survey.ref), 303))
    if not policy.may_answer(survey, clock.today()):
        abort(redirect(url_for(".start", ref=survey.ref), 303))
    return Answering(
        survey, queries.published(survey.id, attempt.version),
        programme_queries.programme_by_id(survey.programme_id), attempt, code,
    )


def code_of(ref: str) -> str:
    """The code of what this browser answers of a survey, or has sent; empty where there is none."""
    return str(session.get("answers", {}).get(ref.upper(), ""))


def remember(ref: str, code: str) -> None:
    """Have this browser come back to an answer by itself; the latest few are remembered."""
    known = {one: code for one, code in session.get("answers", {}).items() if one != ref}
    session["answers"] = dict([*known.items(), (ref, code)][-_MOST_CODES:])
    session.permanent = True


def forget(ref: str, kept: str = "answers") -> None:
    """Have this browser begin anew with a survey; ``came_by`` forgets how it came to it."""
    session[kept] = {one: told for one, told in session.get(kept, {}).items() if one != ref.upper()}


def show_receipt(code: str) -> None:
    """Let a kiosk show what has just been sent on it; elsewhere the code alone is enough."""
    if kiosk.is_on("surveys"):
        kiosk.show_receipt(code)


def came_by(ref: str) -> dict[str, str]:
    """How this browser came to a survey: the ``place`` of a poster, the code of an ``invitation``."""
    known: dict[str, str] = session.get("came_by", {}).get(ref.upper(), {})
    asked = {"place": request.args.get("via", "")[:40], "invitation": request.args.get("invitation", "")[:40]}
    told = known | {name: value for name, value in asked.items() if value}
    if known.get("invitation", told.get("invitation")) != told.get("invitation"):
        # Two who share a phone have an invitation each.
        forget(ref)
    if told != known:
        forget(ref, "came_by")
        session["came_by"] = dict([*session["came_by"].items(), (ref.upper(), told)][-_MOST_CODES:])
    return told


def sender(survey: Survey) -> Sender:
    """Who answers here, as far as anybody may know. A kiosk tells nobody apart."""
    if kiosk.is_on("surveys"):
        return Sender(channel=Channel.KIOSK)
    carried = {"invitation": came_by(survey.ref).get("invitation", "")}
    if survey.once:
        carried["browser"] = browser_key()
    return actions.sender_of(survey, carried)


def where_left(answering: Answering) -> str:
    """The address at which somebody goes on."""
    ref, page = answering.survey.ref, answering.attempt.page
    steps = answering.steps
    if page == CHECK or not steps:
        return url_for(".check", ref=ref)
    number = step_of(steps, page) or 0
    return url_for(".answer", ref=ref, page=steps[number].page.id)

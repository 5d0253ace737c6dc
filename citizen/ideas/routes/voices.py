"""Others who think alike: found while one writes and right after sending, and joined with a voice."""

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, locale
from citizen.base.browsers import browser_key
from citizen.base.limits import limiter, submit_limit
from citizen.base.transaction import only_asks
from citizen.base.words import clean_text
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import Visibility
from citizen.ideas import actions, queries
from citizen.ideas.forms import VoiceForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_programme, load_public_idea
from citizen.ideas.routes.reading import idea_page
from citizen.programmes.models import Programme
from citizen.programmes.rules import takes_ideas

LONGEST_ASKED = 500
# Asked a few times for each idea that is written, and many may write behind one address.
_ASKING = "1200 per 10 minutes"


@rooms.route("/ideas/<slug>/alike", methods=["GET", "POST"])
@access.public
@limiter.limit(_ASKING)
@only_asks
def alike(slug: str) -> Response:
    """Published ideas like some words, as a piece of a page; 204 where there are none.

    The form asks by post: what somebody writes and has not sent belongs in no server's list of addresses.
    """
    programme = load_programme(slug)
    found = queries.alike(programme.id, clean_text(request.values.get("words"))[:LONGEST_ASKED])
    if found:
        answer = make_response(render_template("ideas/alike_found.html", **_around(programme, found)))
    else:
        answer = make_response("", 204)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@rooms.post("/ideas/<slug>/<ref>/voice")
@access.public
@limiter.limit(submit_limit)
def add_voice(slug: str, ref: str) -> Response | tuple[str, int]:
    programme, idea = load_public_idea(slug, ref)
    form = VoiceForm(ref)
    takes = takes_ideas(programme.phases, clock.today())
    if not form.validate(takes_lines=takes):
        if form.in_place.data:
            return render_template("ideas/voice_given.html", idea=idea, programme=programme, form=form,
                                   takes_ideas=takes), 422
        return idea_page(programme, idea, form), 422
    voice = actions.add_voice(idea, browser_key(), form.line.data, form.language)
    code = contributions.receipt_code(voice.ref) if voice else None
    if form.in_place.data:
        return make_response(render_template("ideas/voice_given.html", idea=idea, programme=programme,
                                             form=None, takes_ideas=takes, code=code,
                                             is_public=_is_public(voice)))
    return _lead_on(slug, ref, form.receipt.data or "", code, is_public=_is_public(voice))


def _is_public(voice: Contribution | None) -> bool:
    """Whether a line can be read already, as the mode of its programme may have it."""
    return voice is not None and voice.visibility == Visibility.PUBLISHED


def _lead_on(slug: str, ref: str, came_from: str, code: str | None, *, is_public: bool) -> Response:
    """Back to the receipt they came from, else to the line's own receipt, else to the idea.

    Whether there is such a receipt is not asked here: only its page tells, and counts who tries.
    """
    if before := ids.read_code(came_from)[: ids.SECRET_LENGTH]:
        session["sent"] = before
        flash(_given(code, is_public=is_public), "success")
        return redirect(url_for(".receipt", code=before), 303)
    flash(_("Your voice counts."), "success")
    if code:
        return redirect(url_for(".receipt", code=code), 303)
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


def _given(code: str | None, *, is_public: bool) -> str:
    if code is None:
        return str(_("Your voice counts."))
    link = Markup('<a href="{}">{}</a>').format(url_for(".receipt", code=code), ids.spoken(code))
    said = escape(
        _("Your voice counts. Your line can be read by everyone. Its own receipt has the code %(code)s.")
        if is_public else
        _("Your voice counts. Your line is shown once the municipality has reviewed it."
          " Its own receipt has the code %(code)s.")
    )
    return said % {"code": link}


def alike_just_sent(
    contribution: Contribution, text: TextVersion, programme: Programme, code: str
) -> dict[str, object] | None:
    """What others have written like an idea, once, right after it was sent."""
    if session.get("sent") != code:
        return None
    session.pop("sent")
    typed = f"{text.title or ''}\n{text.body}"[:LONGEST_ASKED]
    found = [idea for idea in queries.alike(contribution.programme_id, typed) if idea.id != contribution.id]
    return {**_around(programme, found), "receipt": code} if found else None


def _around(programme: Programme, found: list[queries.PublicIdea]) -> dict[str, object]:
    given = queries.supported([idea.id for idea in found], session.get("browser"))
    return {"programme": programme, "found": found, "given": given, "written_in": locale.current(),
            "takes_ideas": takes_ideas(programme.phases, clock.today())}

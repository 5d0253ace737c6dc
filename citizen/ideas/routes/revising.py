"""An author sends in a new version of what is public with a part removed."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids
from citizen.base.limits import guess_limited, limiter, receipt_limit
from citizen.base.uploads import takes_files
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.forms import Photos, read_photos
from citizen.contributions.models import Contribution, TextVersion
from citizen.ideas import queries
from citizen.ideas.forms import LineForm, TextForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import keep_photos, load_receipt


@rooms.get("/receipt/<code>/revision")
@access.public
@guess_limited
def revision(code: str) -> str:
    contribution = load_receipt(code)
    return _page(contribution, code, correction(contribution, begins_with(contribution)))


@rooms.post("/receipt/<code>/revision")
@access.public
@guess_limited
@limiter.limit(receipt_limit)
@takes_files(states.MOST_PICTURES, states.LARGEST_PICTURE)
def send_revision(code: str) -> Response | tuple[str, int]:
    """Take in a new version. What is public stays so until somebody at the municipality has looked."""
    # Before the database is asked: nobody else who writes waits for photos to be read.
    photos = read_photos()
    contribution = load_receipt(code, for_change=True)
    form = sent_again(contribution, photos)
    if not contribution_queries.may_revise(contribution):
        return _page(contribution, code, form), 409
    if not form.validate():
        keep_photos(states.held_by_receipt(contribution.ref), photos)
        return _page(contribution, code, form), 422
    typed = form.data
    contributions.revise(
        contribution, title=typed.get("title"), body=str(form.body.data), place=typed.get("place") or None,
        photos=photos.chosen,
    )
    flash(_("Thank you! Your new version has been sent. Others read the one before until the municipality has"
            " looked at it."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def begins_with(contribution: Contribution) -> TextVersion:
    """What its author goes on from: what they have sent in last, else the newest of their own."""
    waiting = contribution_queries.open_revision(contribution.id)
    if waiting:
        return contribution_queries.version(contribution.id, waiting.version)
    return contribution_queries.authors_text(contribution.id)


def correction(contribution: Contribution, text: TextVersion) -> TextForm | LineForm:
    """The form in which an idea is corrected, as it is now; a line has neither title nor place."""
    if contribution.kind == "voice":
        return LineForm(body=text.body)
    photos = Photos(stored=contribution_queries.pictures_of(contribution.id, text.number))
    return TextForm(title=text.title, body=text.body, place=text.place, pictures=photos)


def sent_again(contribution: Contribution, photos: Photos) -> TextForm | LineForm:
    """The form as it was sent, with the photos of before that it may keep."""
    shown = contribution_queries.pictures_of(contribution.id, begins_with(contribution).number)
    held = contribution_queries.held_pictures(states.held_by_receipt(contribution.ref))
    photos.look_up([*held, *(picture for picture, _alt in shown)])
    return LineForm() if contribution.kind == "voice" else TextForm(pictures=photos)


def revised(contribution: Contribution) -> dict[str, Any]:
    """What a receipt tells of a new version: the last one that was sent in, and whether one may be."""
    last = next(reversed(contribution_queries.revisions(contribution.id)), None)
    return {
        "revision": last, "may_revise": contribution_queries.may_revise(contribution),
        "revision_text": contribution_queries.version(contribution.id, last.version) if last else None,
    }


def _page(contribution: Contribution, code: str, form: TextForm | LineForm) -> str:
    return render_template(
        "ideas/receipt/revision.html", contribution=contribution, code=ids.read_code(code), form=form,
        public=contribution_queries.latest_text(contribution.id),
        reason=contribution_queries.removed_for(contribution.id),
        adds_to=queries.added_to([contribution.id]).get(contribution.id), **revised(contribution),
    )

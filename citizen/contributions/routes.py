"""Photos, one address for all: public ones for everyone, others for their author and for moderators."""

from flask import Blueprint, Response, abort, current_app, request

from citizen.base import access, ids
from citizen.base.limits import GUESSES, limiter, receipt_limit
from citizen.base.pictures import TYPE
from citizen.contributions import policy, queries
from citizen.contributions.models import Picture
from citizen.contributions.rules import HELD_BY_ANSWER, held_by_answer, held_by_form, held_by_receipt

rooms = Blueprint("pictures", __name__)
SIZES = ("full", "small")
# A browser need not ask again while its reader goes from page to page.
_SHORT = "private, max-age=300"


def _asks_without_a_code() -> bool:
    return "code" not in request.args


@rooms.get("/pictures/<ref>/<size>")
@access.public
@limiter.shared_limit(
    receipt_limit, scope=GUESSES, deduct_when=lambda response: response.status_code == 404,
    exempt_when=_asks_without_a_code,
)
def show(ref: str, size: str) -> Response:
    """A photo. ``?code`` is the author's receipt, ``?key`` the form that the photo waits in."""
    picture = queries.picture(ref)
    if picture is None or size not in SIZES:
        abort(404)
    is_public = queries.is_public(picture.id)
    if not is_public and not _is_author(picture) and not _may_see(picture):
        abort(404)
    answer = Response(queries.picture_content(picture.id, size), mimetype=TYPE)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = _SHORT if is_public else "no-store"
    if is_public:
        answer.set_etag(f"{picture.digest[:32]}-{size}")
        answer.make_conditional(request)
    return answer


def _is_author(picture: Picture) -> bool:
    """Whether the address has what only the author has: the key of the form, or the receipt's code."""
    held = {picture.ref for picture in queries.held_pictures(held_by_form(request.args.get("key", "")))}
    if picture.ref in held:
        return True
    code = ids.read_code(request.args.get("code", ""))
    if picture.holder == held_by_answer(ids.digest_of(str(current_app.secret_key), code)):
        return True
    contribution = queries.by_receipt(code)
    if contribution is None:
        return False
    return picture.holder == held_by_receipt(contribution.ref) or contribution in queries.showing(picture.id)


def _may_see(picture: Picture) -> bool:
    """Whether the viewer moderates what shows it, may look at it again, or reads the answer it belongs to."""
    viewer, holder = access.viewer(), picture.holder or ""
    if holder.startswith(HELD_BY_ANSWER):
        reads = current_app.extensions["citizen.reads_answer"]
        return bool(reads(viewer, holder.removeprefix(HELD_BY_ANSWER)))
    return any(
        (policy.may_see_pictures(viewer, one) and not queries.is_concealed(picture.id, one.id))
        or (policy.may_be_second(viewer, one) and queries.waits_for_another(one.id)
            and not queries.is_concealed(picture.id, one.id))
        for one in queries.showing(picture.id)
    )

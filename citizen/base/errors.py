"""Refusals that any room may raise, and the page that tells of each in the reader's language."""

from flask import Flask, abort, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

Answer = tuple[str, int, list[tuple[str, str]]]


class Refused(Exception):
    """A rule says no. The message is a whole sentence in the reader's language."""


class Conflict(Refused):
    """Somebody else was first; nothing was overwritten."""


def _sentences(code: int) -> tuple[str, str]:
    """Title and what to do, for a status code."""
    known = {
        400: (_("We could not read that"),
              _("You were away too long. Reload the page. Your text is kept.")),
        401: (_("You need to sign in"), _("Sign in and try again.")),
        403: (_("You may not do this"),
              _("Your role does not include this page. Ask your administrator if it should.")),
        404: (_("Page not found"),
              _("The address may be wrong, or the page may have been removed.")),
        405: (_("That does not work here"), _("Go back and use the buttons on the page.")),
        409: (_("Somebody else was first"), _("Reload the page to see what has changed.")),
        413: (_("That was too much at once"),
              _("Go back, shorten the text or choose smaller files, and send it again.")),
        422: (_("Something needs to be fixed"), _("Go back and check what you filled in.")),
        429: (_("Wait a moment"), _("Too many tries in a short time. Wait a moment.")),
        500: (_("Something went wrong"), _("Something went wrong. Try again soon.")),
    }
    return known.get(code, known[400] if code < 500 else known[500])


def init(app: Flask) -> None:
    """One page for every refusal; anything unforeseen becomes a 500 and is logged."""

    @app.before_request
    def refuse_nul() -> None:
        # No text of ours holds a NUL and PostgreSQL refuses one; forms clean theirs field by field.
        if "\0" in request.path:
            abort(404)
        if any("\0" in value for _name, value in request.args.items(multi=True)):
            abort(400)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Answer | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        title, advice = _sentences(code)
        page = render_template("layout/error.html", code=code, title=title, advice=advice)
        kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
        return page, code, kept

    @app.errorhandler(CSRFError)
    def token_lost(error: CSRFError) -> Answer | HTTPException:
        return refused(error)

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> tuple[str, int]:
        title, _advice = _sentences(409)
        return render_template("layout/error.html", code=409, title=title, advice=str(error)), 409

    @app.errorhandler(Refused)
    def rule(error: Refused) -> tuple[str, int]:
        title, _advice = _sentences(422)
        return render_template("layout/error.html", code=422, title=title, advice=str(error)), 422

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Answer | HTTPException:
        app.logger.exception("Unforeseen")
        return refused(InternalServerError())

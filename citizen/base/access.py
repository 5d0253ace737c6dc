"""Who may see a page: declared on every view, refused where nothing is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a member of staff does, per municipality."""

    MODERATOR = "moderator"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Viewer:
    """A signed-in member of staff, as far as other rooms need to know."""

    id: int
    name: str
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)

    def municipalities(self, *roles: Role) -> set[int]:
        """Ids of the municipalities in which the viewer has one of the roles."""
        return {m for m, held in self.roles.items() if held & set(roles)}

    def has(self, *roles: Role) -> bool:
        """Whether the viewer has one of the roles anywhere."""
        return bool(self.municipalities(*roles))


@dataclass(frozen=True)
class Access:
    """A view's declaration. No roles: anyone signed in."""

    public: bool
    roles: tuple[Role, ...] = ()

    def allows(self, viewer: Viewer | None) -> bool:
        if self.public:
            return True
        return viewer is not None and (not self.roles or viewer.has(*self.roles))


def public(view: View) -> View:
    """Anyone, without signing in."""
    view.access = Access(public=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any member of staff."""
    view.access = Access(public=False)  # type: ignore[attr-defined]
    return view


def staff(*roles: Role) -> Callable[[View], View]:
    """Members of staff with one of the roles in some municipality.

    Which municipality is decided where the object is loaded.
    """

    def declare(view: View) -> View:
        view.access = Access(public=False, roles=roles)  # type: ignore[attr-defined]
        return view

    return declare


def declared(endpoint: str | None) -> Access | None:
    """What the view behind an endpoint declares."""
    return getattr(current_app.view_functions.get(endpoint or ""), "access", None)


def viewer() -> Viewer | None:
    """Who is looking at this page, loaded once a request."""
    if "viewer" not in g:
        user_id = session.get("user")
        load = current_app.extensions["citizen.viewer"]
        g.viewer = load(user_id, session.get("epoch")) if user_id else None
    found: Viewer | None = g.viewer
    return found


def required_viewer() -> Viewer:
    """The viewer of a page that only staff reach.

    Raises
    ------
    Unauthorized
        Where there is none (a view that asks for one must declare it).
    """
    return viewer() or abort(401)


def init(app: Flask, load_viewer: Callable[[int, int | None], Viewer | None]) -> None:
    """Refuse undeclared views, send strangers to the sign-in page."""
    app.extensions["citizen.viewer"] = load_viewer
    public(app.view_functions["static"])

    @app.before_request
    def check() -> AnyResponse | None:
        if request.endpoint is None:
            return None
        access = declared(request.endpoint)
        if access is None:
            app.logger.error("No access is declared on %s", request.endpoint)
            abort(403)
        if access.allows(viewer() if not access.public else None):
            return None
        if viewer() is None and request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        abort(403 if viewer() else 401)

    @app.after_request
    def never_keep_staff_pages(response: Response) -> Response:
        access = declared(request.endpoint)
        # A public page that says who has signed in is a page of theirs too.
        if access is not None and (not access.public or g.get("viewer") is not None):
            response.headers["Cache-Control"] = "no-store"
        return response

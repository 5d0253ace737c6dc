"""Headers that keep a page to itself: nothing inline, nothing from elsewhere, no referrer."""

from flask import Flask, Response, request

from citizen.base.browsers import OneSession

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def init(app: Flask, secure: bool) -> None:
    """Put the headers on every answer and make cookies strict."""
    app.session_interface = OneSession()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-citizen" if secure else "citizen",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A phone stays open for days; the token lives as long as the session it is bound to.
        WTF_CSRF_TIME_LIMIT=None,
        # The referrer check would need the referrer that we ask browsers not to send.
        WTF_CSRF_SSL_STRICT=False,
    )

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if {"code", "token"} & set(request.view_args or {}):
            # Whoever has the address has the key: it stays out of caches and search engines.
            headers["Cache-Control"] = "no-store"
            headers["X-Robots-Tag"] = "noindex, nofollow"
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-cache, private")
        return response

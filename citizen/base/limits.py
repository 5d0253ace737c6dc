"""How often one address may do a thing.

The address is hashed under a key that lives as long as the process, is counted in memory (or
Redis, where several processes serve) and is gone when its window ends.
"""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItemPerHour
from limits.strategies import MovingWindowRateLimiter

_KEY = secrets.token_bytes(32)


def _hashed_address() -> str:
    # Processes that count together share a key.
    key: bytes = current_app.extensions.get("citizen.limits_key", _KEY)
    return hmac.new(key, network_of(request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """What is counted as one address: in IPv6 whoever has one has all that share its first 64 bits."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    # The same reader comes as IPv4 within IPv6 where the server listens to both at once.
    return str(found.ipv4_mapped or ipaddress.IPv6Network((found, 64), strict=False).network_address)


limiter = Limiter(_hashed_address, headers_enabled=False)
GUESSES = "receipt"
"""Where wrong codes are counted, whatever they are tried on."""
# More than any address is let through to send; what is counted is how much came, not whether it may.
_HOUR = RateLimitItemPerHour(100_000)


def sent_this_hour(what: str) -> int:
    """How much of a kind this address has sent within the last hour, with what it sends now.

    What is held back counts too: whoever goes on like this stays above any threshold.
    """
    counter, address = MovingWindowRateLimiter(limiter.storage), _hashed_address()
    counter.hit(_HOUR, what, address)
    return int(_HOUR.amount - counter.get_window_stats(_HOUR, what, address).remaining)


def submit_limit() -> str:
    """How often something may be sent in."""
    return str(current_app.extensions["citizen.settings"].submit_limit)


def survey_limit() -> str:
    """How often a survey may be begun, and how often sent: a whole school answers behind one address."""
    return str(current_app.extensions["citizen.settings"].survey_limit)


def receipt_limit() -> str:
    """How often a receipt's code may be tried."""
    return str(current_app.extensions["citizen.settings"].receipt_limit)


def cost_of_photos() -> int:
    """Photos are read and stored, whoever sends them: a form with some counts as five."""
    return 5 if any(sent.filename for sent in request.files.values()) else 1


def guess_limited(view: Callable[..., Any]) -> Any:
    """Let a view be asked as often as wanted with right codes, and with wrong ones seldom.

    All such views count together, or each new one would give as many guesses more.
    """
    return _counts_answers_of(404)(view)


def guess_limited_form(view: Callable[..., Any]) -> Any:
    """The same for a form into which a code is typed, which says itself that it is wrong (422)."""
    return _counts_answers_of(422)(view)


def _counts_answers_of(wrong: int) -> Callable[[Callable[..., Any]], Any]:
    return limiter.shared_limit(
        receipt_limit, scope=GUESSES, deduct_when=lambda response: response.status_code == wrong
    )


def init(app: Flask, storage_url: str, secret_key: str) -> None:
    """Count in memory, or in Redis under a key derived from the installation's own."""
    app.config["RATELIMIT_STORAGE_URI"] = storage_url
    if storage_url != "memory://":
        app.extensions["citizen.limits_key"] = hashlib.sha256(b"limits:" + secret_key.encode()).digest()
    limiter.init_app(app)

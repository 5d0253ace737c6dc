"""Decisions about ideas, from values alone. What a file means is decided in the modules beside."""

import hashlib


def browser_digest(browser: str) -> str:
    """What is stored of a browser's random key."""
    return hashlib.sha256(browser.encode()).hexdigest()

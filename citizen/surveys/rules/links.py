"""Addresses that leave the house on paper and in mail."""

from urllib.parse import urlencode


def start_path(language: str, ref: str, **asked: str) -> str:
    """Where residents begin to answer a survey; ``via`` names a place, ``invitation`` a code."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/{language}/surveys/{ref}" + (f"?{query}" if query else "")


def stop_path(language: str, code: str) -> str:
    """Where whoever was invited asks for no more mail."""
    return f"/{language}/surveys/invitation/{code}/stop"


def spoken(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2].partition("?")[0]

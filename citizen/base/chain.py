"""Hashes that follow on each other: whoever changes one thing has to change all that came after it.

Pure: values in, hashes out. The form of what is hashed never changes; what is stored rests on it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64
"""What the first of a chain follows on."""


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 over values as JSON: sorted keys, no white space, UTF-8, moments in UTC to the microsecond."""
    written = json.dumps(_plain(values), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as it comes back from a database's JSON, so that it is hashed alike before and after."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value

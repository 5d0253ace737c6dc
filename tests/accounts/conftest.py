"""Cheap hashes, so that a hundred sign-ins take no time."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from citizen.accounts.actions import passwords


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    passwords._nobodys_hash.cache_clear()
    yield hasher
    passwords._nobodys_hash.cache_clear()

"""Stable references people can read aloud, and secrets they can type."""

import hashlib
import hmac
import secrets

# Crockford's base 32: no I, L, O or U, so that nothing is misheard or misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
SECRET_LENGTH = 12


def new_ref(prefix: str) -> str:
    """A public reference such as ``I-7K2M9QXT``: prefix and 40 random bits."""
    return prefix + "-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def secret_code(key: str, subject: str) -> str:
    """The 60-bit code of a subject, derived so that it never needs to be stored.

    HMAC-SHA-256 of the subject under the installation's key, first 12 symbols in base 32.
    """
    digest = hmac.new(key.encode(), subject.encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:SECRET_LENGTH])


def digest_of(key: str, secret: str) -> str:
    """What is stored of a secret so that it can be found again but not read (HMAC-SHA-256)."""
    return hmac.new(key.encode(), b"stored:" + secret.encode(), hashlib.sha256).hexdigest()


def read_code(typed: str) -> str:
    """A typed code without spaces, dashes, case and the letters that are misread."""
    return "".join(c for c in typed.upper().translate(_MISREAD) if c in ALPHABET)


def spoken(code: str) -> str:
    """A code in groups of four, as it is read over the phone."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))

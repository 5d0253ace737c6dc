"""Where somebody met a barrier: an address on this host, without the secrets that some addresses hold."""

import re

LONGEST_PLACE = 300

# What comes after these opens a receipt or an account.
_SECRET = re.compile(r"(/receipt|/accounts/link)/\S+")
_HERE = re.compile(r"/(sv|nb|nn|en)(/[\w./%~-]*)?", re.ASCII)


def path_here(asked: str) -> str:
    """A path on this host, as a page's link says it; empty for everything else."""
    path = re.split("[?#]", asked, maxsplit=1)[0]
    if len(path) > LONGEST_PLACE or not _HERE.fullmatch(path) or "//" in path:
        return ""
    return without_secrets(path)


def without_secrets(typed: str) -> str:
    """What somebody typed or pasted, cut where a secret begins."""
    return _SECRET.sub(r"\1", typed)

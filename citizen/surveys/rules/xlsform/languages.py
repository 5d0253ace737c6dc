"""Which language a column is in: ``label::Norsk (nb)``, ``label:English``, ``hint::sv``."""

import re

OURS = ("sv", "nb", "nn", "en")
_NAMES = {
    "svenska": "sv", "swedish": "sv", "norsk": "nb", "norwegian": "nb", "bokmål": "nb", "norsk bokmål": "nb",
    "bokmal": "nb", "nynorsk": "nn", "norsk nynorsk": "nn",
    "english": "en", "engelska": "en", "engelsk": "en",
}
NAMES = {"sv": "Svenska (sv)", "nb": "Bokmål (nb)", "nn": "Nynorsk (nn)", "en": "English (en)"}
"""As columns are called when they are written."""
_COLUMN = re.compile(r"^(?P<what>[\w ]+?)\s*(?:::?\s*(?P<language>.+))?$")


def column(header: str) -> tuple[str, str]:
    """(what a column holds, which language it says it is in); the second is empty where it says none."""
    found = _COLUMN.match(header.strip())
    if found is None or header.strip().lower().startswith(("media:", "bind:", "body:", "instance:")):
        return header.strip().lower(), ""
    return found["what"].strip().lower(), (found["language"] or "").strip()


def language(told: str) -> str | None:
    """One of ours for what a column says; None for any other."""
    code = re.search(r"\(([\w-]+)\)\s*$", told)
    tag = (code[1] if code else told).replace("_", "-").split("-")[0].strip().lower()
    if tag in ("no", "nob"):
        return "nb"
    tag = {"nno": "nn", "swe": "sv", "eng": "en"}.get(tag, tag)
    return tag if tag in OURS else _NAMES.get(re.sub(r"\(.*", "", told).strip().lower())

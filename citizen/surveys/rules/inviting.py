"""Who is invited: lines and rows read, told apart into new, known and wrong."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from email_validator import EmailNotValidError, validate_email

MOST_AT_ONCE = 2000
"""The most addresses that are taken in at once."""
NAME_LENGTH = 120
_COLUMNS = {
    "email": {"email", "e-mail", "mail", "epost", "e-post", "e-postadress", "e-postadresse", "epostadress",
              "epostadresse", "address", "adress", "adresse"},
    "name": {"name", "namn", "navn"},
    "language": {"language", "språk", "sprog", "lang"},
}
_LANGUAGES = {
    "sv": "sv", "svenska": "sv", "svensk": "sv", "swedish": "sv", "nb": "nb", "no": "nb", "bokmål": "nb",
    "norsk": "nb", "norwegian": "nb", "nn": "nn", "nynorsk": "nn", "en": "en", "english": "en",
    "engelska": "en", "engelsk": "en",
}


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite. ``language`` is empty where none was told."""

    email: str
    name: str = ""
    language: str = ""

    @property
    def line(self) -> str:
        """As one would type it."""
        return "; ".join([self.email, self.name, self.language]).rstrip("; ")


@dataclass(frozen=True)
class Wrong:
    """A line that cannot be used. ``why``: ``email``, ``language``, ``name`` or ``many``."""

    number: int
    line: str
    why: str


@dataclass
class Sorted:
    """What was found: to invite, told twice, invited before, and wrong."""

    new: list[Invitee] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def recognised(columns: Iterable[str]) -> Mapping[str, str]:
    """Of the names of a file's columns, which field each one holds."""
    found: dict[str, str] = {}
    for column in columns:
        for name, spellings in _COLUMNS.items():
            if column.strip().casefold() in spellings:
                found.setdefault(name, column)
    return found


def line_of(cells: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """A row of a file as a line one could have typed."""
    told = [" ".join(cells.get(columns.get(name, ""), "").replace(";", ",").split())
            for name in ("email", "name", "language")]
    return "; ".join(told).rstrip("; ")


def sort_out(text: str, already: Set[str]) -> Sorted:
    """Read lines: an address, and if wanted a name and a language, parted by semicolon, comma or tab."""
    found, seen = Sorted(), set[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = _read(number, line.strip())
        if isinstance(read, Wrong):
            found.wrong.append(read)
        elif read.email in seen:
            found.twice.append(read.email)
        elif read.email in already:
            found.known.append(read.email)
        elif len(found.new) == MOST_AT_ONCE:
            found.wrong.append(Wrong(number, line.strip(), "many"))
        else:
            found.new.append(read)
        if isinstance(read, Invitee):
            seen.add(read.email)
    return found


def _read(number: int, line: str) -> Invitee | Wrong:
    parts = _parts(line)
    try:
        email = validate_email(parts[0], check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        return Wrong(number, line, "email")
    name, language = parts[1], parts[2].casefold()
    if not language and name.casefold() in _LANGUAGES:
        name, language = "", name.casefold()
    if language and language not in _LANGUAGES:
        return Wrong(number, line, "language")
    if len(name) > NAME_LENGTH:
        return Wrong(number, line, "name")
    return Invitee(email, name, _LANGUAGES.get(language, ""))


def _parts(line: str) -> Sequence[str]:
    """Address, name, language; also as mail programs write it: ``Name <address>``."""
    sign = next((sign for sign in (";", "\t", ",") if sign in line), ";")
    parts = [" ".join(part.split()) for part in line.split(sign)]
    if parts[0].endswith(">") and "<" in parts[0]:
        name, _, email = parts[0][:-1].rpartition("<")
        parts = [email.strip(), name.strip(' "'), *parts[1:]]
    email, *rest = parts
    rest = [part for part in rest if part] if len(rest) > 2 else rest
    return [email, *rest, "", ""][:3]


def about_this_many(count: int, k: int) -> int:
    """A number of people of which nobody can be told by watching it grow: whole groups of k."""
    return count // k * k


def mail_about(ref: str) -> str:
    """What the mails of a survey's invitations are about, for taking them back."""
    return f"survey:{ref}"


def subject(ref: str) -> str:
    """What an invitation's code is derived from."""
    return f"invitation:{ref}"

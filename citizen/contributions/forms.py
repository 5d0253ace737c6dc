"""Photos in a form: what came in with it, what the server keeps of it, and what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field

from citizen.base.locale import number
from citizen.base.pictures import BadPicture, Ready, Trouble, make_ready
from citizen.base.uploads import KeptFile
from citizen.base.words import clean_line
from citizen.contributions.models import Picture
from citizen.contributions.rules import LARGEST_PICTURE, LONGEST_ALT, MOST_PICTURES
from citizen.privacy.rules import is_stopped

T = TypeVar("T")

_LONGEST_NAME = 40
_WORDS = {
    Trouble.EMPTY: _l("“%(name)s” is empty. Choose the photo again."),
    Trouble.NO_PICTURE: _l("“%(name)s” is not a photo that we can read. Choose a JPG, PNG or WebP file."),
    Trouble.HEIC: _l("“%(name)s” is a HEIC file, which most browsers cannot show. Choose the photo as JPG."),
    Trouble.TOO_LARGE: _l("“%(name)s” is larger than %(size)s MB. Choose a smaller photo."),
    Trouble.TOO_MANY_PIXELS: _l("“%(name)s” has too many pixels. Make it smaller, or choose another photo."),
    Trouble.BROKEN: _l("“%(name)s” is damaged or did not arrive whole. Choose the photo again."),
}


@dataclass
class Photos:
    """The photos of a form.

    Attributes
    ----------
    stored : what the server has already, each with its description.
    new : what has just come in and can be kept.
    refs : what the form says that the server has, with descriptions; not looked up yet.
    unused : descriptions of photos that cannot be kept.
    problems : whole sentences.
    """

    stored: list[tuple[Picture, str]] = field(default_factory=list)
    new: list[tuple[Ready, str]] = field(default_factory=list)
    refs: list[tuple[str, str]] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def chosen(self) -> list[tuple[Picture | Ready, str]]:
        """All of them, in order."""
        return [*self.stored, *self.new]

    @property
    def room(self) -> int:
        """How many more there may be."""
        return max(0, MOST_PICTURES - len(self.stored))

    def look_up(self, held: Sequence[Picture]) -> None:
        """Find among what the sender holds what the form says is there already."""
        by_ref = {picture.ref: picture for picture in held}
        found = {ref: (by_ref[ref], alt) for ref, alt in self.refs if ref in by_ref}
        if len(found) < len({ref for ref, _alt in self.refs}):
            self.problems.append(_("A photo is no longer kept here. Choose it again, or send without it."))
        self.stored = list(found.values())
        if len(self.chosen) > MOST_PICTURES:
            self.problems.append(_("You can add three photos at most. The first three are kept."))
            self.stored = self.stored[:MOST_PICTURES]
            self.new = self.new[:self.room]

    def now_stored(self, pictures: Sequence[Picture]) -> None:
        """What was new lies with the server by now."""
        alts = {picture.id: (picture, alt) for picture, (_new, alt) in zip(pictures, self.new, strict=True)}
        known = {picture.id for picture, _alt in self.stored}
        self.stored += [one for picture_id, one in alts.items() if picture_id not in known]
        self.new = []


def read_photos() -> Photos:
    """What a form brought, made ready to be kept. The database is not asked: this takes time."""
    photos, removed = Photos(), set(request.form.getlist("removed"))
    kept = _alts("kept_alt", request.form.getlist("kept"))
    photos.refs = [(ref, alt) for ref, alt in kept if ref not in removed]
    files = [file for file in request.files.getlist("pictures") if file.filename]
    for file, alt in _alts("picture_alt", files[:MOST_PICTURES]):
        try:
            photos.new.append((_read(file), alt))
        except BadPicture as bad:
            photos.problems.append(_sentence(bad.trouble, file.filename or ""))
            photos.unused.append(alt)
    photos.unused += [alt for alt in map(clean_line, request.form.getlist("picture_alt")[len(files):]) if alt]
    if len(files) > MOST_PICTURES:
        photos.problems.append(_("You can add three photos at most. The first three are kept."))
    return photos


def _alts(name: str, things: Sequence[T]) -> list[tuple[T, str]]:
    """Each thing with its description: the fields stand in the same order, and may be fewer."""
    typed = [clean_line(text) for text in request.form.getlist(name)]
    return list(zip(things, [*typed, *[""] * len(things)], strict=False))


def _read(file: FileStorage) -> Ready:
    stream = file.stream
    if isinstance(stream, KeptFile) and stream.is_too_large:
        raise BadPicture(Trouble.TOO_LARGE)
    return make_ready(stream.read())


def _sentence(trouble: Trouble, file_name: str) -> str:
    name = clean_line(re.split(r"[\\/]", file_name)[-1])
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME - 1] + "…"
    return str(_WORDS[trouble]) % {"name": name, "size": number(LARGEST_PICTURE // 1024**2)}


class PicturesField(Field):  # type: ignore[misc]
    """Up to three photos. Its data are `Photos`, handed to the form that has it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing: what was sent has been read by `read_photos`."""

    def process_data(self, value: Photos | None) -> None:
        self.data = value or Photos()

    @property
    def texts(self) -> list[str]:
        """What the photos are said to show."""
        return [alt for _one, alt in self.data.chosen]

    def validate(self, form: object, extra_validators: object = ()) -> bool:
        self.errors = list(dict.fromkeys(self.data.problems))
        if any(len(text) > LONGEST_ALT for text in self.texts):
            self.errors.append(
                _("Describe each photo in %(max)s characters or fewer.", max=LONGEST_ALT)
            )
        if any(is_stopped(text) for text in self.texts):
            self.errors.append(_("The text seems to contain a national identity number. Remove it."))
        return not self.errors

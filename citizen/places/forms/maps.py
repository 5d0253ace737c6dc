"""The shape of a map, and the sentences for what is wrong with one."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from citizen.base import locale
from citizen.base.forms import AtMost, Filled, Form, Line, OneFile
from citizen.base.pictures import BadPicture, Trouble
from citizen.places.models import BaseMap
from citizen.places.rules.points import EAST, NORTH, SOUTH, WEST, Bounds
from citizen.places.rules.rasters import LARGEST_SENT, SHORTEST_EDGE, Raster, make_ready

LONGEST_SOURCE = 120
_TROUBLES = {
    Trouble.TOO_LARGE: _l("The file must be %(size)s or smaller"),
    Trouble.EMPTY: _l("The file must be a picture (JPEG, PNG or WebP)"),
    Trouble.NO_PICTURE: _l("The file must be a picture (JPEG, PNG or WebP)"),
    Trouble.HEIC: _l("The file must be a picture (JPEG, PNG or WebP)"),
    Trouble.BROKEN: _l("The picture is damaged or cut off. Save it once more."),
    Trouble.TOO_MANY_PIXELS: _l("The picture has too many pixels. 2000 × 2000 are more than enough."),
}


def _degrees(lowest: float, highest: float) -> Any:
    """Checks a line of degrees, with a comma or a point, and keeps it as it was typed."""

    def check(_form: Any, field: Any) -> None:
        found = read_degrees(field.data)
        if found is None or not lowest <= found <= highest:
            raise ValidationError(_(
                "Write degrees between %(lowest)s and %(highest)s, with decimals, like %(example)s",
                lowest=locale.number(int(lowest)), highest=locale.number(int(highest)),
                example=locale.number(lowest + 5.875),
            ))

    return check


def read_degrees(typed: str | None) -> float | None:
    """A number as people write it; None if it is none."""
    plain = (typed or "").replace(",", ".").removesuffix("°").strip()
    return float(plain) if re.fullmatch(r"\d{1,3}(\.\d{1,15})?", plain, re.ASCII) else None


class MapForm(Form):
    """A map's picture, its edges, and whose it is. The picture may be left out where there is one."""

    picture = OneFile(_l("Picture of the map"))
    north = Line(_l("Northern edge"), [Filled(_l("Write the northern edge")), _degrees(SOUTH, NORTH)])
    south = Line(_l("Southern edge"), [Filled(_l("Write the southern edge")), _degrees(SOUTH, NORTH)])
    west = Line(_l("Western edge"), [Filled(_l("Write the western edge")), _degrees(WEST, EAST)])
    east = Line(_l("Eastern edge"), [Filled(_l("Write the eastern edge")), _degrees(WEST, EAST)])
    source = Line(_l("Whose map it is"), [Filled(_l("Write whose map it is")), AtMost(LONGEST_SOURCE)])

    def __init__(self, known: BaseMap | None, **values: Any) -> None:
        super().__init__(**values)
        self.has_picture = known is not None
        self.raster: Raster | None = None

    def validate_picture(self, field: Any) -> None:
        sent = field.data
        if sent is None:
            if self.has_picture:
                return
            raise ValidationError(_("Choose a file"))
        with sent.stream as stream:
            is_too_large, content = getattr(stream, "is_too_large", False), stream.read()
        try:
            if is_too_large:
                raise BadPicture(Trouble.TOO_LARGE)
            self.raster = make_ready(content)
        except BadPicture as bad:
            size = f"{LARGEST_SENT // 1024**2}\N{NO-BREAK SPACE}MB"
            raise ValidationError(str(_TROUBLES[bad.trouble]) % {"size": size}) from bad
        if self.raster.is_tiny:
            raise ValidationError(
                _("The picture is too small. Each side needs at least %(least)s pixels.", least=SHORTEST_EDGE)
            )

    def validate_south(self, field: Any) -> None:
        self._in_order(self.north, field, _("The southern edge has to lie south of the northern one"))

    def validate_east(self, field: Any) -> None:
        self._in_order(field, self.west, _("The eastern edge has to lie east of the western one"))

    def _in_order(self, higher: Any, lower: Any, words: str) -> None:
        high, low = read_degrees(higher.data), read_degrees(lower.data)
        if high is not None and low is not None and high <= low:
            raise ValidationError(words)

    @property
    def bounds(self) -> Bounds:
        """The edges of a form that is right."""
        read = {name: read_degrees(self[name].data) or 0.0 for name in ("north", "south", "west", "east")}
        return Bounds(**read)


def form_of(known: BaseMap | None) -> MapForm:
    """The form as it is opened: with what there is, in the reader's way to write numbers."""
    if known is None:
        return MapForm(None, formdata=None)
    edges = {name: _as_typed(getattr(known, name)) for name in ("north", "south", "west", "east")}
    return MapForm(known, formdata=None, source=known.source, **edges)


def _as_typed(degrees: float) -> str:
    """Degrees with every decimal they have, as the reader would write them."""
    plain = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return plain.replace(".", locale.decimal_mark())

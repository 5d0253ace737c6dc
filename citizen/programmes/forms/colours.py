"""The shape of a municipality's colours, and what is said where they cannot be read."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Optional, StopValidation, ValidationError

from citizen.base import locale
from citizen.base.forms import Filled, Form, Line
from citizen.programmes.rules import colours, themes
from citizen.programmes.rules.themes import Pair, Theme

_NO_COLOUR = _l("Write the colour as six digits and letters a–f, like #00546b")
_TOO_LITTLE = {
    "button-text": _l("White text on this colour has a contrast of %(ratio)s:1. It needs at least "
                      "%(least)s:1 to be read."),
    "button": _l("A button in this colour has a contrast of %(ratio)s:1 to the page. It needs at least "
                 "%(least)s:1 to be seen."),
    "mark": _l("A line or a dot in this colour has a contrast of %(ratio)s:1 to the page. It needs at least "
               "%(least)s:1 to be seen."),
}


def _is_colour(form: Any, field: Any) -> None:
    """The field holds a colour, kept in its normal form."""
    found = colours.as_colour(field.data or "")
    if found is None:
        raise StopValidation(str(_NO_COLOUR))
    field.data = found


def _told(pair: Pair) -> str:
    return str(_TOO_LITTLE[pair.kind]) % {
        "ratio": locale.number(pair.ratio), "least": locale.number(pair.least)
    }


NAMES = ("main_colour", "second_colour")


class ColoursForm(Form):
    """A municipality's two colours, which must be seen and read. ``seen`` are those the page showed."""

    main_colour = Line(_l("Main colour"), [Filled(_NO_COLOUR), _is_colour])
    second_colour = Line(_l("Second colour"), [Optional(), _is_colour])
    seen = HiddenField()

    @property
    def theme(self) -> Theme:
        """What a valid form dresses pages in. Without a second colour, the first is both."""
        return Theme(self.main_colour.data, self.second_colour.data or self.main_colour.data)

    @property
    def drawn(self) -> Theme | None:
        """What the colours look like, also where they are refused; nothing where they are none."""
        main, second = (colours.as_colour(self[name].data or "") for name in NAMES)
        return Theme(main, second or main) if main and (second or not self.second_colour.data) else None

    def validate_main_colour(self, field: Any) -> None:
        self._refuse(field, themes.pairs_of_main(field.data))

    def validate_second_colour(self, field: Any) -> None:
        self._refuse(field, themes.pairs_of_second(field.data))

    @property
    def offers(self) -> dict[str, str]:
        """Field → the nearest colour that would pass, where what is there does not."""
        nearest = dict(zip(NAMES, (themes.nearest_main, themes.nearest_second), strict=True))
        found = {name: colours.as_colour(self[name].data or "") for name in nearest}
        return {name: near for name, colour in found.items()
                if colour and (near := nearest[name](colour)) != colour}

    def _refuse(self, field: Any, pairs: Iterable[Pair]) -> None:
        if found := themes.refused(pairs):
            raise ValidationError(" ".join(_told(pair) for pair in found))

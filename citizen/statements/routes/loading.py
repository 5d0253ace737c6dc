"""The municipality an address names, and what its statements are filled in with."""

from flask import abort, get_template_attribute
from flask_babel import gettext as _

from citizen.base import access, locale
from citizen.base.words import clean_text
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality
from citizen.statements import policy
from citizen.statements.models import Profile, StatementText
from citizen.statements.rules import texts

_DEFAULTS = {"privacy": "statements/defaults/privacy.txt", "rules": "statements/defaults/rules.txt"}


def load_municipality(slug: str) -> Municipality:
    """The municipality of an address, or not found."""
    return programmes.municipality(slug) or abort(404)


def load_mine(slug: str) -> Municipality:
    """A municipality whose statements the viewer keeps, or not found."""
    found = load_municipality(slug)
    return found if policy.may_manage(access.required_viewer(), found.id) else abort(404)


def my_municipalities() -> list[Municipality]:
    """Every municipality whose statements the viewer keeps."""
    viewer = access.required_viewer()
    return [m for m in programmes.municipalities() if policy.may_manage(viewer, m.id)]


def name_of(municipality: Municipality) -> str:
    """A municipality in the language of the page."""
    return locale.in_language(municipality.names, locale.current(), municipality.languages)[0]


def service_of(stated: Profile) -> str:
    """What the service is called."""
    return stated.service_name or _("Ideas for the municipality")


def values_of(municipality: Municipality, stated: Profile) -> dict[str, str]:
    """What names in braces stand for, in the language of the page."""
    officer = ", ".join(part for part in (stated.officer_name, stated.officer_email) if part)
    authority = (_("the Swedish Authority for Privacy Protection (IMY), imy.se")
                 if municipality.country == "SE"
                 else _("the Norwegian Data Protection Authority (Datatilsynet), datatilsynet.no"))
    return {
        "municipality": name_of(municipality), "service": service_of(stated),
        "organisation_number": stated.organisation_number, "address": stated.address,
        "email": municipality.contact_email, "phone": stated.phone,
        # Mail to the municipality reaches the officer too.
        "officer": officer or municipality.contact_email, "authority": authority,
    }


def default_text(kind: str, section: str, country: str) -> str:
    """What a section says as long as nobody has written something else, in the language of the page."""
    said = get_template_attribute(_DEFAULTS[kind], section)(country)
    return clean_text(str(said))


def text_of(
    municipality: Municipality, kind: str, section: str, own: dict[str, StatementText]
) -> tuple[str, str]:
    """(text, language) of a section: the municipality's own words, the nearest where it has none in
    the language of the page, and the default only where it has none at all.

    A default beside own words that say otherwise would be wrong in one of the languages.
    """
    written = {lang: row.body for lang, row in own.items() if row.body}
    if written:
        return locale.in_language(written, locale.current(), municipality.languages)
    return default_text(kind, section, municipality.country), locale.current()


def filled_text(
    municipality: Municipality, stated: Profile, kind: str, section: str, own: dict[str, StatementText]
) -> tuple[str, str]:
    """(text, language) of a section as readers see it."""
    text, lang = text_of(municipality, kind, section, own)
    return filled_in(text, lang, municipality, stated), lang


def filled_in(text: str, lang: str, municipality: Municipality, stated: Profile) -> str:
    """A text with the municipality's facts, in the language of the text."""
    with locale.speaking(lang):
        return texts.filled(text, values_of(municipality, stated))

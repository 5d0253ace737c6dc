"""A programme on paper: a poster for walls and a form for pens, in each of the four languages."""

from flask import Response as FileResponse
from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale, pdf, qr
from citizen.programmes import rules
from citizen.programmes.models import Programme
from citizen.programmes.routes.blueprint import rooms
from citizen.programmes.routes.pages import load
from citizen.programmes.rules import sheets


@rooms.get("/programmes/<slug>/poster.pdf")
@access.public
def poster(slug: str) -> Response:
    programme = load(slug)
    title, address = _in_language(programme.titles), _form_address(programme)
    ends = rules.collects_until(programme.phases, clock.today())
    texts = sheets.Texts(
        question=_("What would make life better where you live?"), title=title,
        municipalities=_places(programme),
        scan=_("Point your phone’s camera at the square"), go_to=_("or go to"), address=_spoken(address),
        until=_("We collect ideas until %(date)s", date=locale.day(ends)) if ends else "",
        no_account=_("It takes a minute. You need no account, and you can follow what becomes of your idea."),
    )
    drawn = sheets.poster(texts, qr.code(address), pdf.width)
    return _file(drawn, _("Poster: %(title)s", title=title), programme, "poster")


@rooms.get("/programmes/<slug>/form.pdf")
@access.public
def paper_form(slug: str) -> Response:
    programme = load(slug)
    title, address = _in_language(programme.titles), _form_address(programme)
    drawn = sheets.paper_form(_form_texts(programme, title, address), qr.code(address), pdf.width)
    return _file(drawn, _("Paper form: %(title)s", title=title), programme, "form")


def _form_texts(programme: Programme, title: str, address: str) -> sheets.FormTexts:
    towns = tuple(_in_language(m.names) for m in programme.municipalities)
    choices = [
        (_("Who do you speak for?"),
         (_("Myself"), _("Civil society"), _("Business"), _("Public sector"), _("Academia"))),
        (_("Which language do you write in?"), tuple(locale.NAMES.values())),
    ]
    if len(towns) > 1 and not _asked_town(programme):
        choices.insert(0, (_("Which municipality is it for?"), towns))
    return sheets.FormTexts(
        heading=_("What would make life better where you live?"), programme=f"{title} · {_places(programme)}",
        no_private=_("What would be better, for whom, and why? Do not write other people's names, "
                     "identity numbers or health details."),
        labels=(_("Title"), _("Description"), _("Place")), choices=tuple(choices),
        sentences=(
            _("Everyone can see your idea once the municipality has reviewed it."),
            _("Do not write your own name. The municipality types in what you write and keeps it as the law "
              "asks; what is sent to a municipality is a public record."),
            _("Hand in the sheet at:") + " " + "_" * 48,
        ),
        online=_("You can also send your idea by phone:"), address=_spoken(address),
    )


def _file(drawn: list[pdf.Drawn], title: str, programme: Programme, kind: str) -> Response:
    content = pdf.sheet(drawn, title=title, author=_places(programme), language=locale.current())
    answer = FileResponse(content, mimetype="application/pdf")
    name = f"{programme.slug}-{kind}-{locale.current()}.pdf"
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer


def _in_language(texts: dict[str, str]) -> str:
    return locale.in_language(texts, locale.current())[0]


def _asked_town(programme: Programme) -> str | None:
    """The municipality whose walls a sheet is for, where one is asked for."""
    asked = request.args.get("municipality")
    return asked if asked in {m.slug for m in programme.municipalities} else None


def _places(programme: Programme) -> str:
    asked = _asked_town(programme)
    return " · ".join(_in_language(m.names) for m in programme.municipalities if asked in (None, m.slug))


def _form_address(programme: Programme) -> str:
    """The whole address of the form, in the language of the sheet. It tells nobody that it was scanned."""
    base = current_app.extensions["citizen.settings"].base_url
    return f"{base}{url_for('ideas.new', slug=programme.slug, municipality=_asked_town(programme))}"


def _spoken(address: str) -> str:
    """An address as people type it; the form asks for what is left out."""
    return address.partition("://")[2].partition("?")[0]

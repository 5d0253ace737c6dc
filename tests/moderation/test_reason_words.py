"""What authors are told about a reason: ours, until a municipality's administrator writes its own."""

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.queries import latest_change
from citizen.contributions.rules import Reason
from citizen.moderation import queries
from citizen.moderation.models import ReasonWords
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser, Page
from tests.world import World

PAGE = "/en/moderation/reasons/elvdal/nn"


def save(who: Browser, path: str = PAGE, seen: str | None = None, **words: str) -> Page:
    page = who.get(path) if seen is None else None
    typed = {code.value: "" for code in Reason} | words
    return who.post(path, {"seen": page.hidden("seen") if page else seen or "", **typed})


def latest_words(app: Flask, ref: str) -> str | None:
    with app.app_context():
        change = latest_change(load(ref).id)
        return change.words if change else None


@pytest.mark.parametrize("decision", ["returned", "rejected"])
def test_where_the_moderator_writes_nothing_the_author_gets_the_standard_words(
    app: Flask, world: World, moderator: Browser, decision: str
) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "en")
        session.commit()
    assert decide(moderator, ref, decision, reason="individual_case").status == 303
    words = latest_words(app, ref)
    assert words is not None
    assert "cannot be dealt with in public" in words
    (mail,) = mails(app)
    assert words in mail.body


def test_what_the_moderator_writes_is_all_the_author_gets(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "rejected", reason="attack", words="Mine ord.")
    assert latest_words(app, ref) == "Mine ord."


def test_the_page_shows_them_to_whoever_decides(app: Flask, world: World, moderator: Browser) -> None:
    page = moderator.get(f"/en/moderation/{an_idea(app, world)}")
    assert "What is sent if you write nothing" in page.text
    assert page.html.count("data-reason=") == len(Reason)


def test_a_municipality_writes_its_own_for_each_language(
    app: Flask, world: World, administrator: Browser, moderator: Browser
) -> None:
    assert save(administrator, attack="Slik skriv vi ikkje i Elvdal.").status == 303
    for values, told in (
        ({"language": "nn"}, "Slik skriv vi ikkje i Elvdal."),
        ({"language": "nb"}, "attacks or insults"),
        ({"language": "nn", "municipality_id": world.swedish}, "attacks or insults"),
    ):
        ref = an_idea(app, world, **values)
        decide(moderator, ref, "rejected", reason="attack")
        assert told in (latest_words(app, ref) or "")


def test_an_emptied_field_and_one_with_our_words_are_ours_again(
    app: Flask, world: World, administrator: Browser
) -> None:
    with app.app_context():
        ours = queries.our_words("nn")
    save(administrator, attack="Slik ikkje.", advert="Ikkje reklame.", threat=ours["threat"])
    with app.app_context():
        assert session.query(ReasonWords).count() == 2
    page = save(administrator, advert="Ikkje reklame.")
    assert page.status == 303
    with app.app_context():
        assert [row.reason for row in session.query(ReasonWords)] == ["advert"]
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        assert [row.details["reasons"] for row in rows] == [["advert", "attack"], ["attack"]]


def test_two_at_once_lose_no_words(app: Flask, world: World, administrator: Browser) -> None:
    seen = administrator.get(PAGE).hidden("seen")
    save(administrator, hate="Den første.")
    page = save(administrator, seen=seen, hate="Den andre.")
    assert page.status == 409
    assert "Den første." in page.text
    assert "Den andre." in page.text
    assert save(administrator, seen=page.hidden("seen"), hate="Den andre.").status == 303
    with app.app_context():
        assert session.query(ReasonWords).one().words == "Den andre."


def test_words_that_are_too_long_come_back(app: Flask, world: World, administrator: Browser) -> None:
    page = save(administrator, hate="x" * 2001)
    assert page.status == 422
    assert "x" * 2001 in page.html


def test_only_administrators_of_the_municipality_write_them(
    app: Flask, world: World, administrator: Browser, moderator: Browser, stranger: Browser
) -> None:
    assert administrator.get("/en/moderation/reasons").location.startswith("/en/moderation/reasons/")
    assert moderator.get(PAGE).status == 403
    assert stranger.get(PAGE).status == 404
    assert administrator.get("/en/moderation/reasons/elvdal/fi").status == 404
    assert administrator.get("/en/moderation/reasons/langtborta/sv").status == 404
    assert moderator.post(PAGE, {"hate": "x"}).status == 403

"""On an item's page, personal data is marked where it stands, with its kind."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.markup import marked, paragraphs
from citizen.contributions.models import Contribution
from tests.factories import an_idea
from tests.pages import Browser
from tests.photos import a_photo, sent
from tests.world import World


def a_mark(kind: str, words: str) -> str:
    return f'<mark><span class="hidden">{kind}: </span>{words}</mark>'


def test_title_description_and_place_are_marked_with_the_kind(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Ring 912 34 567", body="Her er <b>mørkt</b>.\nSkriv til kari@example.no",
                  place="Hos Kari, 070-123 45 67")
    page = moderator.get(f"/en/moderation/{ref}")
    assert f"Ring {a_mark('Telephone number', '912 34 567')}</h1>" in page.html
    mail = a_mark("E-mail address", "kari@example.no")
    assert f"&lt;b&gt;mørkt&lt;/b&gt;.<br>Skriv til {mail}</p>" in page.html
    assert f"Hos Kari, {a_mark('Telephone number', '070-123 45 67')}</p>" in page.html
    assert "This may be personal data" in page.text
    assert "Telephone number × 2" in page.text


def test_what_a_photo_is_said_to_show_is_marked(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    values = {"title": "Lys", "body": "Her är det mörkt.", "municipality": "granby", "written_in": "sv",
              "picture_alt": "Lapp med 070-123 45 67", "checked": "1"}
    assert sent(browser, f"/sv/ideas/{world.slug}/new", values, [(a_photo(), "a.jpg")]).status == 303
    with app.app_context():
        ref = session.query(Contribution).one().ref
    page = moderator.get(f"/en/moderation/{ref}")
    assert f"Lapp med {a_mark('Telephone number', '070-123 45 67')}</span></figcaption>" in page.html


def test_an_ordinary_text_has_no_mark_and_no_warning(app: Flask, world: World, moderator: Browser) -> None:
    page = moderator.get(f"/en/moderation/{an_idea(app, world)}")
    assert "<mark>" not in page.html
    assert "This may be personal data" not in page.text


def test_what_everyone_reads_is_never_marked(app: Flask, world: World, browser: Browser) -> None:
    ref = an_idea(app, world, body="Ring 912 34 567.", state="published")
    page = browser.get(f"/nn/ideas/{world.slug}/{ref}")
    assert "912 34 567" in page.text
    assert "<mark>" not in page.html


@pytest.mark.parametrize("text", [
    "a", "", "a\nb", "a\n\nb\nc", "\n\na\n\n\n\nb", "<i>a</i>\n&\n\n“b”",
])
def test_without_marks_paragraphs_are_what_they_were(text: str) -> None:
    whole = paragraphs(text)
    assert paragraphs(text, [(len(text) + 5, len(text) + 9, "x")]) == whole
    assert whole.count("<p>") == sum(bool(block.strip()) for block in text.split("\n\n"))


def test_marks_fall_on_their_words_in_every_paragraph() -> None:
    text = "ett\n\ntva tre\nfyra\n\n\nfem"
    for word in ("ett", "tre", "fyra", "fem"):
        start = text.index(word)
        assert f"<mark><span class=\"hidden\">X: </span>{word}</mark>" in paragraphs(
            text, [(start, start + len(word), "X")]
        )
    assert marked("a<b>", [(1, 4, "X")]) == 'a<mark><span class="hidden">X: </span>&lt;b&gt;</mark>'

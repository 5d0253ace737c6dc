"""A voice for somebody else's idea, and the line that may come with it."""

import re
import threading
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.queries import published_texts
from citizen.ideas.models import Idea, Voice
from citizen.programmes.models import Phase
from tests.factories import an_idea, decide, load
from tests.pages import Browser
from tests.queries import counted
from tests.world import World

LINE = "Og ein benk ved ferjekaia."


def path(ref: str, end: str = "/voice", language: str = "nn") -> str:
    return f"/{language}/ideas/granslandet/{ref}{end}"


def voices(app: Flask) -> list[Contribution]:
    with app.app_context():
        return session.query(Contribution).filter_by(kind="voice").all()


def supporters(app: Flask) -> int:
    with app.app_context():
        return session.query(Idea).one().support_count


def a_line(app: Flask, world: World, ref: str, words: str = LINE, state: str = "published") -> str:
    """A line under an idea; gives its reference."""
    location = Browser(app, language="nn").post(path(ref), {"line": words}).location
    with app.app_context():
        found = session.query(Contribution).filter_by(kind="voice").order_by(Contribution.id.desc()).first()
        assert found is not None
        assert location == f"/nn/receipt/{contributions.receipt_code(found.ref)}"
        if state != "submitted":
            decide(found, state, world.moderator)
        session.commit()
        return found.ref


def test_a_voice_is_support_once_per_browser(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    first, second = browser.post(path(ref)), browser.post(path(ref))
    assert first.location == second.location == path(ref, "")
    assert supporters(app) == 1
    assert "Your voice counts." in browser.get(first.location).text
    Browser(app).post(path(ref))
    assert supporters(app) == 2
    assert voices(app) == []


def test_a_line_is_a_contribution_that_waits_for_the_moderator_of_the_idea(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Benk i parken", municipality_id=world.swedish, state="published")
    a_line(app, world, ref, state="submitted")
    found = voices(app)[0]
    assert (found.visibility, found.language, found.municipality_id, found.source, found.sector) == (
        "submitted", "nn", world.swedish, "web", None)
    assert found.ref.startswith("V-")
    assert LINE not in browser.get(path(ref, "")).text
    moderator = Browser(app, user_id=world.moderator)
    queue, item = moderator.get("/en/moderation/"), moderator.get(f"/en/moderation/{found.ref}")
    assert "Adds to: Benk i parken" in queue.text
    assert "Adds a line to this idea: Benk i parken" in item.text
    assert LINE in item.text


def test_a_published_line_is_read_under_its_idea_and_nowhere_as_an_idea(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    line = a_line(app, world, ref)
    page = browser.get(path(ref, "", "sv"))
    assert "Others add" in page.text
    assert f'<p lang="nn">{LINE}</p>' in page.html
    listed = browser.get("/en/ideas/granslandet")
    assert listed.html.count("<article") == 1
    assert "1 idea" in listed.text
    assert LINE not in browser.get("/en/ideas/granslandet?q=ferjekaia").text
    # Whoever follows its reference finds it where it is read.
    led = browser.get(path(line, "", "sv"))
    assert (led.status, led.location) == (302, f"/sv/ideas/granslandet/{ref}#{line}")
    with app.app_context():
        texts = published_texts(world.programme)
        assert [(t.kind, t.title, t.whole) for t in texts if t.ref == line] == [("voice", None, LINE)]


def test_a_line_that_says_the_same_leads_to_the_idea_it_is_under(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Sitjeplassar", body="Mange blir trøytte på turen.", state="published")
    a_line(app, world, ref)
    page = browser.client.get(path("alike", "").replace("/nn/", "/en/"), query_string={"words": LINE})
    assert "Sitjeplassar" in page.get_data(as_text=True)


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected", "hidden"])
def test_a_line_that_is_not_published_is_not_read(
    app: Flask, browser: Browser, world: World, state: str
) -> None:
    ref = an_idea(app, world, state="published")
    line = a_line(app, world, ref, state="published" if state == "hidden" else state)
    if state == "hidden":
        with app.app_context():
            decide(load(line), "hidden", world.moderator)
            session.commit()
    assert LINE not in browser.get(path(ref, "")).text
    assert browser.get(path(line, "")).status == 404


def test_a_line_goes_from_the_public_with_its_idea(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    line = a_line(app, world, ref)
    with app.app_context():
        decide(load(ref), "hidden", world.moderator)
        code = contributions.receipt_code(line)
        session.commit()
    assert browser.get(path(line, "")).status == 404
    receipt = browser.get(f"/en/receipt/{code}")
    assert "It can no longer be read." in receipt.text
    assert f"/{ref}" not in receipt.html


def test_the_same_line_sent_at_the_same_moment_is_stored_once(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="published")
    first = Browser(app)
    first.post(path(ref))
    with first.client.session_transaction() as cookie:
        key = cookie["browser"]
    locations = []

    def send() -> None:
        same = Browser(app)
        with same.client.session_transaction() as cookie:
            cookie["browser"] = key
        locations.append(same.post(path(ref), {"line": LINE}).location)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(locations)) == 1
    assert (len(voices(app)), supporters(app)) == (1, 1)


def test_two_people_may_add_the_same_and_one_may_add_twice(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    for person, words in ((browser, LINE), (browser, "Og tre ved kyrkja."), (Browser(app), LINE)):
        person.post(path(ref), {"line": words})
    assert (len(voices(app)), supporters(app)) == (3, 2)


@pytest.mark.parametrize("words", ["x" * 301, "x" * 10_000, "12345", "🎉"])
def test_a_line_that_cannot_be_taken_is_kept_on_the_page_and_told_at_the_field(
    app: Flask, browser: Browser, world: World, words: str
) -> None:
    ref = an_idea(app, world, state="published")
    page = browser.post(path(ref), {"line": words})
    assert page.status == 422
    assert f'href="#line-{ref}"' in page.html
    assert f'id="line-{ref}-error"' in page.html
    assert f'value="{words}"' in page.html
    assert page.title.startswith("Error:")
    assert (voices(app), supporters(app)) == ([], 0)


def test_a_lost_token_costs_nobody_their_line(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    page = browser.post(path(ref), {"line": LINE}, token=False)
    assert page.status == 422
    assert f'value="{LINE}"' in page.html
    assert supporters(app) == 0
    in_place = browser.client.post(path(ref), data={"line": LINE, "in_place": "1"})
    assert in_place.status_code == 422
    assert f'value="{LINE}"' in in_place.get_data(as_text=True)
    assert "Your text is kept." in in_place.get_data(as_text=True)


def test_markup_in_a_line_stays_text(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    a_line(app, world, ref, "<script>alert(1)</script> ein benk")
    assert "&lt;script&gt;alert(1)" in browser.get(path(ref, "")).html


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected"])
def test_no_voice_for_an_idea_that_is_not_published(
    app: Flask, browser: Browser, world: World, state: str
) -> None:
    ref = an_idea(app, world, state=state)
    assert browser.post(path(ref), {"line": LINE}).status == 404
    assert browser.post(path("I-00000000"), {"line": LINE}).status == 404
    assert browser.post(path(ref).replace("granslandet", "langtborta")).status == 404
    assert voices(app) == []


def test_after_the_collecting_a_voice_counts_and_a_line_is_told_no(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        session.query(Phase).update({"kind": "choose"})
        session.commit()
    assert "What would you add?" not in browser.get(path(ref, "")).text
    page = browser.post(path(ref), {"line": LINE})
    assert page.status == 422
    assert "not collecting ideas" in page.text
    assert f'value="{LINE}"' in page.html
    assert browser.post(path(ref)).status == 303
    assert (voices(app), supporters(app)) == ([], 1)


def test_in_place_the_answer_is_a_piece_of_the_page_with_the_receipts_code(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    token = browser.get("/en/receipt").hidden("csrf_token")

    def send(**values: str) -> Any:
        data = {"in_place": "1", "csrf_token": token, "written_in": "sv", **values}
        return browser.client.post(path(ref, language="en"), data=data).get_data(as_text=True)

    voice = send()
    assert "Your voice counts." in voice
    assert "What would you add?" in voice
    assert "<html" not in voice
    line = send(line="Och en vid bryggan.")
    assert re.search(r'href="/en/receipt/\w{12}"', line)
    assert voices(app)[0].language == "sv"


def test_the_author_of_a_line_corrects_and_withdraws_it_by_its_receipt(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Benk i parken", state="published")
    line = a_line(app, world, ref, state="returned")
    with app.app_context():
        receipt = f"/en/receipt/{contributions.receipt_code(line)}"
    page = browser.get(receipt)
    assert "Receipt for your line" in page.text
    assert "Benk i parken" in page.text
    assert 'name="title"' not in page.html
    assert browser.post(receipt, {"body": "x" * 301}).status == 422
    assert browser.post(receipt, {"body": "Ein benk ved naustet."}).status == 303
    assert "Ein benk ved naustet." in browser.get(receipt).text
    assert "Do you want to withdraw your line?" in browser.get(f"{receipt}/withdrawal").text
    assert "Your line has been withdrawn." in browser.post(f"{receipt}/withdrawal", follow=True).text
    with app.app_context():
        assert session.query(Voice).count() == 1


def test_many_lines_come_in_pages_and_cost_the_same_questions(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    counts = []
    for many in (1, 20):
        for number in range(many):
            a_line(app, world, ref, f"Ein benk til, nummer {number} av {many}.")
        with counted(app) as statements:
            page = browser.get(path(ref, ""))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert page.html.count('id="V-') == 20
    assert browser.get(path(ref, "?page=2")).html.count('id="V-') == 1
    assert browser.get(path(ref, "?page=3")).status == 404


def test_the_receipt_of_a_line_that_is_to_be_changed_speaks_of_a_line(
    app: Flask, browser: Browser, world: World
) -> None:
    line = a_line(app, world, an_idea(app, world, state="published"), state="returned")
    with app.app_context():
        receipt = f"/en/receipt/{contributions.receipt_code(line)}"
    told = browser.get(receipt).text
    assert "The municipality asks you to change your line before it can be published." in told
    assert "Correct the line and send it again" in told
    assert "your idea" not in told.split("What else you can do")[0]
    deletion = browser.get(f"{receipt}/deletion").text
    assert "Withdraw your line" in deletion
    assert LINE in deletion

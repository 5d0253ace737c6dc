"""Photos with an idea: sent, refused, kept while the form is corrected, seen by those who may."""

import io
import re
import threading
import uuid
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.base.pictures import make_ready
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution, Picture, PictureFile, ShownPicture
from citizen.contributions.rules import Visibility
from tests import photos
from tests.factories import an_idea, decide, load
from tests.pages import Browser, Page
from tests.photos import BLUE, RED, Files, a_photo, a_telling_photo, only_pixels, sent
from tests.world import World


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Gatelys langs Elvevegen", "body": "Ungane går i mørket til bussen. Set opp lys.",
        "municipality": "elvdal", "written_in": "nn", "client_key": str(uuid.uuid4()), **changes,
    }


def send(browser: Browser, world: World, files: Files = (), *, token: bool = True, **changes: Any) -> Page:
    return sent(browser, f"/sv/ideas/{world.slug}/new", filled(**changes), files, token=token)


def error(page: Page) -> str:
    """What is said at the field."""
    found = re.search(r'id="pictures-error">(.*?)</p>', page.html, re.DOTALL)
    return found.group(1).strip() if found else ""


def kept(page: Page) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', page.html)


def seen(page: Page) -> list[str]:
    """The addresses of the photos on a page."""
    return [unescape(found) for found in re.findall(r'<img src="(/[^"]*/pictures/[^"]+)"', page.html)]


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return session.query(model).count()


def ref_of(app: Flask) -> str:
    with app.app_context():
        return session.query(Contribution).one().ref


def step(app: Flask, world: World, ref: str, state: str) -> None:
    with app.app_context():
        decide(load(ref), state, world.moderator)
        session.commit()


def code_of(app: Flask, ref: str) -> str:
    with app.app_context():
        return contributions.receipt_code(ref)


def test_three_photos_come_with_an_idea_in_their_order_with_what_they_show(
    app: Flask, browser: Browser, world: World
) -> None:
    files = [(a_photo(colour=c), f"{n}.jpg") for n, c in enumerate([RED, BLUE, (0, 99, 0)])]
    page = send(browser, world, files, picture_alt=["En mörk väg", "", "Skolan <i>"])
    assert page.status == 303
    ref = ref_of(app)
    step(app, world, ref, "published")
    public = browser.get(f"/sv/ideas/{world.slug}/{ref}")
    assert len(seen(public)) == 3
    assert re.findall(r'loading="lazy" alt="([^"]*)" lang="(\w+)"', public.html) == [
        ("En mörk väg", "nn"), ("Photo without a description", "sv"), ("Skolan &lt;i&gt;", "nn"),
    ]
    assert 'width="64" height="48"' in public.html


def test_every_stored_file_is_free_of_all_but_pixels(app: Flask, browser: Browser, world: World) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        assert send(browser, world, [(a_telling_photo(6, kind), "x")]).status == 303
    with app.app_context():
        stored = [file.content for file in session.query(PictureFile)]
    assert len(stored) == 6
    assert all(only_pixels(content) and b"Kari" not in content for content in stored)


@pytest.mark.parametrize(("content", "name", "told"), [
    (photos.a_zipped_gif(), "dance.gif", "“dance.gif” is not a photo"),
    (photos.SVG, "drawing.svg", "“drawing.svg” is not a photo"),
    (photos.HEIC, "IMG_1.HEIC", "“IMG_1.HEIC” is a HEIC file"),
    (photos.a_bomb(), "bomb.png", "“bomb.png” has too many pixels"),
    (photos.a_noisy_photo(300, 300)[:5000], "half.jpg", "“half.jpg” is damaged"),
    (b"", "nothing.jpg", "“nothing.jpg” is empty"),
    (b"x", "../../etc/" + "å" * 300 + ".jpg", "“" + "å" * 39 + "…” is not a photo"),
    (b"x", "/home/kari/a\u202egpj.exe", "“agpj.exe” is not a photo"),
    (b"\xff\xd8\xff" + bytes(40 * 1024 * 1024), "large.jpg", "“large.jpg” is larger than 16 MB"),
], ids=["zipped gif", "svg", "heic", "bomb", "truncated", "empty", "long name", "hidden name", "40 MB"])
def test_a_file_that_cannot_be_shown_is_told_at_the_field_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, world: World, content: bytes, name: str, told: str
) -> None:
    page = send(browser, world, [(content, name)], place="Bortom bron", picture_alt="En väg utan ljus")
    assert page.status == 422
    assert told in error(page).replace("&#39;", "'")
    assert 'href="#pictures"' in page.html
    for typed in ("Set opp lys", "Bortom bron", "Gatelys langs Elvevegen", "En väg utan ljus"):
        assert typed in page.html
    assert count(app, Contribution) == count(app, Picture) == 0


def test_photos_of_60_mb_in_all_are_told_one_by_one(browser: Browser, world: World) -> None:
    large = b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)
    page = send(browser, world, [(large, f"{n}.jpg") for n in range(3)])
    assert page.status == 422
    assert error(page).count("larger than 16 MB") == 3
    assert "Set opp lys" in page.html


def test_more_than_anybody_means_to_send_is_answered_with_what_to_do(browser: Browser, world: World) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", token=False, input_stream=io.BytesIO(),
                        content_type="multipart/form-data; boundary=x",
                        environ_overrides={"CONTENT_LENGTH": str(1 << 30)})
    assert page.status == 413
    assert "choose smaller files" in page.text


def test_only_the_forms_with_photos_take_so_much(app: Flask, browser: Browser, world: World) -> None:
    form, files = f"/sv/ideas/{world.slug}/new", [(bytes(5_000_000), "x.jpg")]
    assert sent(browser, "/sv/receipt", {}, files).status == 413
    assert sent(browser, form, {}, files).status == 422
    assert browser.post(form, {"title": "x" * 5_000_000}, token=False).status == 413


def test_good_photos_are_kept_while_the_rest_of_the_form_is_put_right(
    app: Flask, browser: Browser, world: World
) -> None:
    key = str(uuid.uuid4())
    page = send(browser, world, [(a_photo(), "a.jpg"), (a_photo(colour=BLUE), "b.jpg")], title="",
                client_key=key, picture_alt=["En väg", "En buss"])
    assert page.status == 422
    assert len(kept(page)) == 2
    assert 'value="En buss"' in page.html
    assert browser.get(seen(page)[0]).status == 200
    again = send(browser, world, client_key=page.hidden("client_key"), kept=kept(page),
                 kept_alt=["En väg", "En blå buss"])
    assert again.status == 303
    with app.app_context():
        alts = [row.alt for row in session.query(ShownPicture).order_by("position")]
    assert alts == ["En väg", "En blå buss"]
    assert count(app, Picture) == 2


def test_a_kept_photo_can_be_removed_and_another_added(app: Flask, browser: Browser, world: World) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg"), (a_photo(colour=BLUE), "b.jpg")], title="")
    first, second = kept(page)
    right = send(browser, world, [(a_photo(colour=(0, 99, 0)), "c.jpg")], kept=[first, second],
                 client_key=page.hidden("client_key"), kept_alt=["Rød", "Blå"], removed=first,
                 picture_alt="Grøn")
    assert right.status == 303
    with app.app_context():
        assert [row.alt for row in session.query(ShownPicture).order_by("position")] == ["Blå", "Grøn"]


def test_of_good_and_bad_files_together_the_good_ones_are_kept(browser: Browser, world: World) -> None:
    files = [(a_photo(), "a.jpg"), (photos.SVG, "b.svg"), (a_photo(colour=BLUE), "c.jpg")]
    page = send(browser, world, files, picture_alt=["Ein", "To", "Tre"])
    assert "b.svg" in error(page)
    assert "a.jpg" not in error(page)
    assert re.findall(r'name="kept_alt" value="([^"]*)"', page.html) == ["Ein", "Tre"]


def test_of_four_photos_the_first_three_are_kept_and_that_is_told(
    app: Flask, browser: Browser, world: World
) -> None:
    files = [(a_photo(colour=(n * 50, 0, 0)), f"{n}.jpg") for n in range(4)]
    page = send(browser, world, files)
    assert page.status == 422
    assert error(page) == "You can add three photos at most. The first three are kept."
    assert len(kept(page)) == 3
    more = send(browser, world, [(a_photo(colour=BLUE), "x.jpg")], client_key=page.hidden("client_key"),
                kept=kept(page))
    assert more.status == 422
    assert kept(more) == kept(page)
    assert count(app, Picture) == 3


def test_the_same_photo_chosen_twice_is_one(app: Flask, browser: Browser, world: World) -> None:
    assert send(browser, world, [(a_photo(), "a.jpg"), (a_photo(), "b.jpg")]).status == 303
    assert count(app, Picture) == count(app, ShownPicture) == 1


def test_an_idea_with_photos_sent_twice_is_stored_once(app: Flask, browser: Browser, world: World) -> None:
    key = str(uuid.uuid4())
    answers = [send(browser, world, [(a_photo(), "a.jpg")], client_key=key) for _ in range(2)]
    assert [a.status for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert (count(app, Contribution), count(app, Picture), count(app, PictureFile)) == (1, 1, 2)


def test_an_idea_with_photos_sent_at_the_same_moment_is_stored_once(app: Flask, world: World) -> None:
    key, answers = str(uuid.uuid4()), []

    def send_it() -> None:
        answers.append(send(Browser(app), world, [(a_photo(), "a.jpg")], client_key=key).status)

    senders = [threading.Thread(target=send_it) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert answers == [303] * 4
    assert (count(app, Contribution), count(app, Picture)) == (1, 1)


def test_a_lost_token_costs_nobody_their_photos(app: Flask, browser: Browser, world: World) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg")], token=False)
    assert page.status == 422
    assert len(kept(page)) == 1


def test_a_kept_photo_is_for_who_has_the_forms_key_alone(
    app: Flask, browser: Browser, moderator: Browser, world: World
) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg")], title="")
    address = seen(page)[0]
    plain = address.split("?")[0]
    mine = browser.get(address).response
    assert mine.headers["Cache-Control"] == "no-store"
    for reader in (browser, moderator):
        assert reader.get(plain).status == 404
        assert reader.get(f"{plain}?key={uuid.uuid4()}").status == 404
    other = send(browser, world, kept=kept(page))
    assert other.status == 422
    assert "no longer kept" in error(other)
    assert kept(other) == []


def test_a_photo_that_nobody_sent_on_is_forgotten_after_a_day(
    app: Flask, browser: Browser, world: World
) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg")], title="")
    send(browser, world, [(a_photo(colour=BLUE), "b.jpg")])
    with clock.stopped_at(clock.now() + timedelta(hours=24, minutes=1)):
        assert browser.get(seen(page)[0]).status == 404
        gone = send(browser, world, client_key=page.hidden("client_key"), kept=kept(page))
    assert "no longer kept" in error(gone)
    assert count(app, Picture) == 2
    with app.app_context(), clock.stopped_at(clock.now() + timedelta(hours=26)):
        for forget in app.extensions["citizen.forgetting"]:
            forget()
        session.commit()
        assert session.query(Picture).one().holder is None
    assert (count(app, Picture), count(app, PictureFile)) == (1, 2)


def test_photos_are_seen_by_those_who_may(
    app: Flask, browser: Browser, moderator: Browser, facilitator: Browser, stranger: Browser, world: World
) -> None:
    send(browser, world, [(a_photo(), "a.jpg")])
    ref = ref_of(app)
    code = code_of(app, ref)
    small = seen(browser.get(f"/sv/receipt/{code}"))[0]
    address = small.split("?")[0]

    def statuses() -> list[int]:
        readers = (browser, facilitator, stranger, moderator)
        return [*(reader.get(address).status for reader in readers), browser.get(small).status]

    assert statuses() == [404, 404, 404, 200, 200]
    step(app, world, ref, "published")
    assert statuses() == [200] * 5
    step(app, world, ref, "hidden")
    assert statuses() == [404, 404, 404, 200, 200]
    browser.post(f"/sv/receipt/{code}/withdrawal")
    assert statuses() == [404, 404, 404, 200, 200]


def test_a_photo_is_served_as_nothing_but_a_photo(app: Flask, browser: Browser, world: World) -> None:
    send(browser, world, [(a_photo(800, 600), "a.jpg")])
    ref = ref_of(app)
    step(app, world, ref, "published")
    address = seen(browser.get(f"/sv/ideas/{world.slug}/{ref}"))[0]
    answer = browser.get(address).response
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    again = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    small = browser.get(address.replace("/full", "/small")).response
    assert len(small.data) < len(answer.data)
    for wrong in (address.replace("/full", "/huge"), "/sv/pictures/P-00000000/full"):
        assert browser.get(wrong).status == 404


def test_guessing_receipts_by_photos_is_stopped(app: Flask, browser: Browser, world: World) -> None:
    send(browser, world, [(a_photo(), "a.jpg")])
    with app.app_context():
        address = f"/sv/pictures/{session.query(Picture).one().ref}/full"
    assert [browser.get(f"{address}?code={n:012d}").status for n in range(32)][-1] == 429
    assert browser.get(address).status == 404


def test_the_list_shows_the_first_photo_small_and_asks_no_more_for_many(
    app: Flask, browser: Browser, world: World
) -> None:
    for _ in range(3):
        send(browser, world, [(a_photo(800, 600, colour=c), f"{c}.jpg") for c in (RED, BLUE)])
    with app.app_context():
        for contribution in session.query(Contribution).all():
            decide(contribution, "published", world.moderator)
        session.commit()
    page = browser.get(f"/sv/ideas/{world.slug}")
    assert len(seen(page)) == 3
    assert all(address.endswith("/small") for address in seen(page))
    assert 'width="480" height="360" loading="lazy"' in page.html


def test_the_moderator_sees_what_will_be_public(
    app: Flask, browser: Browser, moderator: Browser, world: World
) -> None:
    send(browser, world, [(a_photo(), "a.jpg"), (a_photo(colour=BLUE), "b.jpg")], picture_alt="Kari ved elva")
    page = moderator.get(f"/sv/moderation/{ref_of(app)}")
    assert [address.rsplit("/", 1)[1] for address in seen(page)] == ["full", "full"]
    assert "Kari ved elva" in page.text
    assert "The author has not described this photo." in page.text
    assert moderator.get(seen(page)[0]).status == 200


def test_a_returned_idea_is_corrected_with_its_photos_and_the_first_version_keeps_its_own(
    app: Flask, browser: Browser, moderator: Browser, world: World
) -> None:
    files = [(a_photo(), "a.jpg"), (a_photo(colour=BLUE), "b.jpg")]
    send(browser, world, files, picture_alt=["Ansikt", "Veg"])
    ref = ref_of(app)
    step(app, world, ref, "returned")
    code = code_of(app, ref)
    page = browser.get(f"/nn/receipt/{code}")
    face, road = kept(page)
    wrong = sent(browser, f"/nn/receipt/{code}", {
        "title": "", "body": "Betre tekst", "kept": [face, road], "kept_alt": ["Ansikt", "Ein mørk veg"],
        "removed": face, "picture_alt": "Skog",
    }, [(a_photo(colour=(0, 99, 0)), "c.jpg")])
    assert wrong.status == 422
    assert kept(wrong)[0] == road
    assert len(kept(wrong)) == 2
    assert [browser.get(address).status for address in seen(wrong)] == [200, 200]
    right = browser.post(f"/nn/receipt/{code}", {
        "title": "Lys", "body": "Betre tekst", "kept": kept(wrong), "kept_alt": ["Ein mørk veg", "Skog"],
    })
    assert right.status == 303
    queue = moderator.get(f"/sv/moderation/{ref}")
    assert "The photos or their descriptions have changed." in queue.text
    assert len([a for a in seen(queue) if a.endswith("/full")]) == 2
    assert len([a for a in seen(queue) if a.endswith("/small")]) == 2
    step(app, world, ref, "published")
    public = browser.get(f"/nn/ideas/{world.slug}/{ref}")
    assert re.findall(r'loading="lazy" alt="([^"]*)"', public.html) == ["Ein mørk veg", "Skog"]
    assert browser.get(f"/nn/pictures/{face}/full").status == 404
    assert moderator.get(f"/nn/pictures/{face}/full").status == 200


def test_a_correction_elsewhere_that_says_nothing_of_photos_keeps_them(
    app: Flask, browser: Browser, world: World
) -> None:
    send(browser, world, [(a_photo(), "a.jpg")])
    ref = ref_of(app)
    step(app, world, ref, "returned")
    with app.app_context():
        contributions.resend(load(ref), title="Ny", body="Ny tekst")
        decide(load(ref), "published", world.moderator)
        session.commit()
    assert len(seen(browser.get(f"/sv/ideas/{world.slug}/{ref}"))) == 1


def test_a_photo_of_another_idea_cannot_be_taken_over(app: Flask, browser: Browser, world: World) -> None:
    send(browser, world, [(a_photo(), "a.jpg")])
    with app.app_context():
        foreign = session.query(Picture).one().ref
    mine = an_idea(app, world, state="returned")
    values = {"title": "Min", "body": "Tekst", "kept": foreign}
    page = browser.post(f"/sv/receipt/{code_of(app, mine)}", values)
    assert page.status == 422
    assert "no longer kept" in error(page)


def test_a_description_that_is_too_long_is_told_and_kept(app: Flask, browser: Browser, world: World) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg")], picture_alt="å" * 301)
    assert page.status == 422
    assert "300 characters" in error(page)
    assert "å" * 301 in page.html


def test_going_back_and_writing_another_idea_keeps_the_photos_for_both(
    app: Flask, browser: Browser, world: World
) -> None:
    page = send(browser, world, [(a_photo(), "a.jpg")], title="")
    same = {"client_key": page.hidden("client_key"), "kept": kept(page)}
    assert send(browser, world, **same).status == 303
    assert send(browser, world, title="Ein benk ved elva", **same).status == 303
    assert (count(app, Contribution), count(app, Picture), count(app, ShownPicture)) == (2, 1, 2)


def test_a_form_without_photos_stores_none(app: Flask, browser: Browser, world: World) -> None:
    assert send(browser, world, [(b"", "")]).status == 303
    assert browser.post(f"/sv/ideas/{world.slug}/new", filled()).status == 303
    assert count(app, Picture) == 0


def test_an_idea_that_is_not_kept_leaves_no_photo(app: Flask, world: World) -> None:
    ready = make_ready(a_photo())
    with app.app_context():
        from citizen.ideas.actions import NewIdea, submit_idea

        submit_idea(NewIdea(
            programme_id=world.programme, municipality_id=world.norwegian, source="web", language="nn",
            client_key="web:1", title="Lys", body="Set opp lys.", photos=[(ready, "Ein veg")],
            holder="form:1",
        ))
        session.rollback()
    assert count(app, Picture) == count(app, Contribution) == 0


def test_a_published_idea_that_is_taken_back_and_returned_is_gone_at_once(
    app: Flask, browser: Browser, world: World
) -> None:
    send(browser, world, [(a_photo(), "a.jpg")])
    ref = ref_of(app)
    step(app, world, ref, "published")
    address = seen(browser.get(f"/sv/ideas/{world.slug}/{ref}"))[0]
    with app.app_context():
        contribution = load(ref)
        contributions.undo(contribution, user_id=world.moderator, expected_version=contribution.version)
        assert contribution.visibility == Visibility.SUBMITTED
        session.commit()
    assert browser.get(address).status == 404

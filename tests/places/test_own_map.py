"""A municipality's own map: given, replaced and taken away by its administrator."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.places.models import BaseMap
from tests.pages import Browser, Page
from tests.places.material import EDGES, a_picture, give_map
from tests.world import World

PATH = "/nb/places/maps/elvdal"


def send(browser: Browser, content: bytes | None = None, path: str = PATH, **changes: str) -> Page:
    values: dict[str, Any] = {
        "north": "60,05", "south": "59,95", "west": "12", "east": "12,4", "source": "© Kartverket", **changes
    }
    if content is not None:
        values["picture"] = (io.BytesIO(content), "kart.png")
    return browser.post(path, values, content_type="multipart/form-data")


def send_whole(browser: Browser, content: bytes) -> Page:
    """The same in one piece: the client would leave a file behind."""
    token = browser.get("/nb/receipt").hidden("csrf_token")
    values = {"csrf_token": token, "north": "60,05", "south": "59,95", "west": "12", "east": "12,4",
              "source": "x"}  # fmt: skip
    parts = [f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in values.items()]
    parts.append('--b\r\nContent-Disposition: form-data; name="picture"; filename="k.png"\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--b--\r\n"
    return Page(browser.client.post(PATH, data=body, content_type="multipart/form-data; boundary=b"))


def stored(app: Flask) -> list[BaseMap]:
    with app.app_context():
        return session.query(BaseMap).all()


def test_an_administrator_gives_the_municipality_a_map(
    app: Flask, administrator: Browser, world: World
) -> None:
    assert send(administrator, a_picture()).status == 303
    [found] = stored(app)
    assert found.municipality_id == world.norwegian
    assert found.bounds == EDGES
    page = administrator.get(PATH)
    assert "© Kartverket" in page.text
    assert 'value="60,05"' in page.html
    with app.app_context():
        assert [row.action for row in session.query(AuditRow)] == ["map.save"]


def test_edges_are_changed_without_sending_the_picture_again(
    app: Flask, administrator: Browser, world: World
) -> None:
    send(administrator, a_picture())
    before = stored(app)[0].digest
    assert send(administrator, north="60.051234", south="59,9512").status == 303
    [found] = stored(app)
    assert (found.digest, found.north, found.south) == (before, 60.051234, 59.9512)
    assert 'value="60,051234"' in administrator.get(PATH).html


def test_a_new_picture_has_a_new_address(app: Flask, administrator: Browser, world: World) -> None:
    send(administrator, a_picture())
    before = stored(app)[0].digest
    send(administrator, a_picture(size=(1000, 500)))
    [found] = stored(app)
    assert found.digest != before
    assert (found.width, found.height) == (1000, 500)


@pytest.mark.parametrize(("changes", "field"), [
    ({"north": ""}, "north"), ({"north": "nord"}, "north"), ({"north": "73"}, "north"),
    ({"south": "53,9"}, "south"), ({"south": "60,06"}, "south"), ({"south": "60.05"}, "south"),
    ({"west": "3"}, "west"), ({"west": "-12"}, "west"), ({"east": "33"}, "east"), ({"east": "11"}, "east"),
    ({"source": " "}, "source"), ({"source": "x" * 121}, "source"),
])
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(
    app: Flask, administrator: Browser, world: World, changes: dict[str, str], field: str
) -> None:
    page = send(administrator, a_picture(), **{"source": "Eget kart", **changes})
    assert page.status == 422
    assert f'href="#{field}"' in page.html
    assert f'id="{field}-error"' in page.html
    for name, value in {"west": "12", "east": "12,4", **changes}.items():
        assert f'name="{name}" class="ds-input" type="text" value="{value.strip()}"' in page.html
    assert stored(app) == []


@pytest.mark.parametrize("content", [
    None, b"", b"PK\x03\x04", a_picture()[:1500], a_picture(size=(300, 100)),
])
def test_a_file_that_is_no_picture_is_told_at_its_field(
    app: Flask, administrator: Browser, world: World, content: bytes | None
) -> None:
    page = send(administrator, content)
    assert page.status == 422
    assert 'id="picture-error"' in page.html
    assert 'value="60,05"' in page.html
    assert stored(app) == []


def test_a_picture_of_many_megabytes_can_be_sent(app: Flask, administrator: Browser, world: World) -> None:
    assert send_whole(administrator, a_picture() + bytes(8 * 1024 * 1024)).status == 303


def test_a_picture_beyond_all_bounds_is_refused_without_being_kept(
    app: Flask, administrator: Browser, world: World
) -> None:
    for content in (a_picture() + bytes(20 * 1024 * 1024), bytes(60 * 1024 * 1024)):
        page = send_whole(administrator, content)
        assert page.status == 422
        assert "The file must be 20 MB or smaller" in page.text
        assert 'value="60,05"' in page.html
    assert stored(app) == []


def test_edges_that_do_not_fit_the_picture_are_warned_of(
    app: Flask, administrator: Browser, world: World
) -> None:
    send(administrator, a_picture(size=(400, 400)))
    assert "do not have the same proportions" in administrator.get(PATH).text
    send(administrator, a_picture())
    assert "do not have the same proportions" not in administrator.get(PATH).text


def test_a_map_is_taken_away(app: Flask, administrator: Browser, world: World) -> None:
    send(administrator, a_picture())
    assert administrator.post(f"{PATH}/removal").status == 303
    assert stored(app) == []
    assert administrator.post(f"{PATH}/removal").status == 303


def test_only_an_administrator_of_the_municipality_may_change_its_map(
    app: Flask, world: World, moderator: Browser, facilitator: Browser, stranger: Browser
) -> None:
    for person, status in ((moderator, 403), (facilitator, 403), (stranger, 404)):
        assert person.get(PATH).status == status
        assert send(person, a_picture()).status == status
        assert person.post(f"{PATH}/removal").status == status
    assert send(stranger, a_picture(), path="/nb/places/maps/nowhere").status == 404
    assert stored(app) == []


def test_a_map_without_its_token_is_not_taken(app: Flask, administrator: Browser, world: World) -> None:
    page = administrator.post(PATH, {
        "north": "60,05", "south": "59,95", "west": "12", "east": "12,4", "source": "x",
        "picture": (io.BytesIO(a_picture()), "kart.png"),
    }, token=False, content_type="multipart/form-data")  # fmt: skip
    assert page.status == 400
    assert stored(app) == []


def test_the_picture_is_sent_once_and_never_with_a_cookie(app: Flask, browser: Browser, world: World) -> None:
    give_map(app, world.norwegian)
    digest = stored(app)[0].digest
    for size in ("large", "small"):
        answer = browser.get(f"{PATH}/{size}?v={digest}").response
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert len(answer.data) > 1000
        tag = answer.headers["ETag"]
        assert browser.get(f"{PATH}/{size}", headers={"If-None-Match": tag}).status == 304
    assert "max-age" not in browser.get(f"{PATH}/small?v=old").response.headers["Cache-Control"]


@pytest.mark.parametrize("path", [f"{PATH}/huge", f"{PATH}/removal", "/nb/places/maps/nowhere/small",
                                  "/nb/places/maps/granby/small"])
def test_a_picture_that_is_not_there_is_not_found(
    app: Flask, browser: Browser, world: World, path: str
) -> None:
    give_map(app, world.norwegian)
    assert browser.get(path).status == 404


@pytest.mark.parametrize("edges", [
    {"south": 61.0}, {"east": 11.0}, {"north": 73.0}, {"south": 50.0}, {"west": 3.0}, {"east": 33.0},
])
def test_the_database_refuses_edges_that_are_none(
    app: Flask, world: World, edges: dict[str, float]
) -> None:
    give_map(app, world.norwegian)
    with app.app_context():
        found = session.get_one(BaseMap, world.norwegian)
        for name, value in edges.items():
            setattr(found, name, value)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()

"""Notes from workshops and paper, typed by staff."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizen.accounts.models import RoleGrant
from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution
from tests.factories import decide, load
from tests.ideas.test_receipt import code_of
from tests.pages import Browser
from tests.world import World


def typed(**changes: str) -> dict[str, Any]:
    return {"body": "Flere benker ved elva. Da kan eldre hvile.", "title": "", "place": "", "sector": "",
            "source": "workshop", "municipality": "elvdal", "written_in": "nb",
            "client_key": str(uuid.uuid4()), **changes}


def path(world: World) -> str:
    return f"/nb/ideas/{world.slug}/notes"


def stored(app: Flask) -> list[tuple[str, str, str, str | None]]:
    """(source, language, newest title, sector) of everything there is, oldest first."""
    with app.app_context():
        return [(c.source, c.language, str(c.texts[-1].title), c.sector)
                for c in session.query(Contribution).order_by(Contribution.id)]


def refs(app: Flask) -> list[str]:
    with app.app_context():
        return [c.ref for c in session.query(Contribution).order_by(Contribution.id)]


def test_a_note_goes_to_moderation_with_its_source_marked(
    app: Flask, world: World, facilitator: Browser, moderator: Browser
) -> None:
    assert facilitator.post(path(world), typed(sector="resident")).status == 303
    assert stored(app) == [("workshop", "nb", "Flere benker ved elva.", "resident")]
    [ref] = refs(app)
    assert "A workshop" in moderator.get(f"/en/moderation/{ref}").text


def test_a_title_that_is_typed_is_kept(app: Flask, world: World, moderator: Browser) -> None:
    moderator.post(path(world), typed(title="Benker", source="paper"))
    assert stored(app) == [("paper", "nb", "Benker", None)]


def test_what_stays_the_same_is_chosen_for_the_next_note_and_the_description_waits(
    world: World, facilitator: Browser
) -> None:
    page = facilitator.post(path(world), typed(source="paper", written_in="nn"), follow=True)
    for kept in ('value="paper" selected', 'value="nn" selected', 'value="elvdal" selected'):
        assert kept in page.html
    assert 'name="body" class="ds-input" rows="3" autofocus' in page.html
    assert "Flere benker" not in page.html.split("</form>")[0]


def test_the_same_note_sent_twice_is_stored_once(app: Flask, world: World, facilitator: Browser) -> None:
    note = typed()
    assert [facilitator.post(path(world), note).status for _ in range(2)] == [303, 303]
    assert len(stored(app)) == 1


def test_two_people_may_say_the_same(app: Flask, world: World, facilitator: Browser) -> None:
    for _ in range(2):
        facilitator.post(path(world), typed())
    assert len(stored(app)) == 2


@pytest.mark.parametrize(("field", "value"), [
    ("body", ""), ("body", "12345"), ("body", "x" * 5001), ("title", "x" * 121), ("source", "web"),
    ("source", "martians"), ("municipality", "atlantis"), ("municipality", ""), ("written_in", "tlh"),
    ("sector", "martians"),
])
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    app: Flask, world: World, facilitator: Browser, field: str, value: str
) -> None:
    page = facilitator.post(path(world), typed(place="Ved brua", **{field: value}))
    assert page.status == 422
    assert f'id="{field}-error"' in page.html
    assert "Ved brua" in page.html
    assert stored(app) == []


def test_notes_just_typed_stand_below_for_their_typist_alone(
    world: World, facilitator: Browser, moderator: Browser
) -> None:
    facilitator.post(path(world), typed(title="Mitt notat"))
    assert "Mitt notat" in facilitator.get(path(world)).text
    assert "Mitt notat" not in moderator.get(path(world)).text


def test_a_note_of_yesterday_is_not_just_typed(world: World, facilitator: Browser) -> None:
    with clock.stopped_at(clock.now() - timedelta(hours=13)):
        facilitator.post(path(world), typed(title="Gårsdagens"))
    assert "Gårsdagens" not in facilitator.get(path(world)).text


def test_a_note_can_be_taken_back_and_the_moderator_sees_by_whom(
    app: Flask, world: World, facilitator: Browser, moderator: Browser
) -> None:
    facilitator.post(path(world), typed(title="Feil notat"))
    [ref] = refs(app)
    page = facilitator.post(f"{path(world)}/{ref}/withdrawal", follow=True)
    assert "taken back" in page.text
    assert "Feil notat" not in page.text
    with app.app_context():
        assert load(ref).visibility == "withdrawn"
    assert "Fredrik took back the note" in moderator.get(f"/en/moderation/{ref}").text


def test_a_note_can_be_corrected_as_a_new_version_by_staff(
    app: Flask, world: World, facilitator: Browser, moderator: Browser
) -> None:
    facilitator.post(path(world), typed(body="Flere bneker ved elva."))
    [ref] = refs(app)
    assert "bneker" in facilitator.get(f"{path(world)}/{ref}").html
    facilitator.post(f"{path(world)}/{ref}", {"body": "Flere benker ved elva.", "title": "", "place": ""})
    with app.app_context():
        assert [(t.body, t.made_by, t.user_id) for t in load(ref).texts] == [
            ("Flere bneker ved elva.", "author", None),
            ("Flere benker ved elva.", "staff", world.facilitator),
        ]
        assert load(ref).version == 2
    assert "Sent again</span>" not in moderator.get("/en/moderation/").html
    assert "What was corrected after it was typed in" in moderator.get(f"/en/moderation/{ref}").text


def test_a_correction_that_says_nothing_is_told(app: Flask, world: World, facilitator: Browser) -> None:
    facilitator.post(path(world), typed())
    page = facilitator.post(f"{path(world)}/{refs(app)[0]}", {"body": "", "title": "", "place": "Brua"})
    assert page.status == 422
    assert 'id="body-error"' in page.html
    assert "Brua" in page.html


def test_what_a_moderator_has_decided_about_can_neither_be_corrected_nor_taken_back(
    app: Flask, world: World, facilitator: Browser
) -> None:
    facilitator.post(path(world), typed())
    [ref] = refs(app)
    with app.app_context():
        decide(load(ref), "published", world.moderator)
        session.commit()
    assert facilitator.post(f"{path(world)}/{ref}", {"body": "Ny tekst", "title": ""}).status == 422
    assert facilitator.post(f"{path(world)}/{ref}/withdrawal").status == 409
    assert "can no longer be changed" in facilitator.get(f"{path(world)}/{ref}").text
    assert f"{ref}/withdrawal" not in facilitator.get(path(world)).html


def test_nobody_changes_what_somebody_else_has_typed_or_what_residents_sent(
    app: Flask, world: World, facilitator: Browser, moderator: Browser
) -> None:
    from tests.factories import an_idea

    facilitator.post(path(world), typed())
    for ref in (refs(app)[0], an_idea(app, world), "I-00000000"):
        assert moderator.get(f"{path(world)}/{ref}").status == 404
        assert moderator.post(f"{path(world)}/{ref}", {"body": "Ny tekst", "title": ""}).status == 404
        assert moderator.post(f"{path(world)}/{ref}/withdrawal").status == 404


def test_the_receipt_of_a_note_can_be_handed_out(app: Flask, world: World, facilitator: Browser) -> None:
    facilitator.post(path(world), typed())
    assert f"/receipt/{code_of(app, refs(app)[0])}" in facilitator.get(path(world)).html


def test_staff_of_other_municipalities_and_administrators_type_no_notes(
    app: Flask, world: World, stranger: Browser, administrator: Browser, browser: Browser
) -> None:
    assert stranger.get(path(world)).status == 404
    assert stranger.post(path(world), typed()).status == 404
    assert administrator.get(path(world)).status == 403
    assert browser.get(path(world)).status == 302
    assert browser.post(path(world), typed()).status == 401
    assert stored(app) == []


def test_a_facilitator_types_for_their_own_municipalities_alone(app: Flask, world: World) -> None:
    from citizen.accounts.models import RoleGrant

    with app.app_context():
        session.query(RoleGrant).filter_by(
            user_id=world.facilitator, municipality_id=world.swedish
        ).delete()
        session.commit()
    one = Browser(app, user_id=world.facilitator)
    assert one.get(path(world)).hidden("municipality") == "elvdal"
    assert one.post(path(world), typed(municipality="granby")).status in (303, 422)
    with app.app_context():
        assert {c.municipality_id for c in session.query(Contribution)} <= {world.norwegian}


def test_typing_leaves_a_trace_of_who_typed_and_nothing_of_who_spoke(
    app: Flask, world: World, facilitator: Browser
) -> None:
    facilitator.post(path(world), typed())
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="ideas.note").one()
        assert (row.actor_id, row.details) == (world.facilitator, {"source": "workshop"})
        assert session.query(Contribution).one().texts[0].user_id is None


def test_the_programmes_page_offers_it_to_those_who_may(
    world: World, facilitator: Browser, stranger: Browser, browser: Browser
) -> None:
    page = f"/en/programmes/{world.slug}"
    assert "/notes" in facilitator.get(page).html
    assert "/kiosk" in facilitator.get(page).html
    assert "/notes" not in stranger.get(page).html
    assert "/notes" not in browser.get(page).html


def test_who_no_longer_works_for_a_municipality_reaches_none_of_its_notes(
    app: Flask, world: World, facilitator: Browser
) -> None:
    facilitator.post(path(world), typed())
    [ref] = refs(app)
    assert facilitator.get(f"{path(world)}/{ref}").status == 200
    with app.app_context():
        session.query(RoleGrant).filter_by(
            user_id=world.facilitator, municipality_id=world.norwegian
        ).delete()
        session.commit()
    assert facilitator.get(f"{path(world)}/{ref}").status == 404
    assert facilitator.post(f"{path(world)}/{ref}/withdrawal").status == 404
    assert "Flere benker" not in facilitator.get(path(world)).text

"""From themes to a new candidate."""

import threading
from typing import Any

import pytest
from flask import Flask

from citizen.base import ids
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution, HandlingChange
from citizen.portfolio import queries
from tests.factories import load
from tests.pages import Browser
from tests.portfolio.things import DOSSIER, a_candidate, a_theme, found, published, theme_id
from tests.world import World


@pytest.fixture
def address(world: World) -> str:
    return f"/sv/portfolio/{world.slug}/new"


def ref_in(location: str) -> str:
    return location.rsplit("/", 1)[1]


def test_a_candidate_is_made_from_a_theme_with_its_evidence(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    ideas = [published(app, world, sector="resident"), published(app, world, sector="public", language="nb"),
             published(app, world, municipality_id=world.swedish, language="sv")]
    theme = a_theme(app, world, *ideas)
    answer = facilitator.post(address, {**DOSSIER, "theme": theme, "goals": ["11", "3"]})
    assert answer.status == 303
    with app.app_context():
        candidate = found(world, ref_in(answer.location))
        assert (candidate.title, candidate.language, candidate.goals) == (DOSSIER["title"], "sv", [3, 11])
        assert candidate.evidence["ideas"] == 3
        assert candidate.evidence["languages"] == {"nb": 1, "nn": 1, "sv": 1}
        assert candidate.evidence["sectors"] == {"public": 1, "resident": 1, "unknown": 1}
        assert candidate.evidence["municipalities"] == {str(world.norwegian): 2, str(world.swedish): 1}
        assert candidate.evidence["sectors_present"] == ["public", "resident"]
        assert queries.ids_behind(candidate.id) == [load(idea).id for idea in ideas]
        assert queries.themes_of([candidate.id]) == {candidate.id: [theme_id(theme)]}
        assert candidate.status == "candidate"


def test_several_themes_make_one_candidate(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    one, other = a_theme(app, world, published(app, world)), a_theme(app, world, published(app, world))
    answer = facilitator.post(address, {**DOSSIER, "theme": [one, other]})
    with app.app_context():
        assert found(world, ref_in(answer.location)).evidence["ideas"] == 2


def test_the_ideas_behind_a_candidate_become_candidates_within_the_house_only(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    idea = published(app, world)
    answer = facilitator.post(address, {**DOSSIER, "theme": a_theme(app, world, idea)})
    with app.app_context():
        assert load(idea).handling == "candidate"
        change = session.query(HandlingChange).filter_by(about=ref_in(answer.location)).one()
        assert (change.public_at, change.about_names) == (None, {"sv": DOSSIER["title"]})


def test_an_idea_in_progress_is_not_called_back_by_another_candidate(app: Flask, world: World) -> None:
    idea = published(app, world)
    theme = a_theme(app, world, idea)
    with app.app_context():
        session.query(Contribution).filter_by(ref=idea).update({"handling": "in_progress"})
        session.commit()
    a_candidate(app, world, theme)
    with app.app_context():
        assert load(idea).handling == "in_progress"


def test_the_page_shows_the_evidence_of_the_chosen_themes_and_suggests_goals_and_quotes(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    quoted = published(app, world, sector="academia", title="Lys langs skulevegen")
    chosen = a_theme(app, world, quoted)
    a_theme(app, world, published(app, world), name="Parkering")
    page = facilitator.get(f"{address.replace('/sv/', '/en/')}?theme={chosen}")
    assert "Academia" in page.text
    assert "Street lights" in page.text
    assert "Parkering" in page.text
    assert "Lys langs skulevegen" in page.text
    for name, value in (("theme", chosen), ("goals", "3"), ("goals", "11")):
        assert f'name="{name}" value="{value}" checked' in page.html
    assert page.html.count('name="quotes"') == 1
    assert 'value="Street lights"' in page.html


def test_without_a_chosen_theme_the_page_asks_for_one_first(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    a_theme(app, world, published(app, world))
    page = facilitator.get(f"{address}?theme=T-NONSENSE")
    assert page.status == 200
    assert 'name="need"' not in page.html


def test_without_themes_the_page_says_where_they_come_from(
    world: World, facilitator: Browser, address: str
) -> None:
    assert f"/themes/{world.slug}" in facilitator.get(address).html


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"need": " \n "},
        {"need": "x" * 3001},
        {"next_step": ""},
        {"next_step": "x" * 1001},
        {"goals": ["1", "2", "3", "4"]},
        {"goals": ["18"]},
        {"goals": ["all of them"]},
        {"quotes": ["999999"]},
        {"quotes": ["9" * 5000]},
        {"theme": []},
        {"theme": ["T-NONSENSE"]},
    ],
)
def test_bad_input_is_shown_again_and_nothing_is_made(
    app: Flask, world: World, facilitator: Browser, address: str, changes: dict[str, Any]
) -> None:
    theme = a_theme(app, world, published(app, world))
    page = facilitator.post(address, {**DOSSIER, "theme": [theme], **changes})
    assert page.status == 422
    if "theme" not in changes:
        assert all(text in page.html for name, text in DOSSIER.items() if name not in changes)
    with app.app_context():
        assert queries.candidates(world.programme) == []


def test_more_than_five_quotes_are_refused(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    ideas = [published(app, world) for _ in range(6)]
    theme = a_theme(app, world, *ideas)
    with app.app_context():
        numbers = [str(load(ref).id) for ref in ideas]
    assert facilitator.post(address, {**DOSSIER, "theme": theme, "quotes": numbers}).status == 422
    assert facilitator.post(address, {**DOSSIER, "theme": theme, "quotes": numbers[:5]}).status == 303


def test_only_what_is_published_counts(app: Flask, world: World) -> None:
    seen, hidden = published(app, world), published(app, world)
    theme = a_theme(app, world, seen, hidden)
    with app.app_context():
        session.query(Contribution).filter_by(ref=hidden).update(
            {"visibility": "hidden", "public_version": None}
        )
        session.commit()
    ref = a_candidate(app, world, theme)
    with app.app_context():
        assert queries.ids_behind(found(world, ref).id) == [load(seen).id]


def test_the_same_form_sent_twice_makes_one_candidate(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    form = {**DOSSIER, "theme": a_theme(app, world, published(app, world)), "ref": ids.new_ref("C")}
    first, second = facilitator.post(address, form), facilitator.post(address, form)
    assert first.location == second.location
    with app.app_context():
        assert len(queries.candidates(world.programme)) == 1


def test_the_same_form_sent_twice_at_once_makes_one_candidate(
    app: Flask, world: World, address: str
) -> None:
    form = {**DOSSIER, "theme": a_theme(app, world, published(app, world)), "ref": ids.new_ref("C")}
    answers: list[int] = []
    at_once = threading.Barrier(2)

    def send(browser: Browser) -> None:
        browser.get(address)
        at_once.wait()
        answers.append(browser.post(address, form).status)

    threads = [threading.Thread(target=send, args=(Browser(app, world.facilitator),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    with app.app_context():
        assert len(queries.candidates(world.programme)) == 1


def test_making_a_candidate_leaves_an_audit_row(
    app: Flask, world: World, facilitator: Browser, address: str
) -> None:
    answer = facilitator.post(address, {**DOSSIER, "theme": a_theme(app, world, published(app, world))})
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="portfolio.create").one()
        assert (row.subject, row.actor_id) == (ref_in(answer.location), world.facilitator)

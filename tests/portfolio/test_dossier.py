"""A candidate's dossier: read, refreshed, edited, made from other themes."""

import re

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.ideas.models import Idea
from citizen.portfolio import queries
from citizen.themes.models import Theme
from tests.factories import load
from tests.pages import Browser
from tests.portfolio.things import DOSSIER, a_candidate, a_theme, found, place, published, theme_id
from tests.queries import counted
from tests.world import World


def at(world: World, ref: str, step: str = "", language: str = "en") -> str:
    return f"/{language}/portfolio/{world.slug}/{ref}{step}"


def test_the_dossier_holds_everything_a_meeting_needs(
    app: Flask, world: World, facilitator: Browser
) -> None:
    idea = published(app, world, title="Lys på vegen", sector="business")
    theme = a_theme(app, world, idea)
    with app.app_context():
        quoted = load(idea).id
    ref = a_candidate(app, world, theme, goals=[11], quotes=[quoted])
    page = facilitator.get(at(world, ref))
    for words in (ref, *DOSSIER.values(), "Lys på vegen", idea, "Street lights", "Nynorsk", "Elvdal",
                  "11. Sustainable cities and communities", "Portfolio candidate", "Fredrik"):
        assert words in page.text, words
    assert f'/ideas/{world.slug}/{idea}"' in page.html
    assert re.search(r"Sectors heard\s+Business", page.text)
    assert re.search(r"Sectors missing\s+Public sector · Academia · Civil society · Resident", page.text)
    assert '<blockquote lang="nn">' in page.html


def test_staff_see_the_true_figures_also_below_five(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world), published(app, world)))
    assert re.search(r"Ideas behind it\s+2", facilitator.get(at(world, ref)).text)


def test_a_withdrawn_idea_is_quoted_no_more_at_once(
    app: Flask, world: World, facilitator: Browser
) -> None:
    idea = published(app, world, title="Ord som blir tatt attende")
    theme = a_theme(app, world, idea)
    with app.app_context():
        quoted = load(idea).id
    ref = a_candidate(app, world, theme, quotes=[quoted])
    with app.app_context():
        contributions.withdraw(load(idea))
        session.commit()
    page = facilitator.get(at(world, ref))
    assert page.status == 200
    assert "Ord som blir tatt attende" not in page.html


def test_a_refresh_counts_anew_and_says_what_changed(
    app: Flask, world: World, facilitator: Browser
) -> None:
    first = published(app, world, sector="resident")
    theme = a_theme(app, world, first)
    ref = a_candidate(app, world, theme)
    late = published(app, world, sector="academia")
    with app.app_context():
        place(load(late).id, theme_id(theme), world)
        session.query(Idea).filter_by(contribution_id=load(late).id).update({"support_count": 7})
        session.commit()
    page = facilitator.post(at(world, ref, "/refresh"), follow=True)
    assert "1 idea has come in." in page.text
    assert "Support has gone from 0 to 7." in page.text
    assert "A sector that was missing is now heard: Academia." in page.text
    with app.app_context():
        assert queries.ids_behind(found(world, ref).id) == [load(first).id, load(late).id]
        assert load(late).handling == "candidate"


def test_a_refresh_that_finds_nothing_new_says_so(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    page = facilitator.post(at(world, ref, "/refresh"), follow=True)
    assert "Nothing has changed since the evidence was last counted." in page.text


def test_ideas_that_leave_the_theme_leave_the_candidate_and_its_quotes(
    app: Flask, world: World, facilitator: Browser
) -> None:
    stays, leaves = published(app, world), published(app, world)
    theme, other = a_theme(app, world, stays, leaves), a_theme(app, world)
    with app.app_context():
        numbers = [load(stays).id, load(leaves).id]
    ref = a_candidate(app, world, theme, quotes=numbers)
    with app.app_context():
        place(numbers[1], theme_id(other), world)
        session.commit()
    page = facilitator.post(at(world, ref, "/refresh"), follow=True)
    assert "1 idea is no longer there." in page.text
    with app.app_context():
        assert found(world, ref).quotes == numbers[:1]
        assert load(leaves).handling == "in_theme"
        assert load(stays).handling == "candidate"


def test_an_idea_that_another_candidate_still_needs_keeps_its_handling(
    app: Flask, world: World, facilitator: Browser
) -> None:
    shared, own = published(app, world), published(app, world)
    theme, other = a_theme(app, world, shared), a_theme(app, world, own)
    ref = a_candidate(app, world, theme, other)
    a_candidate(app, world, theme)
    with app.app_context():
        version = found(world, ref).version
    answer = facilitator.post(at(world, ref, "/themes"), {"theme": other, "version": str(version)})
    assert answer.status == 303
    with app.app_context():
        assert load(shared).handling == "candidate"


def test_a_refresh_follows_a_theme_into_the_one_it_was_merged_with(
    app: Flask, world: World, facilitator: Browser
) -> None:
    idea, other_idea = published(app, world), published(app, world)
    theme, other = a_theme(app, world, idea), a_theme(app, world, other_idea)
    ref = a_candidate(app, world, theme)
    with app.app_context():
        session.query(Theme).filter_by(ref=theme).one().merged_into_id = theme_id(other)
        place(load(idea).id, theme_id(other), world)
        session.commit()
    facilitator.post(at(world, ref, "/refresh"))
    with app.app_context():
        candidate = found(world, ref)
        assert queries.themes_of([candidate.id])[candidate.id] == [theme_id(other)]
        assert candidate.evidence["ideas"] == 2


def test_words_and_goals_and_quotes_can_be_edited(app: Flask, world: World, facilitator: Browser) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    page = facilitator.get(at(world, ref, "/edit"))
    with app.app_context():
        quoted = load(idea).id
    answer = facilitator.post(at(world, ref, "/edit"), {
        "title": "Ny tittel", "need": "Nytt behov.", "next_step": "Nytt steg.", "goals": ["4"],
        "quotes": [str(quoted)], "version": page.hidden("version"),
    })
    assert answer.status == 303
    with app.app_context():
        candidate = found(world, ref)
        assert (candidate.title, candidate.need, candidate.next_step) == (
            "Ny tittel", "Nytt behov.", "Nytt steg."
        )
        assert (candidate.goals, candidate.quotes) == ([4], [quoted])


def test_an_invalid_edit_keeps_what_was_typed(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    page = facilitator.post(at(world, ref, "/edit"), {**DOSSIER, "title": "", "need": "Mitt eige behov"})
    assert page.status == 422
    assert "Mitt eige behov" in page.html


def test_the_second_of_two_editors_is_told_and_keeps_the_text(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    version = facilitator.get(at(world, ref, "/edit")).hidden("version")
    facilitator.post(at(world, ref, "/edit"), {**DOSSIER, "title": "Den første", "version": version})
    page = facilitator.post(at(world, ref, "/edit"), {**DOSSIER, "title": "Den andre", "version": version})
    assert page.status == 409
    assert "Den første" in page.text
    assert 'value="Den andre"' in page.html
    again = facilitator.post(
        at(world, ref, "/edit"), {**DOSSIER, "title": "Den andre", "version": page.hidden("version")}
    )
    assert again.status == 303
    with app.app_context():
        assert found(world, ref).title == "Den andre"


@pytest.mark.parametrize("version", ["", "0", "nonsense", "99", "9" * 5000])
def test_a_form_with_an_odd_version_overwrites_nothing(
    app: Flask, world: World, facilitator: Browser, version: str
) -> None:
    theme = a_theme(app, world, published(app, world))
    ref = a_candidate(app, world, theme)
    for step, form in (("/edit", DOSSIER), ("/themes", {"theme": theme}), ("/status", {"status": "planned"}),
                       ("/publication", {})):
        assert facilitator.post(at(world, ref, step), {**form, "version": version}).status == 409, step


def test_themes_can_be_added_and_removed_and_the_evidence_follows(
    app: Flask, world: World, facilitator: Browser
) -> None:
    theme, other = a_theme(app, world, published(app, world)), a_theme(app, world, published(app, world))
    ref = a_candidate(app, world, theme)
    page = facilitator.get(at(world, ref, "/themes"))
    assert f'value="{theme}" checked' in page.html
    facilitator.post(at(world, ref, "/themes"), {"theme": [theme, other], "version": page.hidden("version")})
    with app.app_context():
        assert found(world, ref).evidence["ideas"] == 2
    page = facilitator.get(at(world, ref, "/themes"))
    facilitator.post(at(world, ref, "/themes"), {"theme": [other], "version": page.hidden("version")})
    with app.app_context():
        candidate = found(world, ref)
        assert candidate.evidence["ideas"] == 1
        assert queries.themes_of([candidate.id])[candidate.id] == [theme_id(other)]


def test_a_candidate_is_never_without_a_theme(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    version = facilitator.get(at(world, ref, "/themes")).hidden("version")
    for themes in ([], ["T-NONSENSE"]):
        page = facilitator.post(at(world, ref, "/themes"), {"theme": themes, "version": version})
        assert page.status == 422


def test_a_dossier_costs_as_many_questions_with_many_ideas_as_with_few(
    app: Flask, world: World, facilitator: Browser
) -> None:
    few = a_candidate(app, world, a_theme(app, world, published(app, world)))
    many = a_candidate(
        app, world, a_theme(app, world, *[published(app, world) for _ in range(6)]),
        a_theme(app, world, published(app, world)),
    )
    asked = []
    for ref in (few, many):
        for step in ("", "/edit", "/themes", "/publication"):
            with counted(app) as statements:
                facilitator.get(at(world, ref, step))
            asked.append(len(statements))
    assert asked[:4] == asked[4:]


def test_the_dossier_reads_in_every_language(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)), goals=[1, 17])
    for language in ("sv", "nb", "nn", "en"):
        assert facilitator.get(at(world, ref, language=language)).status == 200


def test_what_people_write_is_text_and_nothing_else(
    app: Flask, world: World, facilitator: Browser
) -> None:
    theme = a_theme(app, world, published(app, world), name="<b>lys</b>")
    ref = a_candidate(app, world, theme, title="<script>alert(1)</script>", need="<img src=x>")
    for step in ("", "/edit", "/themes", "/publication"):
        page = facilitator.get(at(world, ref, step))
        assert not re.search(r"<script>alert|<img src=x|<b>lys", page.html)


def test_an_idea_may_be_withdrawn_between_two_looks(app: Flask, world: World, facilitator: Browser) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    with app.app_context():
        contributions.withdraw(load(idea))
        session.commit()
    page = facilitator.post(at(world, ref, "/refresh"), follow=True)
    assert page.status == 200
    with app.app_context():
        assert found(world, ref).evidence["ideas"] == 0
        assert session.query(Contribution).filter_by(ref=idea).one().handling == "candidate"

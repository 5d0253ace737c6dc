"""Why an idea is where it is, how good a theme is, what says the same."""

from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.themes import queries
from citizen.themes.models import Placement, Theme
from tests.pages import Browser
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


def largest(app: Flask, world: World) -> str:
    with app.app_context():
        return queries.themes(world.programme)[0].ref


def test_every_idea_says_why_it_is_in_its_theme(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    page = facilitator.get(f"/en/themes/{world.slug}/{largest(app, world)}")
    with app.app_context():
        members = queries.members([queries.themes(world.programme)[0].id])
        run = queries.latest_run(world.programme)
        assert run is not None
        names = {
            run.concepts[name]["en"] for m in members for kind, name, _s in m.reasons if kind == "concept"
        }
        near = {i for member in members for i in member.near}
        titles = [" ".join(i.title.split()) for i in queries.members_by_id(near).values() if i.title]
    assert page.text.count("Why here?") == len(members)
    assert page.text.count("It speaks of the same things as the theme:") == len(members)
    assert all(1 <= len(member.reasons) <= 5 for member in members)
    assert names
    assert all(name in page.text for name in names)
    assert all(title in page.text for title in titles)
    assert "The ideas most like it:" in page.text
    assert "%" not in page.text.split("Make a candidate")[1].split("Name")[0]


def test_a_reason_is_told_in_the_language_of_the_reader_or_of_the_idea(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    page = facilitator.get(f"/nn/themes/{world.slug}/{largest(app, world)}")
    assert '<b lang="nn">' in page.html
    assert '<q lang="' in page.html


def test_what_was_moved_by_hand_says_so_instead(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        placement = session.query(Placement).filter_by(theme_id=queries.themes(world.programme)[0].id).first()
        assert placement is not None
        placement.pinned = True
        session.commit()
    page = facilitator.get(f"/en/themes/{world.slug}/{largest(app, world)}")
    assert "Somebody put it here by hand." in page.text


def test_an_unsorted_idea_says_honestly_why_and_what_is_nearest(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    publish(app, world, [{**demo_ideas()[0], "title": "Xylofon", "body": "Kvantefysikk og xylofonar."}])
    find(app, world)
    with app.app_context():
        idea = session.query(Contribution).order_by(Contribution.id.desc()).first()
        assert idea is not None
        assert session.get_one(Placement, idea.id).theme_id is None
        nearest = session.get_one(Placement, idea.id).second_theme_id
    page = facilitator.get(f"/en/themes/{world.slug}/unsorted")
    assert "Why in no theme?" in page.text
    assert "It resembles no other ideas enough to belong to a theme." in page.text
    assert ("The theme it is nearest to is" in page.text) is (nearest is not None)


def test_an_idea_that_also_touches_on_a_theme_is_listed_there_and_counted_once(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        one, other = queries.themes(world.programme)[:2]
        member = queries.members([other.id])[0]
        session.get_one(Placement, member.contribution_id).second_theme_id = one.id
        session.commit()
        size = one.size
    page = facilitator.get(f"/en/themes/{world.slug}/{largest(app, world)}")
    assert "Also touch on this theme" in page.text
    assert f"/{member.ref}" in page.html.split("Also touch on this theme")[1]
    assert f"{size} ideas" in page.text
    there = facilitator.get(f"/en/themes/{world.slug}/{other.ref}")
    assert "It also touches on" in there.text


def test_a_theme_says_how_good_it_is_and_what_to_do(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    said = {"clear": ("Clear theme", "resemble each other more than"),
            "fair": ("Fairly clear theme", "Look at those that fit least."),
            "loose": ("Loose theme", "split the theme, or merge it")}
    for verdict, words in said.items():
        with app.app_context():
            session.query(Theme).update({"verdict": verdict})
            session.commit()
        for path in ("", f"/{largest(app, world)}"):
            page = facilitator.get(f"/en/themes/{world.slug}{path}")
            assert all(sentence in page.text for sentence in words)


def test_ideas_that_fit_least_are_named_and_come_first_when_asked_for(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        theme = queries.theme_by_id(queries.themes(world.programme)[0].id)
        members = queries.members([theme.id])
        theme.dissenters = [members[-1].contribution_id]
        session.commit()
        least, most = members[-1].ref, members[0].ref
        ref = theme.ref
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert "Ideas that fit least" in page.text
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}?order=doubt")
    assert page.html.index(f'value="{least}"') < page.html.index(f'value="{most}"')
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert page.html.index(f'value="{most}"') < page.html.index(f'value="{least}"')


def test_ideas_that_say_the_same_are_shown_as_one_group(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    publish(app, world, [demo_ideas()[0]] * 4)
    find(app, world)
    with app.app_context():
        first = session.query(Placement).order_by(Placement.contribution_id).first()
        assert first is not None
        theme = queries.theme_by_id(first.theme_id or 0)
        ref = theme.ref
    page = facilitator.get(f"/en/themes/{world.slug}/{ref}")
    assert "5 ideas say the same" in page.text


def test_fewer_than_fifty_ideas_are_a_first_hint(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:12])
    assert "a first hint" in facilitator.get(f"/en/themes/{world.slug}").text
    publish(app, world, demo_ideas()[12:60])
    assert "a first hint" not in facilitator.get(f"/en/themes/{world.slug}").text

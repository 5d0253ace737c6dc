"""What a facilitator does to themes by hand."""

import re

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.themes import queries
from citizen.themes.models import Placement, Theme, ThemeEdit
from tests.pages import Browser, Page
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


@pytest.fixture
def refs(app: Flask, world: World) -> list[str]:
    """Themes of forty ideas, largest first."""
    publish(app, world, demo_ideas()[:40])
    assert find(app, world) == "done"
    with app.app_context():
        return [theme.ref for theme in queries.themes(world.programme)]


def ideas_in(app: Flask, world: World, ref: str) -> list[str]:
    with app.app_context():
        theme = queries.theme(world.programme, ref)
        assert theme is not None
        return [member.ref for member in queries.members([theme.id])]


def placed(app: Flask, ref: str) -> Placement:
    with app.app_context():
        return session.query(Placement).join(Contribution).filter(Contribution.ref == ref).one()


def audited(app: Flask) -> list[str]:
    with app.app_context():
        return [row.action for row in session.query(AuditRow).order_by(AuditRow.id)]


def theme(app: Flask, world: World, ref: str) -> Theme:
    with app.app_context():
        found = queries.theme(world.programme, ref)
        assert found is not None
        session.expunge(found)
        return found


def send(browser: Browser, world: World, ref: str, verb: str, **values: object) -> Page:
    return browser.post(f"/en/themes/{world.slug}/{ref}/{verb}", values, follow=True)


def called(app: Flask, world: World, ref: str) -> str:
    with app.app_context():
        return next(t.called("en") for t in queries.themes(world.programme) if t.ref == ref)


def version(browser: Browser, world: World, ref: str) -> str:
    return browser.get(f"/en/themes/{world.slug}/{ref}").hidden("version")


# ---- names


def test_a_theme_keeps_the_name_a_person_gives_it(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    page = send(facilitator, world, refs[0], "name", name="  Lys på  vegen ", version="0")
    assert "Lys på vegen" in page.title
    assert "Fredrik named the theme “Lys på vegen”." in page.text
    assert audited(app) == ["themes.rename"]


def test_an_empty_name_goes_back_to_the_suggestion(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    send(facilitator, world, refs[0], "name", name="Lys", version="0")
    page = send(facilitator, world, refs[0], "name", name="", version=version(facilitator, world, refs[0]))
    assert theme(app, world, refs[0]).suggested_names["en"] in page.title
    assert "went back to the suggested name" in page.text


def test_a_name_that_is_too_long_is_shown_again_as_typed(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    page = send(facilitator, world, refs[0], "name", name="x" * 121, version="0")
    assert page.status == 422
    assert "x" * 121 in page.html
    assert theme(app, world, refs[0]).name is None


def test_of_two_who_name_a_theme_at_once_the_second_is_told(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    send(facilitator, world, refs[0], "name", name="First", version="0")
    page = send(facilitator, world, refs[0], "name", name="Second", version="0")
    assert page.status == 409
    assert theme(app, world, refs[0]).name == "First"


# ---- moving


def test_ideas_move_to_another_theme_and_stay_there(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[:2]
    page = send(facilitator, world, refs[0], "moves", ideas=chosen, target=refs[1])
    assert f"2 ideas have been moved to {called(app, world, refs[1])}" in page.text
    assert f'<a href="/en/themes/{world.slug}/{refs[1]}">' in page.html.split('role="status"')[1]
    assert set(chosen) <= set(ideas_in(app, world, refs[1]))
    assert placed(app, chosen[0]).pinned
    other = facilitator.get(f"/en/themes/{world.slug}/{refs[1]}")
    assert "moved by hand" in other.text
    assert "Fredrik moved 2 ideas here from" in other.text
    assert audited(app) == ["themes.move"]


def test_an_idea_moves_to_unsorted_and_back(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    page = send(facilitator, world, refs[0], "moves", ideas=[chosen], target="unsorted")
    assert "1 idea has been moved to Unsorted" in page.text
    assert (placed(app, chosen).theme_id, placed(app, chosen).pinned) == (None, True)
    with app.app_context():
        assert session.query(Contribution).filter_by(ref=chosen).one().handling == "received"
    assert chosen in facilitator.get(f"/en/themes/{world.slug}/unsorted").html
    page = send(facilitator, world, "unsorted", "moves", ideas=[chosen], target=refs[0])
    assert f"1 idea has been moved to {called(app, world, refs[0])}" in page.text
    assert chosen in ideas_in(app, world, refs[0])
    with app.app_context():
        assert session.query(Contribution).filter_by(ref=chosen).one().handling == "in_theme"


def test_moving_asks_for_ideas_and_for_a_theme(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    page = send(facilitator, world, refs[0], "moves", ideas=[chosen], target="")
    assert page.status == 422
    assert "Choose where to move the ideas" in page.text
    assert re.search(rf'value="{chosen}" checked', page.html)
    page = send(facilitator, world, refs[0], "moves", target=refs[1])
    assert page.status == 422
    assert "Choose at least one idea" in page.text
    page = send(facilitator, world, refs[0], "moves", ideas=[chosen], target="T-00000000")
    assert page.status == 422


def test_an_idea_that_somebody_else_has_moved_is_not_moved_again(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    send(facilitator, world, refs[0], "moves", ideas=[chosen], target=refs[1])
    page = send(facilitator, world, refs[0], "moves", ideas=[chosen], target=refs[2])
    assert page.status == 409
    assert chosen in ideas_in(app, world, refs[1])


def test_an_idea_of_another_programme_cannot_be_moved(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    with app.app_context():
        foreign = session.query(Contribution).first()
        assert foreign is not None
        session.query(Placement).filter_by(contribution_id=foreign.id).delete()
        foreign.programme_id = world.other_programme
        session.commit()
        ref = foreign.ref
    assert send(facilitator, world, "unsorted", "moves", ideas=[ref], target=refs[0]).status == 409


def test_a_move_can_be_taken_back_once(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[:2]
    before = [placed(app, ref).confidence for ref in chosen]
    page = send(facilitator, world, refs[0], "moves", ideas=chosen, target=refs[1])
    edit = page.hidden("edit")
    page = send(facilitator, world, refs[0], "undo", edit=edit)
    assert "That took back an earlier change." in page.text
    assert set(chosen) <= set(ideas_in(app, world, refs[0]))
    after = [placed(app, ref) for ref in chosen]
    assert [p.confidence for p in after] == before
    assert not any(p.pinned for p in after)
    assert "Take back the latest change" not in page.text
    assert send(facilitator, world, refs[0], "undo", edit=edit).status == 409


def test_what_has_just_been_moved_can_be_taken_back_at_the_top(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    answer = facilitator.post(
        f"/en/themes/{world.slug}/{refs[0]}/moves", {"ideas": [chosen], "target": refs[1]}
    )
    notice = "1 idea has been moved to"
    assert notice in facilitator.get(answer.location).text
    assert notice not in Browser(app, user_id=world.administrator).get(answer.location).text
    undone = send(facilitator, world, refs[0], "undo", edit=facilitator.get(answer.location).hidden("edit"))
    assert notice not in undone.text
    assert notice not in facilitator.get(answer.location).text
    assert chosen in ideas_in(app, world, refs[0])


def test_ideas_moved_from_the_unsorted_ones_can_be_taken_back(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    send(facilitator, world, refs[0], "moves", ideas=[chosen], target="unsorted")
    page = send(facilitator, world, "unsorted", "moves", ideas=[chosen], target=refs[1])
    assert f'action="/en/themes/{world.slug}/{refs[1]}/undo"' in page.html
    send(facilitator, world, refs[1], "undo", edit=page.hidden("edit"))
    assert placed(app, chosen).theme_id is None


@pytest.mark.parametrize("edit", ["x", "-1", "0", "999999999", "99999999999999999999", "²"])
def test_an_edit_that_is_none_tells_of_nothing(
    world: World, facilitator: Browser, refs: list[str], edit: str
) -> None:
    page = facilitator.get(f"/en/themes/{world.slug}/{refs[0]}?moved={edit}")
    assert page.status == 200
    assert "moved to" not in page.text


def test_a_name_can_be_taken_back(app: Flask, world: World, facilitator: Browser, refs: list[str]) -> None:
    page = send(facilitator, world, refs[0], "name", name="Lys", version="0")
    send(facilitator, world, refs[0], "undo", edit=page.hidden("edit"))
    assert theme(app, world, refs[0]).name is None


def test_a_move_whose_ideas_have_moved_on_cannot_be_taken_back(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[0]
    page = send(facilitator, world, refs[0], "moves", ideas=[chosen], target=refs[1])
    send(facilitator, world, refs[1], "moves", ideas=[chosen], target=refs[2])
    assert send(facilitator, world, refs[0], "undo", edit=page.hidden("edit")).status == 409
    assert chosen in ideas_in(app, world, refs[2])


# ---- merging and splitting


def test_a_merge_is_asked_once_more_and_then_done(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    both = set(ideas_in(app, world, refs[0])) | set(ideas_in(app, world, refs[1]))
    question = facilitator.get(f"/en/themes/{world.slug}/{refs[1]}/merge?into={refs[0]}")
    assert "Do you want to merge these themes?" in question.text
    assert "This cannot be undone." in question.text
    page = send(facilitator, world, refs[1], "merge", into=refs[0], version=question.hidden("version"))
    assert f"/{refs[0]}/name" in page.html
    assert set(ideas_in(app, world, refs[0])) == both
    gone = facilitator.get(f"/en/themes/{world.slug}/{refs[1]}")
    assert "This theme has been merged into another one." in gone.text
    assert f'href="/en/themes/{world.slug}/{refs[0]}"' in gone.html
    assert audited(app) == ["themes.merge"]


def test_no_theme_to_merge_into_is_chosen_beforehand(
    world: World, facilitator: Browser, refs: list[str]
) -> None:
    page = facilitator.get(f"/en/themes/{world.slug}/{refs[0]}")
    select = re.search(r'<select id="into".*?</select>', page.html, re.DOTALL)
    assert select is not None
    assert re.findall(r"<option[^>]*>[^<]*", select[0])[0] == '<option value="" selected>Choose a theme'
    answer = facilitator.get(f"/en/themes/{world.slug}/{refs[0]}/merge?into=")
    assert answer.location == f"/en/themes/{world.slug}/{refs[0]}"
    assert "Choose a theme" in facilitator.get(answer.location).text


def test_a_chain_of_merges_leads_to_where_it_ends(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    send(facilitator, world, refs[2], "merge", into=refs[1], version="0")
    send(facilitator, world, refs[1], "merge", into=refs[0], version=str(latest(app, world, refs[1])))
    page = facilitator.get(f"/en/themes/{world.slug}/{refs[2]}")
    assert f'href="/en/themes/{world.slug}/{refs[0]}"' in page.html


def latest(app: Flask, world: World, ref: str) -> int:
    with app.app_context():
        found = queries.theme(world.programme, ref)
        assert found is not None
        return queries.latest_edit_id(found.id)


def test_a_theme_is_not_merged_with_itself_nor_with_a_merged_one(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    assert send(facilitator, world, refs[0], "merge", into=refs[0], version="0").status == 422
    send(facilitator, world, refs[1], "merge", into=refs[0], version="0")
    assert send(facilitator, world, refs[2], "merge", into=refs[1], version="0").status == 422
    assert send(facilitator, world, refs[2], "merge", into="T-00000000", version="0").status == 404
    assert facilitator.get(f"/en/themes/{world.slug}/{refs[2]}/merge?into={refs[1]}").status == 404


def test_chosen_ideas_become_a_theme_with_a_name(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[:2]
    page = send(facilitator, world, refs[0], "parts", ideas=chosen, part="Eigen sak")
    assert "Eigen sak" in page.title
    assert "Fredrik made this theme of 2 ideas from" in page.text
    assert not set(chosen) & set(ideas_in(app, world, refs[0]))
    assert audited(app) == ["themes.split"]


def test_splitting_asks_for_a_name_and_leaves_something(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    every = ideas_in(app, world, refs[0])
    page = send(facilitator, world, refs[0], "parts", ideas=every[:1], part="")
    assert page.status == 422
    assert "Give the new theme a name" in page.text
    assert send(facilitator, world, refs[0], "parts", ideas=every, part="Alt").status == 422
    with app.app_context():
        assert session.query(Theme).count() == len(refs)


def test_unsorted_ideas_can_become_a_theme(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    publish(app, world, demo_ideas()[40:42])
    page = facilitator.get(f"/en/themes/{world.slug}/unsorted")
    chosen = re.findall(r'name="ideas" value="(I-\w+)"', page.html)[:2]
    page = send(facilitator, world, "unsorted", "parts", ideas=chosen, part="Ny sak")
    assert "Ny sak" in page.title
    assert "Fredrik made this theme of 2 unsorted ideas." in page.text


def test_a_split_off_theme_has_to_keep_a_name(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[:2]
    page = send(facilitator, world, refs[0], "parts", ideas=chosen, part="Eigen sak")
    ref = re.search(r"/(T-\w+)/name", page.html)
    assert ref is not None
    page = send(facilitator, world, ref.group(1), "name", name="", version=page.hidden("version"))
    assert page.status == 422
    assert "nothing has been suggested" in page.text


def test_every_edit_lies_in_the_history_of_both_themes(
    app: Flask, world: World, facilitator: Browser, refs: list[str]
) -> None:
    chosen = ideas_in(app, world, refs[0])[:1]
    send(facilitator, world, refs[0], "moves", ideas=chosen, target=refs[1])
    with app.app_context():
        kinds = [(row.kind, row.theme_id) for row in session.query(ThemeEdit)]
    ids = {theme(app, world, refs[0]).id, theme(app, world, refs[1]).id}
    assert {theme_id for _kind, theme_id in kinds} == ids

"""Who may see and change a portfolio."""

import pytest
from flask import Flask

from citizen.base.access import Role, Viewer
from citizen.base.db import session
from citizen.portfolio import policy
from citizen.programmes.models import Programme
from tests.pages import Browser
from tests.portfolio.things import a_candidate, a_theme, published
from tests.world import World

READ = ("", "/{ref}")
CHANGE_PAGES = ("/new", "/{ref}/edit", "/{ref}/themes", "/{ref}/publication")
CHANGES = ("/new", "/{ref}/edit", "/{ref}/themes", "/{ref}/publication", "/{ref}/status", "/{ref}/refresh")


@pytest.fixture
def ref(app: Flask, world: World) -> str:
    return a_candidate(app, world, a_theme(app, world, published(app, world)))


def addresses(world: World, ref: str, paths: tuple[str, ...]) -> list[str]:
    return [f"/sv/portfolio/{world.slug}" + path.format(ref=ref) for path in paths]


def test_a_facilitator_reaches_every_page(world: World, facilitator: Browser, ref: str) -> None:
    for address in ("/sv/portfolio/", *addresses(world, ref, READ + CHANGE_PAGES)):
        assert facilitator.get(address).status == 200, address


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_moderators_and_administrators_read_but_do_not_change(
    request: pytest.FixtureRequest, world: World, ref: str, role: str
) -> None:
    browser: Browser = request.getfixturevalue(role)
    for address in ("/sv/portfolio/", *addresses(world, ref, READ)):
        page = browser.get(address)
        assert page.status == 200
        assert "/new" not in page.html
        assert "/edit" not in page.html
    for address in addresses(world, ref, CHANGE_PAGES):
        assert browser.get(address).status == 403, address
    for address in addresses(world, ref, CHANGES):
        assert browser.post(address).status == 403, address


def test_staff_of_other_municipalities_find_nothing(world: World, stranger: Browser, ref: str) -> None:
    for address in addresses(world, ref, READ + CHANGE_PAGES):
        assert stranger.get(address).status == 404, address
    for address in addresses(world, ref, CHANGES):
        assert stranger.post(address).status == 404, address
    assert world.slug not in stranger.get("/sv/portfolio/").html


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(
    world: World, browser: Browser, ref: str
) -> None:
    for address in addresses(world, ref, READ + CHANGE_PAGES):
        assert "sign-in" in browser.get(address).location, address
    for address in addresses(world, ref, CHANGES):
        assert browser.post(address).status == 401, address


def test_a_candidate_is_found_in_its_own_programme_only(
    world: World, facilitator: Browser, stranger: Browser, ref: str
) -> None:
    assert facilitator.get(f"/sv/portfolio/{world.slug}/C-00000000").status == 404
    assert facilitator.get(f"/sv/portfolio/ingenstans/{ref}").status == 404
    assert stranger.get(f"/sv/portfolio/langtborta/{ref}").status == 404


@pytest.mark.parametrize(
    ("role", "reads", "works"),
    [(Role.FACILITATOR, True, True), (Role.MODERATOR, True, False), (Role.ADMINISTRATOR, True, False)],
)
def test_one_municipality_of_the_programme_is_enough(
    inside: object, world: World, role: Role, *, reads: bool, works: bool
) -> None:
    programme = session.get_one(Programme, world.programme)
    here = Viewer(1, "Ida", {world.swedish: frozenset({role})})
    elsewhere = Viewer(1, "Ida", {world.elsewhere: frozenset({role})})
    assert (policy.may_read(here, programme), policy.may_work(here, programme)) == (reads, works)
    assert not policy.may_read(elsewhere, programme)
    assert not policy.may_work(elsewhere, programme)


def test_a_moderator_who_facilitates_elsewhere_still_only_reads(
    inside: object, world: World
) -> None:
    programme = session.get_one(Programme, world.programme)
    both = Viewer(1, "Ida", {world.swedish: frozenset({Role.MODERATOR}),
                             world.elsewhere: frozenset({Role.FACILITATOR})})
    assert policy.may_read(both, programme)
    assert not policy.may_work(both, programme)

"""The people of a municipality, in the hands of its administrators."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.accounts import actions
from citizen.accounts.models import User
from citizen.accounts.queries import PAGE_SIZE
from citizen.base.access import Role
from citizen.base.db import session
from tests.accounts.people import (
    PASSWORD,
    a_link,
    audited,
    is_in,
    link_in,
    mails,
    roles_of,
    sign_in,
    somebody,
    with_password,
)
from tests.pages import Browser
from tests.queries import counted
from tests.world import World

PEOPLE = "/sv/accounts/people"


def invitation(**changes: Any) -> dict[str, Any]:
    return {"name": "Kari Nordmann", "email": "kari@example.org", "language": "nn",
            "roles": ["elvdal:moderator"], **changes}


def user_id(app: Flask, email: str) -> int:
    with app.app_context():
        return session.scalars(select(User.id).where(User.email == email)).one()


def change(browser: Browser, who: int, *roles: str, seen: str | None = None) -> Any:
    """Send the roles form as the page shows it, with other boxes ticked."""
    if seen is None:
        seen = browser.get(f"{PEOPLE}/{who}").hidden("seen")
    return browser.post(f"{PEOPLE}/{who}/roles", {"seen": seen, "roles": list(roles)})


# ---- who may


def test_only_administrators_reach_the_people(
    world: World, browser: Browser, moderator: Browser, facilitator: Browser, administrator: Browser
) -> None:
    for path in (PEOPLE, f"{PEOPLE}/new", f"{PEOPLE}/{world.moderator}"):
        assert browser.get(path).location.startswith("/sv/accounts/sign-in?next=")
        assert moderator.get(path).status == facilitator.get(path).status == 403
        assert administrator.get(path).status == 200


@pytest.mark.parametrize("what", ["roles", "link", "deactivation", "reactivation"])
def test_nobody_else_may_change_a_person(
    world: World, browser: Browser, moderator: Browser, stranger: Browser, what: str
) -> None:
    path = f"{PEOPLE}/{world.facilitator}/{what}"
    assert browser.post(path).status == 401
    assert moderator.post(path).status == 403
    assert stranger.post(path).status == 404


def test_people_of_another_municipality_are_not_found(world: World, stranger: Browser) -> None:
    page = stranger.get(PEOPLE)
    assert "Stig" in page.text
    assert "Maja" not in page.text
    assert stranger.get(f"{PEOPLE}/{world.moderator}").status == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999", "x", "-1"])
def test_a_number_that_is_nobody_is_not_found(world: World, administrator: Browser, number: str) -> None:
    assert administrator.get(f"{PEOPLE}/{number}").status == 404


# ---- the list


def test_the_list_is_by_name_and_shows_roles_per_municipality(world: World, administrator: Browser) -> None:
    page = administrator.get("/en/accounts/people")
    names = [page.text.index(name) for name in ("Anne anne@", "Fredrik fredrik@", "Maja maja@", "Morten")]
    assert names == sorted(names)
    assert "Elvdal kommune Moderator Granby Moderator" in page.text
    assert "Has not chosen a password yet" in page.text


def test_the_list_can_be_searched_with_letters_of_ours(
    app: Flask, world: World, administrator: Browser
) -> None:
    somebody(app, "åsa", (world.swedish, "moderator"))
    page = administrator.get(f"{PEOPLE}?q=ÅSA+example")
    assert "åsa@example.org" in page.text
    assert "maja@" not in page.text
    assert "Nobody matches" in administrator.get(f"{PEOPLE}?q=100%25").text


def test_a_long_list_comes_in_pages(app: Flask, world: World, administrator: Browser) -> None:
    for number in range(PAGE_SIZE):
        somebody(app, f"person{number:02}", (world.swedish, "moderator"))
    first, second = administrator.get(PEOPLE), administrator.get(f"{PEOPLE}?page=2")
    assert "Page 1 of 2" in first.text
    assert "person29@example.org" in second.text
    assert administrator.get(f"{PEOPLE}?page=3").status == 404


def test_the_list_costs_the_same_however_long_it_is(
    app: Flask, world: World, administrator: Browser
) -> None:
    with counted(app) as few:
        administrator.get(PEOPLE)
    for number in range(15):
        somebody(app, f"person{number}", (world.swedish, "moderator"), (world.norwegian, "facilitator"))
    with counted(app) as many:
        administrator.get(PEOPLE)
    assert len(many) == len(few)


# ---- inviting


def test_an_invited_person_gets_a_mail_in_their_language_and_comes_in(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    page = administrator.post(f"{PEOPLE}/new", invitation())
    assert page.location == f"{PEOPLE}/{user_id(app, 'kari@example.org')}"
    [(language, _subject, body)] = mails(app, "kari@example.org")
    assert language == "nn"
    assert "Anne" in body
    browser.post(link_in(body), {"password": PASSWORD})
    assert is_in(browser)
    assert roles_of(app, user_id(app, "kari@example.org")) == {(world.norwegian, "moderator")}
    assert audited(app, "accounts.invite")[0][0] == world.administrator


def test_the_link_is_shown_once(app: Flask, world: World, administrator: Browser) -> None:
    first = administrator.post(f"{PEOPLE}/new", invitation(), follow=True)
    assert "was here already" not in first.text
    [(_language, _subject, body)] = mails(app, "kari@example.org")
    assert link_in(first.html) == link_in(body)
    again = administrator.get(f"{PEOPLE}/{user_id(app, 'kari@example.org')}")
    assert "/accounts/link/" not in again.html


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name": ""}, "Enter a name"), ({"email": "kari"}, "Enter an e-mail address"),
    ({"roles": []}, "Choose at least one role"), ({"language": "fi"}, "Choose one option"),
    ({"name": "x" * 121}, "120 characters"),
])
def test_an_unfinished_invitation_is_shown_again_with_what_was_typed(
    world: World, administrator: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = administrator.post(f"{PEOPLE}/new", invitation(**changes))
    assert page.status == 422
    assert sentence in page.text
    if "email" not in changes:
        assert "kari@example.org" in page.html
    if "roles" not in changes:
        assert 'value="elvdal:moderator" checked' in page.html


def test_nobody_gives_roles_in_a_municipality_of_others(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = administrator.post(f"{PEOPLE}/new", invitation(roles=["langtborta:moderator"]))
    assert page.status == 422
    assert change(administrator, world.moderator, "langtborta:administrator").status == 422
    assert "Långtborta" not in administrator.get(f"{PEOPLE}/new").text


def test_inviting_a_known_address_adds_roles_and_keeps_the_name(
    app: Flask, world: World, administrator: Browser
) -> None:
    with_password(app, world.stranger)
    page = administrator.post(f"{PEOPLE}/new", invitation(email="STIG@example.org"), follow=True)
    assert "Stig was here already and has been given the roles you chose." in page.text
    assert "An invitation is on its way." not in page.text
    assert "/accounts/link/" not in page.html
    assert (world.norwegian, "moderator") in roles_of(app, world.stranger)
    assert len(roles_of(app, world.stranger)) == 4
    [(_language, _subject, body)] = mails(app, "stig@example.org")
    assert "Sign in to see them" in body
    assert sign_in(Browser(app), "stig@example.org").status == 303


def test_the_link_of_somebody_who_works_elsewhere_too_is_only_mailed(
    app: Flask, world: World, administrator: Browser
) -> None:
    shown_elsewhere = a_link(app, world.stranger, "invitation")
    page = administrator.post(f"{PEOPLE}/new", invitation(email="stig@example.org"), follow=True)
    assert "/accounts/link/" not in page.html
    assert "Stig was here already and has been given the roles you chose." in page.text
    assert "An invitation is on its way." in page.text
    assert len(mails(app, "stig@example.org")) == 1
    assert administrator.get(shown_elsewhere).status == 410
    again = administrator.post(f"{PEOPLE}/{world.stranger}/link", follow=True)
    assert again.status == 200
    assert "/accounts/link/" not in again.html


def test_two_administrators_may_invite_the_same_person_at_once(app: Flask, world: World) -> None:
    second = somebody(app, "arvid", (world.swedish, "administrator"))
    browsers = [Browser(app, user_id=world.administrator), Browser(app, user_id=second)]
    answers = at_once([
        (browsers[0], f"{PEOPLE}/new", invitation()),
        (browsers[1], f"{PEOPLE}/new", invitation(roles=["granby:facilitator"])),
    ])
    assert answers == [303, 303]
    assert roles_of(app, user_id(app, "kari@example.org")) == {
        (world.norwegian, "moderator"), (world.swedish, "facilitator")}


# ---- roles


def test_roles_can_be_changed_per_municipality(app: Flask, world: World, administrator: Browser) -> None:
    page = change(administrator, world.moderator, "granby:moderator", "elvdal:facilitator")
    assert page.status == 303
    assert roles_of(app, world.moderator) == {(world.swedish, "moderator"), (world.norwegian, "facilitator")}
    assert audited(app, "accounts.roles") == [(world.administrator, f"user:{world.moderator}")]


def test_roles_elsewhere_are_neither_shown_nor_touched(
    app: Flask, world: World, administrator: Browser
) -> None:
    both = somebody(app, "bodil", (world.swedish, "moderator"), (world.elsewhere, "administrator"))
    page = administrator.get(f"{PEOPLE}/{both}")
    assert "Långtborta" not in page.text
    assert change(administrator, both).location == PEOPLE
    assert "Bodil has no roles left here." in administrator.get(PEOPLE).text
    assert roles_of(app, both) == {(world.elsewhere, "administrator")}
    assert administrator.get(f"{PEOPLE}/{both}").status == 404


def test_a_change_by_somebody_else_in_between_is_not_overwritten(
    app: Flask, world: World, administrator: Browser
) -> None:
    seen = administrator.get(f"{PEOPLE}/{world.moderator}").hidden("seen")
    change(administrator, world.moderator, "granby:moderator")
    page = change(administrator, world.moderator, "elvdal:facilitator", seen=seen)
    assert page.status == 409
    assert roles_of(app, world.moderator) == {(world.swedish, "moderator")}


def test_the_last_administrator_cannot_lose_the_role(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = change(administrator, world.administrator, "granby:administrator")
    assert page.status == 422
    assert "Elvdal kommune would have no administrator left" in page.text
    somebody(app, "arvid", (world.norwegian, "administrator"))
    page = change(administrator, world.administrator, "granby:administrator")
    assert page.location == "/sv/accounts/me"
    assert roles_of(app, world.administrator) == {(world.swedish, "administrator")}


def test_a_deactivated_administrator_does_not_count(app: Flask, world: World, administrator: Browser) -> None:
    asleep = somebody(app, "arvid", (world.swedish, "administrator"), (world.norwegian, "administrator"))
    administrator.post(f"{PEOPLE}/{asleep}/deactivation")
    assert change(administrator, world.administrator, "granby:administrator").status == 422


def test_two_administrators_who_remove_each_other_at_once_leave_one(app: Flask, world: World) -> None:
    second = somebody(app, "arvid", (world.swedish, "administrator"), (world.norwegian, "administrator"))
    ones, others = Browser(app, user_id=world.administrator), Browser(app, user_id=second)
    answers = at_once([
        (ones, f"{PEOPLE}/{second}/roles", {"seen": ones.get(f"{PEOPLE}/{second}").hidden("seen")}),
        (others, f"{PEOPLE}/{world.administrator}/roles",
         {"seen": others.get(f"{PEOPLE}/{world.administrator}").hidden("seen")}),
    ])
    assert answers.count(303) == 1
    assert len(roles_of(app, world.administrator) | roles_of(app, second)) == 2
    assert not (roles_of(app, world.administrator) and roles_of(app, second))


# ---- links and locks


def test_a_new_link_voids_the_older_ones(app: Flask, world: World, administrator: Browser) -> None:
    old = a_link(app, world.moderator, "invitation")
    page = administrator.post(f"{PEOPLE}/{world.moderator}/link", follow=True)
    assert administrator.get(old).status == 410
    new = link_in(page.html)
    assert new == link_in(mails(app, "maja@example.org")[0][2])
    fresh = Browser(app)
    assert fresh.post(new, {"password": PASSWORD}).status == 303
    assert is_in(fresh)
    assert audited(app, "accounts.link") == [(world.administrator, f"user:{world.moderator}")]


def test_whoever_has_a_password_gets_a_link_for_a_new_one(
    app: Flask, world: World, administrator: Browser
) -> None:
    with_password(app, world.moderator)
    administrator.post(f"{PEOPLE}/{world.moderator}/link")
    [(_language, _subject, body)] = mails(app, "maja@example.org")
    assert "within 2 hours" in body


def test_a_deactivated_person_is_out_at_once_and_comes_back(
    app: Flask, world: World, administrator: Browser, moderator: Browser
) -> None:
    email, link = with_password(app, world.moderator), a_link(app, world.moderator, "reset")
    assert is_in(moderator)
    administrator.post(f"{PEOPLE}/{world.moderator}/deactivation")
    assert not is_in(moderator)
    assert sign_in(Browser(app), email).status == 422
    assert administrator.get(link).status == 410
    assert administrator.post(f"{PEOPLE}/{world.moderator}/link").status == 422
    assert "Deactivated" in administrator.get(PEOPLE).text
    administrator.post(f"{PEOPLE}/{world.moderator}/reactivation")
    assert not is_in(moderator)
    assert sign_in(Browser(app), email).status == 303
    assert audited(app, "accounts.deactivate") == [(world.administrator, f"user:{world.moderator}")]
    assert audited(app, "accounts.reactivate") == [(world.administrator, f"user:{world.moderator}")]


def test_inviting_whoever_is_deactivated_does_not_let_them_in(
    app: Flask, world: World, administrator: Browser
) -> None:
    administrator.post(f"{PEOPLE}/{world.moderator}/deactivation")
    page = administrator.post(
        f"{PEOPLE}/new", invitation(email="maja@example.org", roles=["granby:facilitator"]), follow=True)
    assert "but the account is deactivated" in page.text
    assert mails(app, "maja@example.org") == []


def test_nobody_deactivates_themselves(app: Flask, world: World, administrator: Browser) -> None:
    somebody(app, "arvid", (world.swedish, "administrator"), (world.norwegian, "administrator"))
    page = administrator.post(f"{PEOPLE}/{world.administrator}/deactivation")
    assert page.status == 422
    assert is_in(administrator)


@pytest.mark.parametrize("what", ["deactivation", "reactivation"])
def test_whoever_works_elsewhere_too_is_not_closed_by_one_municipality(
    app: Flask, world: World, administrator: Browser, what: str
) -> None:
    both = somebody(app, "bodil", (world.swedish, "moderator"), (world.elsewhere, "moderator"))
    assert administrator.post(f"{PEOPLE}/{both}/{what}").status == 422
    assert "/deactivation" not in administrator.get(f"{PEOPLE}/{both}").html


def test_two_administrators_who_lock_each_other_out_at_once_leave_one(app: Flask, world: World) -> None:
    second = somebody(app, "arvid", (world.swedish, "administrator"), (world.norwegian, "administrator"))
    ones, others = Browser(app, user_id=world.administrator), Browser(app, user_id=second)
    answers = at_once([
        (ones, f"{PEOPLE}/{second}/deactivation", {}),
        (others, f"{PEOPLE}/{world.administrator}/deactivation", {}),
    ])
    assert answers.count(303) == 1
    assert is_in(ones) != is_in(others)


def test_every_page_can_be_read_in_every_language(world: World, administrator: Browser) -> None:
    for language in ("sv", "nb", "nn", "en"):
        for path in ("", "/new", f"/{world.moderator}", f"/{world.administrator}"):
            assert administrator.get(f"/{language}/accounts/people{path}").status == 200


def test_a_new_person_cannot_take_an_address_that_is_taken(app: Flask, world: World, inside: Any) -> None:
    grants = [(world.swedish, Role.MODERATOR)]
    with pytest.raises(Exception, match=r"(?i)unique"):
        actions.create_user(email="Maja@Example.org", name="Maja", language="sv", grants=grants)
    inside.rollback()


def at_once(sends: list[tuple[Browser, str, dict[str, Any]]]) -> list[int]:
    """Send forms at the same moment; gives the answers in the same order."""
    tokens = [browser.get("/sv/receipt").hidden("csrf_token") for browser, _path, _values in sends]
    start, answers = threading.Barrier(len(sends)), [0] * len(sends)

    def send(number: int) -> None:
        browser, path, values = sends[number]
        start.wait()
        answers[number] = browser.post(path, {**values, "csrf_token": tokens[number]}).status

    threads = [threading.Thread(target=send, args=[number]) for number in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_password_from_a_link_that_was_shown_does_not_open_another_municipality(
    app: Flask, world: World, stranger: Browser, administrator: Browser
) -> None:
    """An administrator elsewhere invites an address of ours, sees the link and uses it themselves."""
    shown = stranger.post(f"{PEOPLE}/new", invitation(roles=["langtborta:moderator"]), follow=True)
    intruder = Browser(app)
    intruder.post(link_in(shown.html), {"password": PASSWORD, "repeated": PASSWORD})
    assert is_in(intruder)
    administrator.post(f"{PEOPLE}/new", invitation(roles=["elvdal:administrator"]))
    assert not is_in(intruder)
    assert sign_in(Browser(app), "kari@example.org").status == 422
    # The owner of the address comes in through the mail, and is believed from then on.
    owner, mailed = Browser(app), link_in(mails(app, "kari@example.org")[-1][2])
    owner.post(mailed, {"password": "eit nytt langt passord", "repeated": "eit nytt langt passord"})
    assert is_in(owner)

"""The same from the terminal."""

import re

from flask import Flask

from citizen.accounts import queries
from tests.accounts.people import PASSWORD, audited, is_in, mails, roles_of, sign_in, with_password
from tests.pages import Browser
from tests.world import World


def run(app: Flask, *line: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["accounts", *line])
    return done.exit_code, done.output.strip()


def invite(app: Flask, *more: str, email: str = "sara@example.org") -> tuple[int, str]:
    return run(app, "invite", email, "--name", "Sara Sand", "--role", "administrator",
               "--municipality", "granby", *more)


def path(address: str) -> str:
    found = re.fullmatch(r"http://127\.0\.0\.1:5000(/\w\w/accounts/link/[\w-]+)", address)
    assert found, address
    return found.group(1)


def test_the_first_administrator_comes_in_by_a_printed_link(
    app: Flask, world: World, browser: Browser
) -> None:
    code, printed = invite(app, "--language", "nn", "--municipality", "elvdal")
    assert code == 0
    assert path(printed).startswith("/nn/")
    assert browser.post(path(printed), {"password": PASSWORD}).location == "/nn/accounts/people"
    assert is_in(browser)
    with app.app_context():
        user = queries.user_by_email("sara@example.org")
        assert user is not None
        user_id = user.id
    assert roles_of(app, user_id) == {(world.swedish, "administrator"), (world.norwegian, "administrator")}
    assert audited(app, "accounts.invite") == [(None, f"user:{user_id}")]


def test_inviting_again_adds_roles_and_prints_another_link(app: Flask, world: World) -> None:
    first, second = invite(app), invite(app, "--role", "moderator")
    assert first[0] == second[0] == 0
    assert first[1] != second[1]
    assert invite(app, email="maja@example.org")[0] == 0
    assert (world.swedish, "administrator") in roles_of(app, world.moderator)


def test_an_unknown_municipality_is_named_and_nothing_is_kept(app: Flask, world: World) -> None:
    code, printed = invite(app, "--municipality", "ingenstans")
    assert code == 1
    assert "ingenstans" in printed
    assert "granby" in printed
    assert run(app, "link", "sara@example.org")[0] == 1


def test_what_is_no_address_is_refused(app: Flask, world: World) -> None:
    assert invite(app, email="sara")[0] == 1


def test_a_link_lets_somebody_choose_a_new_password(app: Flask, world: World, browser: Browser) -> None:
    email = with_password(app, world.moderator, "den gamle som er glemt")
    code, printed = run(app, "link", email)
    assert code == 0
    browser.post(path(printed), {"password": PASSWORD})
    assert sign_in(Browser(app), email).status == 303
    assert mails(app, email) == []


def test_there_is_no_link_for_nobody_or_for_the_deactivated(
    app: Flask, world: World, administrator: Browser
) -> None:
    assert run(app, "link", "ingen@example.org")[0] == 1
    administrator.post(f"/sv/accounts/people/{world.moderator}/deactivation")
    code, printed = run(app, "link", "maja@example.org")
    assert code == 1
    assert "deactivated" in printed
    assert invite(app, email="maja@example.org")[0] == 1

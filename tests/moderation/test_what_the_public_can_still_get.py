"""What has been taken from the public is gone from every public way to it, and from mail to others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base import clock
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.base.pictures import make_ready
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.moderation.actions.telling import MAIL_WAITS
from citizen.places.rules.points import Point
from tests.factories import an_idea, load
from tests.moderation.test_merging import merge, unmerge
from tests.pages import Browser
from tests.photos import a_photo
from tests.portfolio.things import a_theme
from tests.world import World

# Found in the title, the text, the place and what the photo is said to show, and nowhere else.
SECRET = "Kvitmyra"
TITLE, BODY = "Trapp ved Kvitmyra", "Eg heiter Kvitmyra og vil ha ei lang trapp ved elva."


@dataclass(frozen=True)
class Idea:
    """A published idea with all that an idea can have, and another one that says the same."""

    ref: str
    line: str
    photo: str
    other: str


@pytest.fixture
def idea(app: Flask, world: World, moderator: Browser) -> Idea:
    ref = an_idea(app, world, state="published", title=TITLE, body=BODY, place=f"Hjå {SECRET}",
                  photos=[(make_ready(a_photo()), f"Huset til {SECRET}")], holder="form:x",
                  point=Point(61.5, 9.5))
    other = an_idea(app, world, state="published", title="Trapp ned til elva",
                    body="Det trengst ei lang trapp ved elva.")
    a_theme(app, world, ref, other, *(an_idea(app, world, state="published") for _ in range(4)))
    with app.app_context():
        contributions.leave_contact(load(other), "ola@example.org", "nn")
        public = idea_queries.public_idea(ref)
        assert public is not None
        line = ideas.add_voice(public, "nettlesar", "Ja, med rekkverk på begge sider.", "nn")
        assert line is not None
        contributions.decide(line, Visibility.PUBLISHED, user_id=world.moderator,
                             expected_version=line.version)
        session.commit()
        photo = contribution_queries.photos(load(ref).id)[1][0].ref
        found = Idea(ref, line.ref, photo, other)
    moderator.post(f"/en/moderation/{ref}/answer", {"body": "Me ser på det.", "signed": "Ordførar",
                                                    "version": "2"})
    return found


def version(app: Flask, ref: str) -> str:
    with app.app_context():
        return str(load(ref).version)


def everything(browser: Browser, world: World, idea: Idea) -> dict[str, str]:
    """What anybody gets: every page that leads on from the first, and all that can be asked by hand."""
    slug, ref = world.slug, idea.ref
    words = "Eg vil ha ei lang trapp ved elva"
    waiting = [
        "/nn/", f"/nn/programmes/{slug}", f"/nn/ideas/{slug}", f"/nn/ideas/{slug}/{ref}",
        f"/nn/ideas/{slug}/{idea.line}", f"/nn/ideas/{slug}/{ref}/report", f"/nn/ideas/{slug}?q={SECRET}",
        f"/nn/ideas/{slug}?q=trapp", f"/nn/ideas/{slug}?near=61.5,9.5", f"/nn/ideas/{slug}?sort=support",
        f"/nn/ideas/{slug}/alike?words={words}", f"/nn/pictures/{idea.photo}/full",
        f"/nn/pictures/{idea.photo}/small", f"/nn/moderation/programmes/{slug}/figures.csv", "/nn/surveys/",
        f"/nn/programmes/{slug}/poster.pdf", "/nn/app.webmanifest", "/worker.js",
    ]
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = browser.client.get(path)
        text = answer.get_data(as_text=True) if "text" in (answer.mimetype or "") else ""
        # What staff have hidden a part of is another photo, with an address of its own.
        is_picture = f"/{idea.photo}/" in path and answer.status_code == 200
        found[path] = f"{SECRET} in a picture" if is_picture else text
        # What was asked for by hand comes back in the field it was typed in, and in addresses.
        found[path] = found[path].replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "")
        waiting += [link.replace("&amp;", "&").partition("#")[0]
                    for link in re.findall(r'(?:href|src)="(/nn/(?:ideas|programmes|pictures)/[^"]*)"', text)]
    return found


def told(app: Flask, browser: Browser, world: World, idea: Idea) -> list[str]:
    return [path for path, text in everything(browser, world, idea).items() if SECRET in text]


def hide(app: Flask, moderator: Browser, idea: Idea) -> None:
    moderator.post(f"/en/moderation/{idea.ref}", {
        "decision": "hidden", "version": version(app, idea.ref), "reason": "attack",
    })


def redact(app: Flask, moderator: Browser, idea: Idea) -> None:
    done = moderator.post(f"/en/moderation/{idea.ref}/redaction", {
        "version": version(app, idea.ref), "of_version": "1", "title": "Trapp ved [[Kvitmyra]]",
        "body": BODY.replace(SECRET, f"[[{SECRET}]]"), "place": f"Hjå [[{SECRET}]]", "words": "",
        "reason": "personal_data", f"alt-{idea.photo}": f"Huset til [[{SECRET}]]",
        f"cell-{idea.photo}": [str(cell) for cell in range(40)],
    })
    assert done.status == 303, done.text


def undo_publication(app: Flask, moderator: Browser, idea: Idea) -> None:
    moderator.post(f"/en/moderation/{idea.ref}/undo", {"version": version(app, idea.ref)})


def withdraw(app: Flask, moderator: Browser, idea: Idea) -> None:
    with app.app_context():
        contributions.withdraw(load(idea.ref))
        session.commit()


def hide_as_a_threat(app: Flask, moderator: Browser, idea: Idea) -> None:
    moderator.post(f"/en/moderation/{idea.ref}", {
        "decision": "hidden", "version": version(app, idea.ref), "reason": "threat",
    })


WAYS: list[Callable[[Flask, Browser, Idea], None]] = [
    hide, hide_as_a_threat, redact, undo_publication, withdraw,
]


def test_all_ways_lead_to_it_while_it_is_public(
    app: Flask, world: World, browser: Browser, idea: Idea
) -> None:
    ways = told(app, browser, world, idea)
    slug = world.slug
    for path in (f"/nn/ideas/{slug}", f"/nn/ideas/{slug}/{idea.ref}", f"/nn/ideas/{slug}/{idea.ref}/report",
                 f"/nn/ideas/{slug}?q={SECRET}", f"/nn/ideas/{slug}?near=61.5,9.5",
                 f"/nn/pictures/{idea.photo}/full"):
        assert path in ways, path
    assert any("/alike" in path for path in ways)


@pytest.mark.parametrize(("way", "merged"), [
    *((way, "") for way in WAYS), (hide, "into"), (hide, "here"), (redact, "into"), (redact, "here"),
])
def test_no_way_leads_to_it_afterwards(
    app: Flask, world: World, moderator: Browser, browser: Browser, idea: Idea, merged: str,
    way: Callable[[Flask, Browser, Idea], None],
) -> None:
    if merged:
        pair = (idea.ref, idea.other) if merged == "into" else (idea.other, idea.ref)
        assert merge(moderator, *pair, version=int(version(app, pair[0]))).status == 303
    way(app, moderator, idea)
    assert told(app, browser, world, idea) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whoever_wrote_the_other_one_is_not_sent_its_title(
    app: Flask, world: World, moderator: Browser, idea: Idea, way: Callable[[Flask, Browser, Idea], None]
) -> None:
    assert merge(moderator, idea.ref, idea.other, version=int(version(app, idea.ref))).status == 303
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    way(app, moderator, idea)
    with clock.stopped_at(clock.now() + MAIL_WAITS * 2):
        unmerge(moderator, idea.ref, int(version(app, idea.ref)))
    with app.app_context():
        assert session.scalar(select(Contribution.id).where(Contribution.ref == idea.other))
        mails = [mail for mail in session.query(Mail) if mail.receiver == "ola@example.org"]
        assert mails
        assert [mail.body for mail in mails if SECRET in mail.body or SECRET in mail.subject] == []


@pytest.mark.parametrize("way", [hide, redact, undo_publication, withdraw], ids=lambda way: way.__name__)
def test_who_added_a_line_to_it_reads_its_title_no_more(
    app: Flask, world: World, moderator: Browser, browser: Browser, idea: Idea,
    way: Callable[[Flask, Browser, Idea], None],
) -> None:
    way(app, moderator, idea)
    with app.app_context():
        code = contributions.receipt_code(idea.line)
    for page in ("", "/data", "/data.json", "/appeal", "/deletion", "/news", "/withdrawal"):
        assert SECRET not in browser.client.get(f"/nn/receipt/{code}{page}").get_data(as_text=True)

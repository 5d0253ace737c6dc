"""Every action of the desk × every role × every state, as one table.

The table says where an action is open; everywhere else a rule refuses it. A column that is missing from
`OPEN` is a test that fails: whoever adds an action to the desk adds its line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from citizen.accounts.models import User
from citizen.base import access, clock
from citizen.base.access import Role
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, DeletionRequest
from citizen.contributions.rules import Visibility
from citizen.moderation import actions
from citizen.moderation import routes as moderation_routes
from citizen.programmes.actions import create_programme
from citizen.programmes.models import Municipality
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.world import World

MODERATORS = frozenset({"moderator"})
ADMINISTRATORS = frozenset({"administrator"})
ANSWERERS = frozenset({"moderator", "administrator"})
# Who tries. "elsewhere" has every role in another municipality, "no_role" is signed in and has none.
ROLES = ("moderator", "administrator", "facilitator", "elsewhere", "no_role", "nobody")
STATES = (
    "submitted", "published", "returned", "rejected", "hidden", "withdrawn",
    # What waits for another person: proposed not to be published, hidden and to be confirmed, appealed.
    "proposed", "hidden_first", "appealed",
    # Public with a part removed, which its author has written anew.
    "revised",
)
REFUSED, CHANGED, MISSING = 422, 409, 404
TITLE = "Ein tittel å kjenne att"


@dataclass(frozen=True)
class Action:
    """What is sent where, who may, in which states it is open, and how it is answered in all others."""

    endpoint: str
    path: str
    who: frozenset[str]
    open_in: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: Mapping[str, int] = field(default_factory=dict)
    method: str = "POST"
    done: int = 303

    def answer_in(self, state: str) -> int:
        if state in self.open_in:
            return 200 if self.method == "GET" else self.done
        return self.otherwise.get(state, self.otherwise.get("", REFUSED))


def decision(after: str, *states: str, reason: str = "attack") -> Action:
    return Action("decide", "/moderation/{ref}", MODERATORS, states,
                  {"decision": after, "reason": reason, "words": "Ord.", "version": "{version}"})


_SECOND, _APPEAL = "/moderation/{ref}/second", "/moderation/{ref}/appeal"
_REVISION = "/moderation/{ref}/revision"
_VERSION = {"version": "{version}"}
# A page about another person's eyes is there once somebody has asked for them.
_ASKED = ("proposed", "hidden_first")

OPEN: dict[str, Action] = {
    "read": Action("show", "/moderation/{ref}", MODERATORS, STATES, method="GET"),
    "publish": decision("published", "submitted", "hidden"),
    "return": decision("returned", "submitted"),
    "reject": decision("rejected", "submitted"),
    "hide": decision("hidden", "published", "revised"),
    "propose to reject as hate": decision("rejected", "submitted", reason="hate"),
    "hide as a threat": decision("hidden", "published", "revised", reason="threat"),
    "mark what is to be removed": Action("redaction", "/moderation/{ref}/redaction", MODERATORS,
                                         ("submitted", "published", "hidden", "proposed", "hidden_first",
                                          "revised"),
                                         otherwise={"": 303}, method="GET"),
    "redact": Action("redact", "/moderation/{ref}/redaction", MODERATORS,
                     ("submitted", "published", "hidden", "revised"),
                     {"of_version": "1", "title": TITLE, "body": "Eg vil ha [[gatelys]] langs vegen.",
                      "place": "", "reason": "personal_data", "words": "", "version": "{version}"},
                     {"": CHANGED, "proposed": REFUSED, "hidden_first": REFUSED}),
    "look at what was removed": Action("original", "/moderation/{ref}/original", MODERATORS, ("revised",),
                                       otherwise={"": MISSING}, done=200),
    "show what was removed": Action("publish_original", "/moderation/{ref}/original/publication", MODERATORS,
                                    ("revised",), _VERSION),
    "read a new version": Action("revision", _REVISION, MODERATORS, ("revised",), otherwise={"": MISSING},
                                 method="GET"),
    "publish a new version": Action("answer_revision", _REVISION, MODERATORS, ("revised",),
                                    {"answer": "publish", **_VERSION}, {"": MISSING}),
    "decline a new version": Action("answer_revision", _REVISION, MODERATORS, ("revised",),
                                    {"reason": "attack", "words": "Ord.", **_VERSION}, {"": MISSING}),
    # It has not been declined in any of these states: tests/moderation/test_revising.py looks at that.
    "take back that it was declined": Action("take_revision_answer_back", f"{_REVISION}/undo", MODERATORS, (),
                                             _VERSION, {"": MISSING, "revised": REFUSED}),
    # There is no point in any of these states: tests/moderation/test_points.py looks at that.
    "keep the point from others": Action("choose_point", "/moderation/{ref}/point", MODERATORS, (), _VERSION,
                                         {"": MISSING}),
    "undo": Action("undo", "/moderation/{ref}/undo", MODERATORS,
                   ("published", "returned", "rejected", "hidden", "hidden_first", "appealed", "revised"),
                   _VERSION),
    "leave as it is": Action("keep_as_it_is", "/moderation/{ref}/seen", MODERATORS, ("published", "revised"),
                             {"reports": "", **_VERSION}),
    "publish several": Action("decide_several", "/moderation/several", MODERATORS, ("submitted",),
                              {"decision": "published", "chosen": "{ref}:{version}"}, {"": CHANGED}),
    "take in hand": Action("claim", "/moderation/{ref}/claim", MODERATORS, STATES),
    "leave to others": Action("let_go", "/moderation/{ref}/release", MODERATORS, STATES),
    "lay on a desk": Action("assign", "/moderation/{ref}/assignment", MODERATORS,
                            ("submitted", "proposed", "hidden_first", "appealed", "revised"), {"to": ""}),
    "take out the dossier": Action("take_out", "/moderation/{ref}/dossier", MODERATORS, STATES,
                                   {"format": "json"}, done=200),
    "read notes": Action("notes", "/moderation/{ref}/notes", MODERATORS, STATES, method="GET"),
    "write a note": Action("add_note", "/moderation/{ref}/notes", MODERATORS, STATES, {"body": "Ord."}),
    "look for the same": Action("find_other", "/moderation/{ref}/merge", MODERATORS, STATES, method="GET"),
    "merge": Action("merge", "/moderation/{ref}/merge", MODERATORS, ("submitted", "published", "revised"),
                    {"other": "{other}", **_VERSION}),
    # Nothing has been merged, moved or answered in any of these states: the tests of each look at that.
    "take a merge back": Action("unmerge", "/moderation/{ref}/merge/undo", MODERATORS, (), _VERSION,
                                {"": CHANGED}),
    "choose another programme": Action("choose_programme", "/moderation/{ref}/move", MODERATORS, STATES,
                                       method="GET"),
    "move": Action("move", "/moderation/{ref}/move", MODERATORS,
                   ("submitted", "published", "returned", "hidden", "proposed", "hidden_first", "revised"),
                   {"to": "nyland:elvdal", **_VERSION}),
    "take a move back": Action("unmove", "/moderation/{ref}/move/undo", MODERATORS, (), _VERSION,
                               {"": CHANGED}),
    "write an official answer": Action("write_answer", "/moderation/{ref}/answer", MODERATORS, STATES,
                                       method="GET"),
    "answer officially": Action("publish_answer", "/moderation/{ref}/answer", MODERATORS,
                                ("published", "revised"),
                                {"body": "Svar.", "signed": "Ordførar", **_VERSION}),
    "take an official answer back": Action("undo_answer", "/moderation/{ref}/answer/undo", MODERATORS, (),
                                           _VERSION, {"": CHANGED}),
    "read a request for deletion": Action("deletion", "/moderation/deletions/{request}", ANSWERERS, STATES,
                                          method="GET"),
    "answer a request for deletion": Action("answer_deletion", "/moderation/deletions/{request}", ANSWERERS,
                                            STATES, {"answer": "Svar."}),
    "read as the second person": Action("look", _SECOND, ANSWERERS, (*_ASKED, "appealed"),
                                        otherwise={"": MISSING}, method="GET"),
    "confirm": Action("answer_look", _SECOND, ANSWERERS, _ASKED, {"answer": "confirm", **_VERSION},
                      {"": MISSING, "appealed": CHANGED}),
    "disagree": Action("answer_look", _SECOND, ANSWERERS, _ASKED, {"answer": "disagree", **_VERSION},
                       {"": MISSING, "appealed": CHANGED}),
    # Only the first person may, who is none of those who try.
    "take back as the second person": Action("take_back", f"{_SECOND}/undo", ANSWERERS, (), _VERSION,
                                             {"": MISSING, "proposed": REFUSED, "hidden_first": REFUSED}),
    "read an appeal": Action("appeal", _APPEAL, ANSWERERS, ("appealed",), otherwise={"": MISSING},
                             method="GET"),
    "uphold on appeal": Action("answer_appeal", _APPEAL, ANSWERERS, ("appealed",),
                               {"outcome": "upheld", "words": "Svar.", **_VERSION}, {"": MISSING}),
    "publish on appeal": Action("answer_appeal", _APPEAL, ANSWERERS, ("appealed",),
                                {"outcome": "published", "words": "Svar.", **_VERSION}, {"": MISSING}),
    "return on appeal": Action("answer_appeal", _APPEAL, ANSWERERS, ("appealed",),
                               {"outcome": "returned", "reason": "attack", "words": "Svar.", **_VERSION},
                               {"": MISSING}),
    "take back an answer on appeal": Action("take_appeal_back", f"{_APPEAL}/undo", ANSWERERS, (), _VERSION,
                                            {"": MISSING, "appealed": REFUSED}),
}
# Lists: whoever has the role somewhere opens them, and finds nothing of others there.
LISTS = {
    "index": ("/moderation/", MODERATORS),
    "confirm_several": ("/moderation/several?chosen={ref}:{version}", MODERATORS),
    "deletions": ("/moderation/deletions", ANSWERERS),
    "second": ("/moderation/second", ANSWERERS),
    "held": ("/moderation/held", MODERATORS),
    "confirm_held": ("/moderation/held/deciding?action=release&chosen={ref}:{version}", MODERATORS),
    "figures": ("/moderation/figures", MODERATORS),
    "notices": ("/moderation/notices", MODERATORS),
    "modes": ("/moderation/modes", ADMINISTRATORS),
    "reasons_of_mine": ("/moderation/reasons", ADMINISTRATORS),
}
# What is about a municipality, or about the viewer, and not about one item: the tests named try who may.
OF_THEIR_OWN = {
    "undo_several": MODERATORS, "save_view": MODERATORS, "drop_view": MODERATORS,  # test_waiting
    "decide_held": MODERATORS, "undo_held": MODERATORS,  # test_held
    "choose_notices": MODERATORS,  # test_digests
    "choose_languages": MODERATORS,  # test_languages
    "mode": ADMINISTRATORS, "choose_mode": ADMINISTRATORS,  # test_modes
    "reason_words": ADMINISTRATORS, "change_reason_words": ADMINISTRATORS,  # test_reason_words
}
# For everybody; tests of figures and digests look at what they tell.
PUBLIC = {"public", "public_csv", "stop_digest", "stop_digest_now"}


@pytest.fixture
def people(app: Flask, world: World) -> dict[str, Browser]:
    """A browser for each role. The moderator who tries is not the one who has decided before."""
    with app.app_context():
        idle = User(email="ingen@example.org", name="Ingen", language="nb", created_at=clock.now())
        session.add(idle)
        session.commit()
        no_role = idle.id
    signed_in = {
        "moderator": world.other_moderator, "administrator": world.administrator,
        "facilitator": world.facilitator, "elsewhere": world.stranger, "no_role": no_role,
    }
    with app.app_context():
        # Somewhere to move an idea to.
        towns = [session.get_one(Municipality, one) for one in (world.swedish, world.norwegian)]
        create_programme("nyland", {"titles": {"nn": "Nyland"}}, "consult", towns, [])
        session.commit()
    return {role: Browser(app, user_id=signed_in.get(role)) for role in ROLES}


def make(app: Flask, world: World, state: str) -> dict[str, str]:
    """An idea that Maja has brought to a state, with a request for deletion; what its addresses need."""
    ref = an_idea(app, world, title=TITLE, body="Eg vil ha gatelys langs vegen.")
    with app.app_context(), app.test_request_context():
        found = load(ref)
        _bring_to(found, state, world.moderator)
        request = contributions.ask_deletion(found, None)
        session.commit()
        told = {"ref": ref, "version": str(found.version), "request": str(request.id)}
    return {**told, "other": an_idea(app, world, title="Ein annan", state="published")}


def _bring_to(found: Contribution, state: str, user_id: int) -> None:
    def step(after: str, reason: str | None = None) -> None:
        actions.decide(found, Visibility(after), user_id=user_id, reason=reason, words="",
                       expected_version=found.version)

    if state == "withdrawn":
        contributions.withdraw(found)
    elif state in {"hidden", "hidden_first"}:
        step("published")
        step("hidden", "off_topic" if state == "hidden" else "threat")
    elif state == "proposed":
        step("rejected", "hate")
    elif state == "appealed":
        step("rejected", "off_topic")
        contributions.ask_again(found, None)
    elif state == "revised":
        removed = contributions.Redacted(1, TITLE, "Eg vil ha lys.", None, [], {"body": [[10, 17]]})
        contributions.redact(found, removed, user_id=user_id, reason="off_topic",
                             expected_version=found.version)
        contributions.revise(found, title=TITLE, body="Eg vil ha meir lys.", place=None, photos=[])
    elif state != "submitted":
        step(state, None if state == "published" else "off_topic")


def send(browser: Browser, action: Action, made: dict[str, str]) -> Page:
    path = "/en" + action.path.format(**made)
    if action.method == "GET":
        return browser.get(path)
    return browser.post(path, {name: value.format(**made) for name, value in action.values.items()})


def everything(app: Flask, ref: str) -> tuple[Any, ...]:
    """All that an action of the desk could have changed."""
    with app.app_context():
        found = load(ref)
        look = contribution_queries.newest_look(found.id)
        return (
            found.visibility, found.version, look and look.outcome,
            [one.outcome for one in contribution_queries.appeals(found.id)],
            [one.answer for one in session.query(DeletionRequest)],
        )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", OPEN)
def test_those_who_may_can_just_where_it_is_open(
    app: Flask, world: World, people: dict[str, Browser], name: str, state: str
) -> None:
    action = OPEN[name]
    for role in sorted(action.who):
        assert send(people[role], action, make(app, world, state)).status == action.answer_in(state), role


@pytest.mark.parametrize("state", STATES)
def test_nobody_else_can_do_anything_anywhere(
    app: Flask, world: World, people: dict[str, Browser], state: str
) -> None:
    made = make(app, world, state)
    before, wrong = everything(app, made["ref"]), []
    for name, action in OPEN.items():
        for role in (role for role in ROLES if role not in action.who):
            refused = {"elsewhere": MISSING, "nobody": 302 if action.method == "GET" else 401}.get(role, 403)
            page = send(people[role], action, made)
            if page.status != refused or TITLE in page.text:
                wrong.append((name, role, page.status))
    assert wrong == []
    assert everything(app, made["ref"]) == before


@pytest.mark.parametrize("state", STATES)
def test_lists_tell_nobody_of_what_is_not_theirs(
    app: Flask, world: World, people: dict[str, Browser], state: str
) -> None:
    made = make(app, world, state)
    for path, who in LISTS.values():
        for role in ROLES:
            page = people[role].get("/en" + path.format(**made))
            refused = {"elsewhere": (200, 302, 303), "nobody": (302,)}.get(role, (403,))
            assert page.status in ((200, 302, 303) if role in who else refused), (path, role)
            assert role in who or TITLE not in page.text, (path, role)


def test_the_table_has_every_action_of_the_desk(app: Flask) -> None:
    views = {
        rule.endpoint.partition(".")[2] for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{moderation_routes.rooms.name}.")
    }
    assert views == {action.endpoint for action in OPEN.values()} | {*LISTS, *OF_THEIR_OWN, *PUBLIC}


def test_what_views_declare_is_what_the_table_says(app: Flask) -> None:
    told = {action.endpoint: action.who for action in OPEN.values()}
    told |= {name: who for name, (_path, who) in LISTS.items()} | OF_THEIR_OWN
    roles = {MODERATORS: {Role.MODERATOR}, ANSWERERS: {Role.MODERATOR, Role.ADMINISTRATOR},
             ADMINISTRATORS: {Role.ADMINISTRATOR}}
    with app.app_context():
        for name, who in told.items():
            declared = access.declared(f"moderation.{name}")
            assert declared is not None
            assert set(declared.roles) == roles[who], name

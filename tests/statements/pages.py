"""What the tests of statements ask for again and again."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.programmes import queries as programmes
from citizen.statements import actions, queries
from citizen.statements.models import Feedback
from citizen.statements.rules.breaches import Ground
from tests.pages import Browser, Page

SWEDISH = "/sv/statements/granby"
NORWEGIAN = "/nn/statements/elvdal"
FEEDBACK = f"{SWEDISH}/accessibility/feedback"
STATED = {
    "service_name": "Gränslandet", "organisation_number": "212000-0142", "address": "Storgatan 1, Granby",
    "phone": "0999-1", "officer_name": "Ylva Ombud", "officer_email": "ombud@granby.example",
    "assessed_on": "2026-11-02", "method": "expert",
}


def version_of(page: Page) -> str:
    """The version a page's form was made from."""
    return page.hidden("version")


def state(browser: Browser, root: str = SWEDISH, **changes: Any) -> Page:
    """Send the form of a municipality's facts as somebody who has just read it."""
    version = version_of(browser.get(f"{root}/manage/facts"))
    return browser.post(f"{root}/manage/facts", {**STATED, "version": version, **changes})


def breach(**changes: Any) -> dict[str, Any]:
    """The form of something that is not accessible."""
    return {"criterion": "1.1.1", "ground": "not_yet", "what_sv": "Affischen saknar textbeskrivning.",
            "groups": ["no_vision"], "since_on": "2026-11-01", "planned_on": "2027-02-01", **changes}


def add_breach(app: Flask, slug: str, **changes: Any) -> None:
    """Store a breach of a municipality's own."""
    values: dict[str, Any] = {
        "criterion": "1.1.1", "ground": Ground.NOT_YET, "what": {"sv": "Affischen"}, "why": {},
        "groups": ["no_vision"], "since_on": queries.product().reviewed_on, **changes,
    }
    with app.app_context():
        municipality = programmes.municipality(slug)
        assert municipality is not None
        actions.add_breach(municipality, actions.NewBreach(**values), user_id=None)
        session.commit()


def told(app: Flask) -> list[Feedback]:
    with app.app_context():
        found = list(session.scalars(select(Feedback).order_by(Feedback.id)))
        session.expunge_all()
        return found


def mails(app: Flask) -> list[Mail]:
    with app.app_context():
        found = list(session.scalars(select(Mail).order_by(Mail.id)))
        session.expunge_all()
        return found


def audited(app: Flask) -> list[tuple[str, str, int | None]]:
    """(action, subject, who) of everything done with statements."""
    with app.app_context():
        rows = session.scalars(
            select(AuditRow)
            .where(AuditRow.action.startswith("statements.") | AuditRow.action.startswith("feedback."))
            .order_by(AuditRow.id)
        )
        return [(row.action, row.subject, row.actor_id) for row in rows]

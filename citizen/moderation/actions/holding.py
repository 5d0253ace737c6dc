"""What was held back is let go, or not published, several at once; and all of it is taken back at once."""

from collections.abc import Sequence

from flask_babel import gettext as _

from citizen.base import audit, clock, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.queries import Address
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.moderation.actions.telling import MAIL_WAITS
from citizen.moderation.models import HeldLot, HeldLotItem


def release_held(chosen: Sequence[Contribution], *, user_id: int) -> HeldLot:
    """Let some that are held back wait with the rest; who left an address gets the receipt now."""
    lot, why = _begin("release", user_id), {}
    for contribution in chosen:
        if held_as := contributions.release(contribution):
            why[contribution.id] = held_as
            audit.record("moderation.release", contribution.ref, user_id, held_as=held_as, lot=lot.id)
            _send_receipt(contribution)
    _end(lot, chosen, why)
    return lot


def reject_held(chosen: Sequence[Contribution], reason: str, *, user_id: int) -> HeldLot:
    """Publish none of some that are held back, for one reason, which each receipt tells.

    No mail is written: an address that came with what is held back may be anybody's.
    """
    lot, why = _begin("reject", user_id), {}
    for contribution in chosen:
        if contribution.held_as is None:
            continue
        contributions.decide(
            contribution, Visibility.REJECTED, user_id=user_id, reason=reason,
            expected_version=contribution.version,
        )
        why[contribution.id] = contribution.held_as
        audit.record("moderation.bulk_reject", contribution.ref, user_id, reason=reason, lot=lot.id)
    _end(lot, chosen, why)
    return lot


def undo_held(
    lot: HeldLot, items: Sequence[tuple[HeldLotItem, Contribution]], *, user_id: int
) -> tuple[int, list[str]]:
    """Take back what was done with a lot, but for what somebody has touched since.

    Returns
    -------
    (how many were taken back, references of the others).

    Raises
    ------
    Conflict
        If it has been taken back already.
    """
    if lot.undone_at is not None:
        raise Conflict(_("This has already been taken back."))
    lot.undone_at = clock.now()
    audit.record("moderation.undo_lot", str(lot.id), user_id, undone=lot.action)
    done, others = 0, []
    for item, contribution in items:
        if contribution.version != item.version or not _take_back(lot, item, contribution, user_id):
            others.append(contribution.ref)
            continue
        audit.record("moderation.hold_again", contribution.ref, user_id, held_as=item.held_as, lot=lot.id)
        done += 1
    session.flush()
    return done, others


def _take_back(lot: HeldLot, item: HeldLotItem, contribution: Contribution, user_id: int) -> bool:
    if lot.action == "reject":
        contributions.undo(contribution, user_id=user_id, expected_version=contribution.version)
        return True
    outbox.take_back(ideas.about_receipt(contribution.ref))
    return contributions.hold_again(contribution, item.held_as)


def _begin(action: str, user_id: int) -> HeldLot:
    lot = HeldLot(user_id=user_id, at=clock.now(), action=action)
    session.add(lot)
    session.flush()
    return lot


def _end(lot: HeldLot, chosen: Sequence[Contribution], why: dict[int, str]) -> None:
    session.add_all(
        HeldLotItem(lot_id=lot.id, contribution_id=c.id, held_as=why[c.id], version=c.version)
        for c in chosen if c.id in why
    )
    session.flush()


def _send_receipt(contribution: Contribution) -> None:
    if contact := contribution_queries.contact(contribution.id):
        ideas.write_receipt(Address(contribution.ref, contact.email, contact.language), wait=MAIL_WAITS)

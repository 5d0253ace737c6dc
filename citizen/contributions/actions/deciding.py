"""Steps that staff take, and take back."""

from flask_babel import gettext as _

from citizen.base.errors import Refused
from citizen.contributions import queries, rules
from citizen.contributions.actions.steps import StaleDecision, take_step
from citizen.contributions.actions.versions import set_aside
from citizen.contributions.models import Contribution, VisibilityChange
from citizen.contributions.rules import Visibility


def decide(
    contribution: Contribution,
    after: Visibility,
    *,
    user_id: int | None,
    reason: str | None = None,
    words_to_author: str | None = None,
    expected_version: int,
    lot: str | None = None,
    by_two: bool = False,
    on_appeal: bool = False,
) -> VisibilityChange:
    """Take a step along the first axis on behalf of staff.

    Parameters
    ----------
    lot : names a decision about several, of which this is one.
    by_two : a second person stands for it, or has been asked to.
    on_appeal : somebody else looks at an earlier decision, because the author asked.

    Raises
    ------
    StaleDecision
        If the contribution is no longer at ``expected_version``.
    Refused
        If the step is not one staff may take, or not alone, or a reason is missing.
    """
    if contribution.version != expected_version:
        raise StaleDecision(queries.latest_change(contribution.id))
    may_step = rules.may_step_on_appeal if on_appeal else rules.staff_may_step
    if not may_step(contribution.visibility, after, contribution.kind):
        raise Refused(_("This idea cannot take that step from where it is now."))
    if rules.needs_reason(after) and not reason:
        raise Refused(_("Choose a reason"))
    if after is Visibility.PUBLISHED:
        # A part of it may have been removed when it was public before.
        reason = reason or queries.removed_for(contribution.id)
    if not by_two:
        refuse_alone(contribution, after, reason)
    return take_step(
        contribution, after, user_id=user_id, reason=reason, words_to_author=words_to_author, lot=lot
    )


def publish_at_once(contribution: Contribution) -> VisibilityChange:
    """Publish what has just come in, as the mode of its programme has it; somebody looks afterwards."""
    return take_step(contribution, Visibility.PUBLISHED, user_id=None, at_once=True)


def refuse_alone(contribution: Contribution, after: Visibility, reason: str | None) -> None:
    """Refuse what two people decide, and all else while the second of them is waited for."""
    if rules.needs_two(after, reason):
        raise Refused(_("Hate and threats are decided by two people."))
    if queries.open_look(contribution.id):
        raise Refused(_("This waits for a second person, who confirms or disagrees. Until then nothing else"
                        " can be decided about it."))


def undo(contribution: Contribution, *, user_id: int, expected_version: int) -> VisibilityChange:
    """Take back the newest step that staff took.

    Raises
    ------
    StaleDecision
        If something has happened since the page was made.
    Refused
        If the newest step is not one that can be taken back.
    """
    latest = queries.latest_change(contribution.id)
    if contribution.version != expected_version:
        raise StaleDecision(latest)
    if latest is None or not rules.may_be_undone(latest.after, is_undoing=latest.undoes_id is not None):
        raise Refused(_("There is nothing to undo."))
    set_aside(contribution, latest)
    return take_step(contribution, Visibility(latest.before), user_id=user_id, undoes_id=latest.id)

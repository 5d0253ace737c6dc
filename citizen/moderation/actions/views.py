"""Views of the queue that somebody has named."""

from citizen.base import audit
from citizen.base.db import session
from citizen.moderation import queries
from citizen.moderation.models import SavedView


def save_view(user_id: int, name: str, chosen: str) -> None:
    """Keep a choice under a name; one of the same name is replaced."""
    view = next((one for one in queries.saved_views(user_id) if one.name == name), None)
    view = view or SavedView(user_id=user_id, name=name)
    view.chosen = chosen
    session.add(view)
    session.flush()
    audit.record("moderation.save_view", str(user_id), user_id)


def drop_view(user_id: int, view_id: int) -> bool:
    """Forget a view of one's own; whether there was one."""
    view = next((one for one in queries.saved_views(user_id) if one.id == view_id), None)
    if view is None:
        return False
    session.delete(view)
    session.flush()
    audit.record("moderation.drop_view", str(user_id), user_id)
    return True

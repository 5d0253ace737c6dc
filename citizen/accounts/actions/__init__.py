"""Every write to people, roles, passwords and one-time links. Actions flush; the edge commits."""

from citizen.accounts.actions.links import link_address, new_link, show_link, use_link
from citizen.accounts.actions.passwords import (
    change_password,
    choose_password,
    send_reset,
    user_with_password,
)
from citizen.accounts.actions.people import (
    change_profile,
    change_roles,
    create_user,
    deactivate,
    grant,
    invite,
    reactivate,
    send_new_link,
    sign_out,
)

__all__ = [
    "change_password", "change_profile", "change_roles", "choose_password", "create_user", "deactivate",
    "grant", "invite", "link_address", "new_link", "reactivate", "send_new_link", "send_reset",
    "show_link", "sign_out", "use_link", "user_with_password",
]

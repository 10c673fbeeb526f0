"""Who may look at the pipeline, and who may try again what it put aside."""

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor


def may_watch(by: Actor) -> bool:
    """The centre's staff watch it."""
    return is_centre_staff(by)


def may_retry(by: Actor) -> bool:
    """The centre's administrator tries again, or the command does."""
    return by.is_system or by.has(Role.ADMINISTRATOR)

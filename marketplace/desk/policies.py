"""Who may read what spans apps."""

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor


def sees_every_row(by: Actor) -> bool:
    """Return whether the actor may read the single rows behind every figure."""
    return is_centre_staff(by)


def may_read_regions(by: Actor) -> bool:
    """The centre's staff, auditors and data officers read the figures of regions."""
    return sees_every_row(by) or (by.has(Role.OFFICER) and by.organization_id is not None)

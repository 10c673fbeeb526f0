"""What the acts on the columns of a version refuse, by right and state."""

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.core.rules import opens
from marketplace.preparation.column.selectors import inheritable_columns, is_classified
from marketplace.preparation.version.rules import check_current, check_decides, check_has_raw


def check_classified(version: DatasetVersion) -> None:
    """Refuse a version of whose columns nobody knows yet what they are.

    Raises:
        WrongState: with the code `not-classified`.
    """
    if not is_classified(version):
        raise WrongState(
            _("The columns are not classified yet. Wait until the profile is done."),
            code="not-classified",
        )


@opens("policy_confirm")
def check_decides_now(version: DatasetVersion, by: Actor) -> None:
    """Refuse to decide what happens to the columns of a version.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or it is not classified yet.
    """
    check_decides(version, by)
    if by.person_id is None:
        raise NotAllowed(_("Sign in to decide what happens to the columns."))
    check_current(version)
    check_classified(version)


def check_inherit_hierarchies(version: DatasetVersion, by: Actor) -> None:
    """Refuse to take over the hierarchies of earlier versions.

    Whether one of them covers every value is seen when they are compared with the data.

    Raises:
        NotAllowed, WrongState: as for `check_decides_now`; or the raw data was destroyed, or
            nothing is left to inherit (`nothing-inherited`).
    """
    check_decides_now(version, by)
    check_has_raw(version)
    if not inheritable_columns(version):
        raise WrongState(
            _("No earlier version had levels for a column that has none here."),
            code="nothing-inherited",
        )

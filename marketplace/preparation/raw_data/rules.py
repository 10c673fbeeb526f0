"""What the acts on raw data refuse, by right and state."""

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.rules import check_destroy_raw
from marketplace.core import Actor, WrongState
from marketplace.preparation.run.selectors import runs_under_way
from marketplace.preparation.version.rules import check_decides


def check_unused(version: DatasetVersion, by: Actor) -> None:
    """Refuse who destroys no raw data, and what a run still reads.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: a run still needs it (`raw-in-use`).
    """
    if not by.is_system:
        check_decides(version, by)
    if runs_under_way(version).exists():
        raise WrongState(
            _("A run still needs the raw data. Wait until it ends, or cancel it."),
            code="raw-in-use",
        )


def check_destroy_raw_data(version: DatasetVersion, by: Actor) -> None:
    """Refuse to destroy the raw data of a version.

    Raises:
        NotAllowed, WrongState: as for `check_unused`; or the content is under review, or it is
            destroyed already.
    """
    check_unused(version, by)
    check_destroy_raw(version, by)

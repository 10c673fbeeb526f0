from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.preparation.version.selectors import look_in_force


def may_mask(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization decide what happens to its columns, and start the work.

    The centre's software goes on with what they decided, where a feed brings more of the same.
    """
    return by.is_system or (by.has(Role.OFFICER) and by.acts_for(dataset.organization_id))


def may_look(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization see raw values, and reviewers a few of a relabelled column.

    Each time with a reason; which values it opens, each page decides.
    """
    is_reviewer = by.has(Role.REVIEWER) and not by.belongs_to(dataset.organization_id)
    return is_reviewer or may_mask(by, dataset)


# What the acts on a version that is prepared refuse, by right and state.


def check_decides(version: DatasetVersion, by: Actor) -> None:
    """Refuse whoever does not decide on a dataset's columns.

    Raises:
        NotAllowed: the actor is no officer of the organization.
    """
    if not may_mask(by, version.dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


OUTDATED = "version-outdated"
"""The code of a version that newer data has overtaken."""


def check_current(version: DatasetVersion) -> None:
    """Refuse a version whose content is not approved, or that is not the newest.

    Raises:
        WrongState: with the code `content-not-approved`, `version-set-aside` or `version-outdated`.
    """
    if not version.dataset.is_approved:
        raise WrongState(
            _("The content of this dataset has to be approved by the centre first."),
            code="content-not-approved",
        )
    if version.is_set_aside:
        raise WrongState(
            _(
                "This table has other columns than were approved, and is set aside. Bring a "
                "corrected one, or take its columns as a change on the page of the dataset."
            ),
            code="version-set-aside",
        )
    newest = latest_source_version(version.dataset)
    if newest is None or newest.pk != version.pk:
        raise WrongState(
            _("Newer data was uploaded. Go on with the newest version."), code=OUTDATED
        )


def check_has_raw(version: DatasetVersion) -> None:
    """Refuse what needs the bytes of a source version that are gone.

    Raises:
        WrongState: with the code `raw-destroyed`.
    """
    if version.raw_destroyed_at is not None:
        raise WrongState(
            _(
                "The raw data of this version was destroyed on %(day)s. Upload the data again; "
                "what was made of it before stays."
            )
            % {"day": date_format(timezone.localtime(version.raw_destroyed_at), "DATE_FORMAT")},
            code="raw-destroyed",
        )


def check_profiles(version: DatasetVersion, by: Actor) -> None:
    """Refuse who has no columns profiled, and a version of which none are.

    Raises:
        NotAllowed: the actor is neither an officer of the organization nor the centre's software.
        WrongState: the content is not approved, or newer data came.
    """
    if not by.is_system:
        check_decides(version, by)
    check_current(version)


def check_open_look(version: DatasetVersion, by: Actor) -> None:
    """Refuse to open raw values of a version.

    Raises:
        NotAllowed: the actor may not see raw values of this data.
        WrongState: the raw data was destroyed.
    """
    if by.person_id is None or not may_look(by, version.dataset):
        raise NotAllowed(
            _("Only officers of the organization that holds it, and reviewers, see raw values.")
        )
    check_has_raw(version)


# Whether somebody has said why they look at raw values: asked by every door that shows some.


def refuse_unless_looking(version: DatasetVersion, *, column: str = "", by: Actor) -> None:
    """Refuse to show raw values to whoever has not said why they look at them.

    Raises:
        WrongState: no look of theirs lasts (`look-needed`).
    """
    if look_in_force(version, column=column, by=by) is None:
        raise look_needed()


def look_needed() -> WrongState:
    """Return the refusal of raw values to whoever has not said why they look at them."""
    return WrongState(
        _(
            "Say first why you look at raw values: open a look. It is recorded with your name and "
            "lasts for half an hour."
        ),
        code="look-needed",
    )

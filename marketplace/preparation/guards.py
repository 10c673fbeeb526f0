"""What the acts of this app ask before they change anything."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.models import DatasetVersion
from marketplace.catalog.selectors import datasets_visible_to, latest_source_version
from marketplace.catalog.states import DatasetState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.preparation import policies
from marketplace.preparation.models import Run
from marketplace.preparation.selectors import runs_visible_to, source_visible_to
from marketplace.preparation.states import RunState


def locked_source(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Return a source version with its dataset locked, so that nothing else is decided on it.

    Raises:
        NotFound: there is no such source version among those the actor may see.
    """
    version = source_visible_to(by, version_id)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    return version


def refuse_others(by: Actor, version: DatasetVersion) -> None:
    """Refuse whoever does not decide on a dataset's columns.

    Raises:
        NotAllowed: the actor is no officer of the organization.
    """
    if not policies.may_mask(by, version.dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


def refuse_unless_current(version: DatasetVersion) -> None:
    """Refuse where the version's content is not approved, or it is not the newest.

    Raises:
        WrongState: with the code `content-not-approved` or `version-outdated`.
    """
    if version.dataset.state != DatasetState.APPROVED:
        raise WrongState(
            _("The content of this dataset has to be approved by the centre first."),
            code="content-not-approved",
        )
    newest = latest_source_version(version.dataset)
    if newest is None or newest.pk != version.pk:
        raise WrongState(
            _("Newer data was uploaded. Go on with the newest version."), code="version-outdated"
        )


def refuse_destroyed(version: DatasetVersion) -> None:
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


def locked_for_work(run_id: UUID, *, by: Actor) -> Run:
    """Lock a run to work on it.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
    """
    if not policies.may_work(by):
        raise NotAllowed(_("Only the centre's own software works on runs."))
    return locked(runs_visible_to(by), pk=run_id)


def held_run(run_id: UUID, *, attempt: int, by: Actor) -> Run:
    """Lock the run that a worker holds.

    Raises:
        NotFound, NotAllowed: as for `locked_for_work`.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = locked_for_work(run_id, by=by)
    if run.state != RunState.RUNNING or run.attempt != attempt:
        raise WrongState(_("This run was cancelled or taken over."), code="run-lost")
    return run

"""What the acts on datasets, versions and sources refuse, by right and state."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog import policies
from marketplace.catalog.models import DatabaseSource, Dataset, DatasetVersion, Drawing, VersionKind
from marketplace.catalog.selectors import active_drawing, columns_of, latest_source_version
from marketplace.catalog.states import (
    DATASET,
    DRAWING,
    EDITABLE,
    SOURCE,
    DatasetState,
    DrawingState,
    SourceState,
)
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.rules import Allowed, Rule, allowed
from marketplace.review.models import CaseKind
from marketplace.review.rules import check_decide_on

# What the acts on a dataset refuse, by right and state.


def check_register_dataset(by: Actor) -> None:
    """Refuse who may not register data.

    Raises:
        NotAllowed: the actor is no officer of a verified organization.
    """
    if not policies.may_register(by):
        raise NotAllowed(_("Only a data officer of a verified organization can register data."))


def check_owner(dataset: Dataset, by: Actor) -> None:
    """Refuse who may not change a dataset.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not policies.may_edit(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


def check_change_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to change the description, the grade or the annotations of a dataset.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
    """
    check_owner(dataset, by)
    if dataset.state == DatasetState.APPROVED:
        raise WrongState(
            _("The content is approved and frozen. Open the dataset for changes first."),
            code="content-approved",
        )
    if dataset.state not in EDITABLE:
        raise WrongState(
            _("This dataset is “%(state)s” and cannot be changed now.")
            % {"state": dataset.get_state_display()}
        )


def check_receive_data(dataset: Dataset, by: Actor) -> None:
    """Refuse to give a dataset new data; an approved one takes it and opens again.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review or retired.
    """
    check_owner(dataset, by)
    check_takes_data(dataset)


def check_keeps_data(dataset: Dataset, by: Actor) -> None:
    """Refuse who brings no data: officers do, and the centre's software what they had it draw.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
    """
    if not policies.may_keep(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


def check_takes_data(dataset: Dataset) -> None:
    """Refuse a dataset that takes no new data now.

    Raises:
        WrongState: it is under review or retired.
    """
    if dataset.state in (DatasetState.IN_REVIEW, DatasetState.RETIRED):
        raise WrongState(
            _("This dataset is “%(state)s” and takes no data now.")
            % {"state": dataset.get_state_display()}
        )


def check_submit_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to submit a dataset for content review.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
        Invalid: data, labels or grade are missing; the code says which.
    """
    check_owner(dataset, by)
    DATASET.check(dataset, DatasetState.IN_REVIEW)
    faults = submission_faults(dataset)
    if faults:
        code, sentence = faults[0]
        raise Invalid(sentence, code=code, fields={"": [fault for _code, fault in faults]})


def submission_faults(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what is missing before a dataset can be submitted: code and sentence, in order."""
    if dataset.state not in EDITABLE:
        return []
    faults = []
    version = latest_source_version(dataset)
    if version is None:
        faults.append(("version-missing", _("Upload the data first.")))
    elif version.raw_destroyed_at is not None:
        faults.append(
            ("version-missing", _("The raw data was destroyed. Upload the data again first."))
        )
    else:
        unlabelled = columns_of(version).filter(label="").count()
        if unlabelled:
            faults.append(
                (
                    "columns-unlabelled",
                    _("Give each column a label: %(count)d have none yet.") % {"count": unlabelled},
                )
            )
    if not dataset.grade:
        faults.append(("grade-missing", _("Grade the data by the harm that misuse could do.")))
    return faults


def check_decide_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to approve or to return a dataset.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not under review.
    """
    check_decide_on(CaseKind.CONTENT, f"dataset:{dataset.pk}", by)


def check_look_at_review(dataset: Dataset, by: Actor) -> None:
    """Refuse to show what decides on a dataset.

    Raises:
        NotAllowed: the actor is not of the centre's staff.
    """
    if not is_centre_staff(by):
        raise NotAllowed(_("The review page is for the centre's reviewers."))


def check_reopen_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to open an approved dataset for changes.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is not approved.
    """
    check_owner(dataset, by)
    DATASET.check(dataset, DatasetState.DRAFT)


def check_retire_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to take a dataset out of use.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review or retired already.
    """
    check_owner(dataset, by)
    DATASET.check(dataset, DatasetState.RETIRED)


ACTS_ON_CATALOG: Mapping[str, Rule[None]] = {
    "register_dataset": lambda _catalog, by: check_register_dataset(by)
}
ACTS_ON_DATASET: Mapping[str, Rule[Dataset]] = {
    "revise_dataset": check_change_dataset,
    "grade_dataset": check_change_dataset,
    "receive_upload": check_receive_data,
    "register_source": check_receive_data,
    "submit_dataset": check_submit_dataset,
    "approve_dataset": check_decide_dataset,
    "return_dataset": check_decide_dataset,
    "reopen_dataset": check_reopen_dataset,
    "retire_dataset": check_retire_dataset,
}


def acts_on_catalog(by: Actor) -> Allowed:
    """Return what an actor may do with the catalog as a whole."""
    return allowed(ACTS_ON_CATALOG, None, by)


def acts_on_dataset(dataset: Dataset, by: Actor, *names: str) -> Allowed:
    """Return which acts on a dataset are open to the actor: all of them, or those named."""
    rules = {name: ACTS_ON_DATASET[name] for name in names or ACTS_ON_DATASET}
    return allowed(rules, dataset, by)


# What the acts on database sources and drawings refuse, by right and state.


def check_use_source(source: DatabaseSource, by: Actor) -> None:
    """Refuse to try a source, to look into it, or to change its password.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed (`source-closed`).
    """
    check_owner(source.dataset, by)
    if source.state != SourceState.IN_USE:
        raise WrongState(
            _("This source is closed. Register it again to draw from it."), code="source-closed"
        )


def check_draw(source: DatabaseSource, by: Actor) -> None:
    """Refuse to choose what to draw.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the source is closed, or the dataset is under review or retired.
    """
    check_use_source(source, by)
    check_receive_data(source.dataset, by)


def check_start_drawing(source: DatabaseSource, by: Actor) -> None:
    """Refuse to draw from a source.

    Raises:
        NotAllowed, WrongState: as for `check_draw`; or a drawing is under way (`source-busy`).
    """
    check_draw(source, by)
    if active_drawing(source) is not None:
        raise WrongState(
            _("Another drawing from this source is under way. Wait until it ends, or cancel it."),
            code="source-busy",
        )


def check_close_source(source: DatabaseSource, by: Actor) -> None:
    """Refuse to draw from a source no more.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed already, or a drawing is under way (`source-busy`).
    """
    check_owner(source.dataset, by)
    SOURCE.check(source, SourceState.CLOSED)
    if active_drawing(source) is not None:
        raise WrongState(
            _("A drawing is under way. Wait until it ends, or cancel it."), code="source-busy"
        )


def check_cancels(drawing: Drawing, by: Actor) -> None:
    """Refuse who cancels no drawings of an organization.

    Raises:
        NotAllowed: the actor is neither an officer of it nor the administrator.
    """
    if not policies.may_cancel(by, drawing.source.dataset):
        raise NotAllowed(_("Only a data officer of the organization can cancel its drawings."))


def check_cancel_drawing(drawing: Drawing, by: Actor) -> None:
    """Refuse to end a drawing.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    check_cancels(drawing, by)
    DRAWING.check(drawing, DrawingState.CANCELLED)


def check_works_on_drawings(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not policies.may_work(by):
        raise NotAllowed(_("Only the centre's own software works on drawings."))


def check_works_on(drawing: Drawing, attempt: int, by: Actor) -> None:
    """Refuse a worker that does not hold a drawing.

    Raises:
        NotAllowed: the actor is not the centre's software.
        WrongState: the drawing was cancelled, or another worker has it (`drawing-lost`).
    """
    check_works_on_drawings(by)
    if drawing.state != DrawingState.RUNNING or drawing.attempt != attempt:
        raise WrongState(_("This drawing was cancelled or taken over."), code="drawing-lost")


ACTS_ON_SOURCE: Mapping[str, Rule[DatabaseSource]] = {
    "check_source": check_use_source,
    "change_source_password": check_use_source,
    "start_drawing": check_start_drawing,
    "close_source": check_close_source,
}
ACTS_ON_DRAWING: Mapping[str, Rule[Drawing]] = {"cancel_drawing": check_cancel_drawing}


def acts_on_source(source: DatabaseSource, by: Actor) -> Allowed:
    """Return what an actor may do with a database source now."""
    return allowed(ACTS_ON_SOURCE, source, by)


def acts_on_drawing(drawing: Drawing, by: Actor) -> Allowed:
    """Return what an actor may do with a drawing now."""
    return allowed(ACTS_ON_DRAWING, drawing, by)


# What the acts on a version refuse, by right and state.


def check_annotate_columns(version: DatasetVersion, by: Actor) -> None:
    """Refuse to say what columns of a version mean.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review, approved or retired, or newer data came.
    """
    check_change_dataset(version.dataset, by)
    newest = latest_source_version(version.dataset)
    if newest is None or newest.pk != version.pk:
        raise WrongState(_("Only the newest source version can be annotated. Go to that one."))


def check_add_masked_version(parent: DatasetVersion, by: Actor) -> None:
    """Refuse to keep masked data of a version.

    Raises:
        NotAllowed: the actor is not the centre's software.
        WrongState: it is no source version.
    """
    if not policies.may_mask(by, parent.dataset):
        raise NotAllowed(_("Masked data comes only from a masking run of the centre."))
    if parent.kind != VersionKind.SOURCE:
        raise WrongState(_("A masked version is made from a source version."))


def check_destroys(version: DatasetVersion, by: Actor) -> None:
    """Refuse who destroys no raw data, and what is none.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: the version is masked (`not-raw`).
    """
    if not policies.may_destroy_raw(by, version.dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))
    if version.kind != VersionKind.SOURCE:
        raise WrongState(
            _("Only raw data is destroyed. Masked versions stay: listings deliver them."),
            code="not-raw",
        )


def check_destroy_raw(version: DatasetVersion, by: Actor) -> None:
    """Refuse to destroy the raw data of a version.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: the version is masked, its content is under review, or it is destroyed already.
    """
    check_destroys(version, by)
    if version.raw_destroyed_at is not None:
        raise WrongState(_("The raw data is destroyed already."), code="raw-destroyed")
    if version.dataset.state == DatasetState.IN_REVIEW:
        raise WrongState(
            _("The content is under review. Destroy the raw data after the decision."),
            code="raw-in-review",
        )


ACTS_ON_VERSION: Mapping[str, Rule[DatasetVersion]] = {"annotate_columns": check_annotate_columns}


def acts_on_version(version: DatasetVersion, by: Actor) -> Allowed:
    """Return what an actor may do in the catalog with a version now."""
    return allowed(ACTS_ON_VERSION, version, by)

from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import (
    check_change_dataset,
    check_owner,
    check_takes_data,
    may_edit,
)
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import latest_reviewed_version, latest_source_version
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed


def may_mask(by: Actor, dataset: Dataset) -> bool:
    """The centre's software adds what a masking run made; nobody else brings masked data."""
    return by.is_system


def may_destroy_raw(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization destroy raw data early; the centre's clock does on its day."""
    return by.is_system or may_edit(by, dataset)


def may_keep_model(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization make an asset of a model that the centre trained for it."""
    return may_edit(by, dataset)


# What the acts on a version refuse, by right and state.


def check_annotate_columns(version: DatasetVersion, by: Actor) -> None:
    """Refuse to say what columns of a version mean.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review, approved or retired, newer data came, or it is a
            model that was approved once (`columns-approved`).
    """
    check_change_dataset(version.dataset, by)
    newest = latest_reviewed_version(version.dataset)
    if newest is None or newest.pk != version.pk:
        raise WrongState(_("Only the newest source version can be annotated. Go to that one."))
    if version.is_model and version.content_id is not None:
        # A table is masked anew before words reach a buyer. A model goes out as the version it is.
        raise WrongState(
            _(
                "The columns of this model were approved, and buyers read them so. To explain them "
                "in other words, train the model again, make that one an asset, and have it "
                "reviewed."
            ),
            code="columns-approved",
        )


def check_add_masked_version(parent: DatasetVersion, by: Actor) -> None:
    """Refuse to keep masked data of a version.

    Raises:
        NotAllowed: the actor is not the centre's software.
        WrongState: it is no source version.
    """
    if not may_mask(by, parent.dataset):
        raise NotAllowed(_("Masked data comes only from a masking run of the centre."))
    if parent.kind != VersionKind.SOURCE:
        raise WrongState(_("A masked version is made from a source version."))


def check_add_model_version(dataset: Dataset, by: Actor) -> None:
    """Refuse to keep a model as what a dataset is.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset has data already.
    """
    if not may_keep_model(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))
    if dataset.versions.exists():
        raise WrongState(_("This dataset has data already, so that it cannot be a model."))


def check_destroys(version: DatasetVersion, by: Actor) -> None:
    """Refuse who destroys no raw data, and what is none.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: the version is masked (`not-raw`).
    """
    if not may_destroy_raw(by, version.dataset):
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


def check_take_up_version(version: DatasetVersion, by: Actor) -> None:
    """Refuse to take up what was set aside.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is not set aside (`not-set-aside`), its raw data was destroyed, later data
            went on (`version-outdated`), or the dataset takes no data.
    """
    check_owner(version.dataset, by)
    if not version.is_set_aside:
        raise WrongState(_("This version is not set aside."), code="not-set-aside")
    if version.raw_destroyed_at is not None:
        raise WrongState(_("The raw data is destroyed already."), code="raw-destroyed")
    check_takes_data(version.dataset)
    newest = latest_source_version(version.dataset)
    if newest is not None and newest.number > version.number:
        raise WrongState(
            _(
                "Later data went on since this came. To take these columns all the same, send the "
                "table again; one from a file only once its raw data here is destroyed."
            ),
            code="version-outdated",
        )


ACTS_ON_VERSION: Mapping[str, Rule[DatasetVersion]] = {
    "annotate_columns": check_annotate_columns,
    "take_up_version": check_take_up_version,
}


def acts_on_version(version: DatasetVersion, by: Actor) -> Allowed:
    return allowed(ACTS_ON_VERSION, version, by)

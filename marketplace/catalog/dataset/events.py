from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DatasetRegistered(Fact):
    """An organization registered a dataset."""

    kind = "catalog.dataset_registered"
    label = _("Dataset registered")


@dataclass(frozen=True, kw_only=True)
class DatasetRevised(Fact):
    """The description of a dataset was changed."""

    kind = "catalog.dataset_revised"
    label = _("Description revised")


@dataclass(frozen=True, kw_only=True)
class DatasetGraded(Fact):
    """The grade of a dataset was set."""

    kind = "catalog.dataset_graded"
    label = _("Dataset graded")
    grade: str
    negative_list: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DatasetSubmitted(Fact):
    """A dataset was submitted for content review."""

    kind = "catalog.dataset_submitted"
    label = _("Submitted for content review")


@dataclass(frozen=True, kw_only=True)
class DatasetApproved(Fact):
    """A second person approved the content; `version` is the id of the source version."""

    kind = "catalog.dataset_approved"
    label = _("Content approved")
    version: str


@dataclass(frozen=True, kw_only=True)
class DatasetReturned(Fact):
    """A second person returned the dataset for correction."""

    kind = "catalog.dataset_returned"
    label = _("Returned for correction")


@dataclass(frozen=True, kw_only=True)
class DatasetReopened(Fact):
    """An approved dataset was opened for changes; it needs content review again."""

    kind = "catalog.dataset_reopened"
    label = _("Opened for changes")


@dataclass(frozen=True, kw_only=True)
class DatasetRetired(Fact):
    """A dataset was retired for good."""

    kind = "catalog.dataset_retired"
    label = _("Dataset retired")

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DatasetRegistered(Fact, kind="catalog.dataset_registered", label=_("Dataset registered")):
    """An organization registered a dataset."""


class DatasetRevised(Fact, kind="catalog.dataset_revised", label=_("Description revised")):
    """The description of a dataset was changed."""


class DatasetGraded(Fact, kind="catalog.dataset_graded", label=_("Dataset graded")):
    """The grade of a dataset was set."""

    grade: str
    negative_list: tuple[str, ...]


class DatasetSubmitted(
    Fact, kind="catalog.dataset_submitted", label=_("Submitted for content review")
):
    """A dataset was submitted for content review."""


class DatasetApproved(Fact, kind="catalog.dataset_approved", label=_("Content approved")):
    """A second person approved the content; `version` is the id of the source version.

    The digest is of the form within which a feed goes on, "" for what is no feed.
    """

    version: str
    form_sha256: str = ""


class DatasetReturned(Fact, kind="catalog.dataset_returned", label=_("Returned for correction")):
    """A second person returned the dataset for correction."""


class DatasetReopened(Fact, kind="catalog.dataset_reopened", label=_("Opened for changes")):
    """An approved dataset was opened for changes; it needs content review again."""


class DatasetRetired(Fact, kind="catalog.dataset_retired", label=_("Dataset retired")):
    """A dataset was retired for good."""

"""Copies for buyers of what is on offer that were not given: why, and what to do."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.presentation import FAILURE_LABELS
from marketplace.preparation.release.selectors import failed_copies
from marketplace.preparation.run.presentation import run_error
from marketplace.trading.listings.listing.models import Listing


@dataclass(frozen=True)
class FailedCopy:
    """A later revision that a buyer did not get, since their copy of it failed.

    `order_id` is the order that it is written for, `number` that of the revision.
    """

    copy: Copy
    order_id: UUID
    number: int
    why: tuple[str, ...]
    remedy: str

    @property
    def is_refused(self) -> bool:
        """Return whether it was written, and tells too much."""
        return self.copy.passed is False


def failed_copies_of(dataset: Dataset) -> list[FailedCopy]:
    """Return what buyers of a dataset miss of what is on offer now. The caller may see it."""
    return _failed(Listing.objects.filter(product__dataset=dataset))


def failed_copies_of_offer(listing: Listing) -> list[FailedCopy]:
    """Return what buyers of a listing's product miss of what it offers now."""
    return _failed(Listing.objects.filter(pk=listing.pk))


def _failed(listings: QuerySet[Listing]) -> list[FailedCopy]:
    offered = listings.filter(published_at__isnull=False).values_list("revision__version_id")
    later = [one for one in failed_copies(offered) if one.asked_for.count(":") == 2]
    return [_in_words(one) for one in later]


def _in_words(copy: Copy) -> FailedCopy:
    _order, order_id, number = copy.asked_for.split(":")
    if copy.passed is None:
        why = [run_error(copy.run) or _("The run was cancelled.")]
        remedy = _(
            "The buyer keeps the revision before. It is written again by itself within minutes; "
            "where it fails again, restore what the run says is missing."
        )
    else:
        why = [str(FAILURE_LABELS.get(code, code)) for code in copy.failures]
        remedy = _(
            "The buyer keeps the revision before. Agree with the buyer on fewer columns, or on "
            "more rows, by an amendment of the contract: the next revision is written so."
        )
    return FailedCopy(copy, UUID(order_id), int(number), tuple(why), remedy)

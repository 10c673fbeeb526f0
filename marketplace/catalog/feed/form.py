"""The form of a feed: within it, what arrives is the data that a second person approved."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.feed.selectors import feed_of
from marketplace.catalog.quality.models import QualityRules
from marketplace.catalog.version.examined import (
    Beyond,
    Figures,
    File,
    as_kept,
    differing,
    digest_of_form,
    examined,
    joined,
)
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.selectors import latest_reviewed_version, said_of
from marketplace.core import clock
from marketplace.vault.services import open_stored


def form_to_review(dataset: Dataset) -> dict[str, Any]:
    """Return the form that goes to the reviewer with a dataset: what its newest data looks like.

    What was approved before counts as well, and `beyond` is in what the newest data differs from
    it. `rules` is the number of the quality rules that are approved with it, `columns` what is said
    of each column, such as its unit; `every` and `feed` are how data comes, missing where no feed
    is open.

    What is said of columns is frozen with the approval, and a run that masks data ends in nothing
    while the content is open. How data is prepared and what it costs are no part of the form, since
    other acts of two people keep them: another policy makes another product, whose listing passes
    the gate and a second officer; a column that counts for less than was found is a reviewer's
    case; a published listing is frozen, so that other prices come as a new one; a valuation is a
    reviewer's case of its own.
    """
    newest_rules = QualityRules.objects.filter(dataset=dataset).order_by("-number").first()
    form: dict[str, Any] = {"rules": newest_rules.number if newest_rules else 0}
    feed, version = feed_of(dataset.pk), latest_reviewed_version(dataset)
    if version is not None:
        form["columns"] = said_of(version)
    if feed is None or version is None or version.is_model:
        return form
    with open_stored(version.file) as stored:
        found = examined(stored, salt=str(dataset.pk))
    before = approved_form(dataset).get("data", {})
    beyond = _beyond(before, found, rows_before=0) if before else []
    return form | {
        "every": feed.every,
        "feed": str(feed.pk),
        "data": joined(found, before),
        **as_kept(beyond),
    }


def approved_form(dataset: Dataset) -> dict[str, Any]:
    """Return the form that was approved last; empty where none was."""
    content = ApprovedContent.objects.filter(dataset=dataset).first()
    return dict(content.form) if content is not None else {}


def form_digest(content: ApprovedContent) -> str:
    """Return the SHA-256 of the form within which a feed goes on; "" of what is no feed."""
    return digest_of_form(content.form) if "data" in content.form else ""


def is_confirmed(dataset: Dataset) -> bool:
    """Return whether a second person approved the form of the feed that goes on."""
    feed = feed_of(dataset.pk)
    return feed is not None and confirms(approved_form(dataset), feed.pk)


def awaits_approval(dataset: Dataset) -> bool:
    """Return whether data is approved, and nobody approved what its feed may bring by itself."""
    feed = feed_of(dataset.pk) if dataset.is_approved else None
    return feed is not None and not confirms(approved_form(dataset), feed.pk)


def confirms(form: Figures, feed_id: UUID) -> bool:
    """Return whether a form that was approved is that of a feed."""
    return form.get("feed") == str(feed_id)


def examined_first(dataset_id: UUID, table: CleanTable) -> CleanTable:
    """Examine a table of a feed while its plain file is there, before anything is locked."""
    if feed_of(dataset_id) is None:
        return table
    return replace(table, figures=examined(table.path, salt=str(dataset_id)))


def beyond_form(
    dataset: Dataset, before: DatasetVersion | None, table: File, figures: Figures | None = None
) -> list[Beyond] | None:
    """Return in what a table goes beyond what was approved; None where it does not.

    `figures` are what was examined of it already. The answer is empty where nothing was approved
    that a table could keep to. While a dataset is in
    preparation, a second person looks at what comes before it goes anywhere.
    """
    feed = feed_of(dataset.pk)
    if feed is None or not dataset.is_approved:
        return None
    form = approved_form(dataset)
    if not confirms(form, feed.pk):
        return []
    found = figures or examined(table, salt=str(dataset.pk))
    rows = before.rows if before is not None else 0
    return _beyond(form["data"], found, rows_before=rows) or None


def _beyond(form: Figures, found: Figures, *, rows_before: int) -> list[Beyond]:
    return differing(form, found, rows_before=rows_before, today=clock.today())

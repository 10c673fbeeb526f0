"""What a reviewer compares before they decide: what was approved, and what came since."""

from dataclasses import dataclass

from marketplace.catalog.approval.presentation import Change, changes_since
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.dataset.selectors import last_approved
from marketplace.catalog.feed.presentation import form_lines
from marketplace.catalog.quality.models import QualityRules
from marketplace.catalog.quality.selectors import rules_in_force, rules_to_review
from marketplace.catalog.version.examined import Figures
from marketplace.catalog.version.selectors import latest_reviewed_version


@dataclass(frozen=True)
class Weakened:
    """Rules that promise less than those that they replace."""

    before: QualityRules | None
    now: QualityRules


@dataclass(frozen=True)
class Compared:
    """A dataset beside what was approved of it.

    `approved` is None where it is approved as it is, or never was. `changes` is what is said
    otherwise, `differs` in what the newest data of a feed goes beyond what was approved before, as
    it is kept; `allowed` is what the feed may bring from now on.
    """

    dataset: Dataset
    approved: ApprovedContent | None
    changes: list[Change]
    differs: Figures
    allowed: list[tuple[str, str]]
    weakened: Weakened | None


def compared_to_approved(dataset: Dataset) -> Compared:
    """Return a dataset beside what was approved of it, to a caller that has checked who may look.

    Once it is approved as it is, nothing has changed since.
    """
    approved = None if dataset.is_approved else last_approved(dataset)
    newest = latest_reviewed_version(dataset)
    waiting = rules_to_review(dataset)
    return Compared(
        dataset=dataset,
        approved=approved,
        changes=changes_since(approved, dataset, newest) if approved else [],
        differs=dataset.form,
        allowed=form_lines(dataset),
        weakened=Weakened(rules_in_force(dataset), waiting) if waiting is not None else None,
    )

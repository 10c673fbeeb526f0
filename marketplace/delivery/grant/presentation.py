"""What a grant's page says of what was bought, and the programs that a buyer can copy."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Projection
from marketplace.core import Actor, is_open
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.rules import check_has_copy_written, check_retry_copy
from marketplace.delivery.grant.stored import file_name
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.presentation import FAILURE_LABELS
from marketplace.preparation.run.presentation import run_error
from marketplace.trading.listings.history.presentation import RuleChangeLine, rule_changes
from marketplace.trading.listings.mode.base import Bought, Snippet
from marketplace.trading.listings.revision.promises import rules_of_revision
from marketplace.trading.listings.terms.clauses.part import condition_words
from marketplace.trading.orders.order.models import Order

HIDDEN_KEY = "YOUR-KEY"


@dataclass(frozen=True)
class BoughtPart:
    """In words, which columns and rows are the buyer's."""

    columns: str
    rows: tuple[str, ...]


def bought_words(grant: Grant) -> BoughtPart:
    kept = grant.projection if grant.copy is None else grant.copy.projection
    return _words(Projection.from_json(kept))


def _words(projection: Projection) -> BoughtPart:
    columns = ", ".join(projection.columns) or _("Every column")
    rows = tuple(condition_words(one) for one in projection.rows)
    if projection.first is not None:
        rows = (_("The first %(number)d rows") % {"number": projection.first}, *rows)
    return BoughtPart(columns, rows)


@dataclass(frozen=True)
class GivenLine:
    """A revision that a grant gave, with what became of the rules before."""

    given: GivenRevision
    changes: list[RuleChangeLine]


def revisions_in_words(rows: Iterable[GivenRevision]) -> list[GivenLine]:
    """Return revisions that `told_revisions` has fetched, in their order."""
    return [GivenLine(one, rule_changes(rules_of_revision(one, one.revision))) for one in rows]


def copy_context(order: Order, copy: Copy, *, by: Actor) -> dict[str, object]:
    """Say how far a buyer's copy is, and why it is not granted where it is not.

    Why a run broke is told to those who can have it done again; it concerns the seller's files.
    """
    run = copy.run
    is_broken = run.is_final and copy.passed is None
    is_told = is_broken and is_open(check_has_copy_written, order, by)
    failures = [FAILURE_LABELS.get(code, code) for code in copy.failures]
    return {
        "order": order,
        "copy": copy,
        "run": run,
        "is_refused": copy.passed is False,
        "is_broken": is_broken,
        "retries": is_open(check_retry_copy, order, by),
        "why_broken": (run_error(run) or _("The run was cancelled.")) if is_told else "",
        "failures": failures,
        "bought": _words(Projection.from_json(copy.projection)),
        "state_url": reverse("order_copy", args=[order.pk]),
    }


def snippets_of(grant: Grant, *, address: str, secret: str) -> tuple[Snippet, ...]:
    """Write programs that have the data as the grant's mode gives it; `address` is the site's."""
    return grant.delivery.snippets(
        Bought(
            grant_id=grant.pk,
            sha256=grant.sha256,
            version=grant.version,
            file_name=file_name(grant),
            address=address.rstrip("/"),
            secret=secret or HIDDEN_KEY,
        )
    )

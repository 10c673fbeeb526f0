"""What letting the offers of a product move on refuses: whatever a person would have to decide."""

from django.utils.translation import gettext as _

from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import arrival_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, WrongState
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.trading.listings.advance.selectors import newest_offered, product_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Menu
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.rules import check_register_product
from marketplace.trading.listings.terms.clauses.part import scope_problems
from marketplace.trading.listings.terms.terms import Terms

NOT_PERSONAL = (Verdict.NO_PERSONAL_INFORMATION, Verdict.ANONYMOUS)


def check_advance_product(version: DatasetVersion, by: Actor) -> Product:
    """Return the product whose offers move on to a version.

    Raises:
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
        WrongState: it is of no product that was ever on the market (`nothing-to-advance`), or an
            earlier version than what is offered (`earlier-version`).
    """
    check_register_product(version, by)
    product = product_of(version)
    newest = newest_offered(product) if product is not None else 0
    if product is None or not newest:
        raise nothing_to_advance()
    if version.number < newest:
        raise WrongState(
            _("What is offered is of a later version than this one. Offers only move forward."),
            code="earlier-version",
        )
    return product


def nothing_to_advance() -> WrongState:
    """Return the refusal of a version whose product has no offer."""
    return WrongState(
        _(
            "Nothing that was prepared by the policy of this version is on the market, so that "
            "there is no offer to move on. List the version."
        ),
        code="nothing-to-advance",
    )


def refuse_another_structure(version: DatasetVersion, before: DatasetVersion) -> None:
    """Refuse a version with other columns than the one before, which somebody has to look at.

    Raises:
        WrongState: a column is new, gone, or of another type (`structure-changed`).
    """
    if version.structure_sha256 == before.structure_sha256:
        return
    held = {one.name: one.dtype for one in columns_of(before)}
    new = {one.name: one.dtype for one in columns_of(version)}
    changed = sorted(name for name in held.keys() | new.keys() if held.get(name) != new.get(name))
    raise WrongState(
        _(
            "Its columns are not those that buyers get: %(columns)s. Draft a listing of this "
            "version, on which a second officer decides."
        )
        % {"columns": ", ".join(changed[:20])},
        code="structure-changed",
    )


def refuse_what_was_found(version: DatasetVersion) -> None:
    """Refuse a version in which detectors found what was not there before: a second person decides.

    Raises:
        WrongState: it was held for that when it came (`class-found`).
    """
    arrival = arrival_of(version.source)
    if arrival is None or arrival.held not in (Held.FOUND, Held.RELABELLED):
        return
    raise WrongState(
        _(
            "When it came, detectors found in %(columns)s what was not there before. Draft a "
            "listing of this version, on which a second officer decides."
        )
        % {"columns": ", ".join(arrival.held_details)},
        code="class-found",
    )


def refuse_a_weaker_verdict(report: RiskReport | None, before: str) -> None:
    """Refuse data that is, or may be, personal information: a person decides whether it goes out.

    Raises:
        WrongState: it is not said to be anonymous, or less is said of it than of the revision
            before (`verdict-weaker`).
    """
    verdict = "" if report is None else report.verdict
    rank: list[str] = [*NOT_PERSONAL]
    if verdict in rank and (before not in rank or rank.index(verdict) <= rank.index(before)):
        return
    raise WrongState(
        _(
            "Its risk report finds more of persons than that of the revision on the market, or "
            "does not call it anonymous. Draft a listing of this version, on which a second "
            "officer decides, or desensitize it more strongly."
        ),
        code="verdict-weaker",
    )


def refuse_unfit_terms(listing: Listing, version: DatasetVersion) -> None:
    """Refuse a version that does not hold what the terms of a listing promise.

    Raises:
        WrongState: a licensed column or the marks are missing, or it has fewer rows than a size of
            the listing (`terms-unfit`).
    """
    sentences = [
        sentence
        for found in scope_problems(version, Terms.from_json(listing.terms)).values()
        for sentence in found
    ]
    plan = listing.price_plan
    if isinstance(plan, Menu) and any(tier.rows > version.rows for tier in plan.tiers):
        sentences.append(
            _("The data has %(rows)d rows; no size has more.") % {"rows": version.rows}
        )
    if sentences:
        raise WrongState(
            _("The version does not hold what “%(title)s” promises: %(reason)s")
            % {"title": listing.title, "reason": sentences[0]},
            code="terms-unfit",
        )

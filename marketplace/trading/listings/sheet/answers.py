"""What a buyer asks first, answered from the frozen sheet in a sentence or two."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import UpdateFrequency
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.plans.base import in_words
from marketplace.trading.listings.sheet.model import model_in_words
from marketplace.trading.listings.sheet.presentation import plan_of_sheet, risk_in_words
from marketplace.trading.listings.terms.clauses.asked import worded
from marketplace.trading.listings.terms.terms import Terms
from marketplace.web.shares import count, percent

NAMED_COLUMNS = 6


@dataclass(frozen=True)
class Answer:
    """A question with its answer, and the section of the page that says the whole."""

    question: str
    sentences: list[str]
    section: str


def answers_of(sheet: Mapping[str, Any]) -> list[Answer]:
    """Return the answers to the five questions that decide whether somebody reads on."""
    return [
        Answer(_("What is in it?"), _content(sheet), "columns"),
        Answer(_("May I use it for my purpose?"), _use(sheet), "terms"),
        Answer(_("What does it cost?"), _cost(sheet), "price"),
        Answer(_("Can anybody be found in it?"), risk_in_words(sheet["risk"])[:2], "privacy"),
        Answer(_("How do I get it?"), _way(sheet), "terms"),
    ]


def _content(sheet: Mapping[str, Any]) -> list[str]:
    columns = sheet["columns"]
    if sheet.get("model"):
        return model_in_words(sheet)
    names = [column["label"] or column["name"] for column in columns[:NAMED_COLUMNS]]
    listed = _(", ").join(names) + (_(" and others") if len(columns) > NAMED_COLUMNS else "")
    sentence = ngettext(
        "%(rows)s rows of %(count)d column: %(names)s.",
        "%(rows)s rows of %(count)d columns: %(names)s.",
        len(columns),
    )
    said = {"rows": count(sheet["version"]["rows"]), "count": len(columns), "names": listed}
    dataset = sheet["dataset"]
    place = _("Region: %(region)s. Time: %(time)s. Updates: %(updates)s.") % {
        "region": dataset["region"],
        "time": dataset["time_scope"],
        "updates": worded(UpdateFrequency, dataset["update_frequency"]),
    }
    return [sentence % said, place]


def _use(sheet: Mapping[str, Any]) -> list[str]:
    if MODES[sheet["delivery_mode"]].sells_right:
        return [_("The right itself is sold: its buyer may do all that its certificate gives.")]
    terms = Terms.from_json(dict(sheet["terms"]))
    sentences = [
        _("Permitted: %(purpose)s") % {"purpose": terms.purpose},
        _("%(use)s. Where: %(where)s. Who: %(users)s.")
        % {
            "use": terms.use_in_words(),
            "where": terms.territory_in_words(),
            "users": terms.users_in_words(),
        },
    ]
    if terms.restrictions:
        sentences.append(_("Not permitted: %(what)s") % {"what": terms.restrictions})
    return sentences


def _cost(sheet: Mapping[str, Any]) -> list[str]:
    sentences = plan_of_sheet(sheet).describe(sheet["currency"])[:2]
    beside = price_beside_value(sheet)
    return [*sentences, beside] if beside else sentences


def price_beside_value(sheet: Mapping[str, Any]) -> str:
    """Say what part of the reference value the price is, "" where the two cannot be compared."""
    plan, valuation = plan_of_sheet(sheet), sheet["valuation"]
    value, price = Decimal(valuation["amount"]), plan.price
    if not price or value <= 0 or valuation["currency"] != sheet["currency"]:
        return ""
    said = {"share": percent(float(price / value)), "value": in_words(value, sheet["currency"])}
    return _("That is %(share)s of the reference value of the whole right, %(value)s.") % said


def _way(sheet: Mapping[str, Any]) -> list[str]:
    mode, due = MODES[sheet["delivery_mode"]], plan_of_sheet(sheet).amount_due_first
    sentences = [_("You order, and both sides sign.")]
    if due:
        amount = in_words(due, sheet["currency"])
        sentences.append(_("You pay %(amount)s.") % {"amount": amount})
    sentences.append(str(mode.buyer_then))
    if not mode.sells_right:
        terms = Terms.from_json(dict(sheet["terms"]))
        sentences.append(
            _("You have %(days)d working days to check what was delivered.")
            % {"days": terms.acceptance_days}
        )
    return sentences


def citation_of(sheet: Mapping[str, Any], *, revision: int, year: int, address: str) -> str:
    """Return how a paper names the data, by its publisher, revision, digest and address."""
    words = _(
        "%(seller)s (%(year)s): %(title)s. Revision %(revision)s. SHA-256 %(digest)s. %(address)s"
    )
    return words % {
        "seller": sheet["seller"]["name"],
        "year": str(year),
        "title": sheet["title"],
        "revision": str(revision),
        "digest": sheet["digests"]["bytes"],
        "address": address,
    }


def sales_in_words(sales: Mapping[str, int]) -> str:
    """Say how often a product was bought, and by how many organizations of which kinds."""
    number = sales["sales"]
    if not number:
        return _("No purchase of it is completed yet.")
    buyers = {kind: many for kind, many in sales.items() if kind != "sales"}
    kinds = [f"{worded(OrganizationKind, kind)} {many}" for kind, many in buyers.items()]
    sentence = ngettext(
        "Bought %(number)s time. Buyers: %(kinds)s.",
        "Bought %(number)s times. Buyers: %(kinds)s.",
        number,
    )
    return sentence % {"number": count(number), "kinds": _(", ").join(kinds)}

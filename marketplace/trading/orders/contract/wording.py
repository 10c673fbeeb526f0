"""The text of a contract, rendered once from an order and frozen."""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.core import to_cents
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.listings.income_share.models import ShareGround, percent_of
from marketplace.trading.listings.income_share.selectors import agreed_shares_of
from marketplace.trading.listings.listing.rights import rights_in_words, sells_right
from marketplace.trading.listings.listing.texts import LEAD, labelled, texts_of
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.plans.base import in_words
from marketplace.trading.listings.terms.clauses.language import ContractLanguage
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.contract.rules import LEAVE_DAYS
from marketplace.trading.orders.order.bought import ordered_listing
from marketplace.trading.orders.order.models import Order

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that make what follows be read from the other side: embeddings, overrides, isolates."""

FORM = 2
"""Of the text; the first named no sum and no signatories."""
BOTH, BETWEEN = "+", "\n* * *\n\n"
"""What joins two languages in a code, and two texts."""
LICENCE, SALE = "trading/orders/contract.txt", "trading/orders/contract_of_sale.txt"


def agreed_of(order: Order, *, contract_id: UUID) -> dict[str, Any]:
    """Return what an order's contract agrees, as data; money as text."""
    listing = ordered_listing(order)
    sheet = listing.sheet or {}
    return {
        "contract": str(contract_id),
        "order": str(order.pk),
        "listing": str(listing.pk),
        "seller": side_as_data(listing.organization),
        "buyer": side_as_data(order.buyer),
        "price": str(order.price),
        "currency": order.currency,
        "purpose": order.purpose,
        "delivery": listing.delivery_mode,
        "terms": order.terms,
        "plan": order.plan,
        "sheet_sha256": listing.sheet_digest,
        "bytes_sha256": sheet.get("digests", {}).get("bytes", ""),
        **_sharing(order),
        **signing_as_data(bound_sum(order.agreed_plan, order.agreed_terms)),
    }


def _sharing(order: Order) -> dict[str, Any]:
    """Return who shares the seller's income, as data; nothing where nobody does."""
    shares = agreed_shares_of(order.listing_id)
    told = [
        {
            "organization": side_as_data(share.organization),
            "ground": share.ground,
            "rate": str(share.effective),
            **({"reckoning": share.proposal.digest} if share.proposal else {}),
        }
        for share in shares
    ]
    return {"income_shares": told} if told else {}


def shares_in_words(agreed: Mapping[str, Any]) -> list[str]:
    """Say who gets which part of the seller's income, a line each."""
    return [
        _("%(name)s (%(uscc)s), %(ground)s: %(rate)s")
        % {
            "name": one_line(one["organization"]["name"]),
            "uscc": one["organization"]["uscc"],
            "ground": ShareGround(one["ground"]).label,
            "rate": percent_of(Decimal(one["rate"])),
        }
        for one in agreed.get("income_shares", ())
    ]


def signing_as_data(whole: Decimal | None) -> dict[str, Any]:
    """Return the form of a text, and the whole sum to which it binds each side.

    In the second form each signature names its signatory with function and mandate.
    """
    return {"form": FORM, "sum": None if whole is None else str(whole)}


def sum_in_words(agreed: Mapping[str, Any], currency: str) -> str:
    """Say the whole sum of what was agreed; "" where nothing bounds it."""
    return "" if agreed["sum"] is None else in_words(Decimal(agreed["sum"]), currency)


def contract_text(order: Order, agreed: dict[str, Any], *, language: str, on: date) -> str:
    """Write an order's contract in a `ContractLanguage`, as plain text with one final line end.

    Each language ends by naming the SHA-256 of what was agreed as data, so that who signs the text
    signs that.
    """
    return in_each_language(
        language, lambda: _contract_in_active_language(order, agreed, language=language, on=on)
    )


def _contract_in_active_language(
    order: Order, agreed: dict[str, Any], *, language: str, on: date
) -> str:
    """Write the contract in the language that is active."""
    listing = ordered_listing(order)
    sheet, is_sale = listing.sheet or {}, sells_right(listing)
    context = {
        "order": order,
        "purpose": one_line(order.purpose),
        "title": one_line(listing.title),
        "lead": one_line(LEAD.of(listing)),
        "further": [
            one_line(one.in_contract % {"text": in_one_line(text)})
            for one, text in labelled(texts_of(listing))
        ],
        "listing": listing,
        "leave_days": LEAVE_DAYS,
        "follows": order.follows and listing.delivery.follows,
        "seller": listing.organization,
        "buyer": order.buyer,
        "centre": centre_name(),
        "said": _said(order, is_sale=is_sale),
        "fee": [one_line(line) for line in order.agreed_plan.describe(order.currency)],
        "sheet": sheet,
        "delivery": listing.get_delivery_mode_display(),
        "on": on,
        "agreed_sha256": hashlib.sha256(canonical_bytes(agreed)).hexdigest(),
        "rights": ", ".join(rights_in_words(sheet)),
        "sum": sum_in_words(agreed, order.currency),
        "languages": languages_in_words(language),
        "shares": shares_in_words(agreed),
    }
    return render_to_string(SALE if is_sale else LICENCE, context)


def _said(order: Order, *, is_sale: bool) -> dict[str, list[str]]:
    """Return what the clauses of an order say, by where they stand in its contract."""
    terms = Terms.from_json(_on_one_line(order.terms))
    placed = terms.placed_of_right() if is_sale else terms.placed()
    return {place: [one_line(line) for line in lines] for place, lines in placed.items()}


def in_each_language(language: str, write: Callable[[], str]) -> str:
    """Return what `write` writes in each language of a `ContractLanguage`, the prevailing first."""
    texts = []
    for one in language.split(BOTH):
        with translation.override(one):
            lines = [line.rstrip() for line in write().strip().splitlines()]
        texts.append("\n".join(lines) + "\n")
    return BETWEEN.join(texts)


def languages_in_words(language: str) -> str:
    """Say in which languages a text is written, and which one prevails."""
    names = [str(ContractLanguage(one).label) for one in language.split(BOTH)]
    if len(names) == 1:
        return _("This text is written in %(language)s.") % {"language": names[0]}
    return _(
        "This text is written in %(first)s and %(second)s. Where the two differ, the %(first)s "
        "text prevails."
    ) % {"first": names[0], "second": names[1]}


def texts_by_language(text: str, language: str) -> list[tuple[str, str]]:
    """Return each part of a text with the code of its language, as pages mark it."""
    codes = language.split(BOTH)
    return list(zip(codes, text.split(BETWEEN, len(codes) - 1), strict=True))


def centre_name() -> str:
    """Return what the centre is called in the language that is active."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return str(settings.CENTRE_NAME_CHINESE if is_chinese else settings.CENTRE_NAME)


def side_as_data(organization: Organization) -> dict[str, str]:
    return {
        "id": str(organization.pk),
        "name": organization.name,
        "uscc": organization.uscc,
    }


def one_line(text: str) -> str:
    """Join the lines of what somebody wrote, so that no word of theirs looks like a clause.

    What is invisible and turns or moves other words is left out: who signs reads what stands there.
    """
    return "".join(
        letter
        for letter in " ".join(text.split())
        if unicodedata.category(letter) != "Cc" and letter not in TURNING
    )


def in_one_line(lines: str) -> str:
    """Join what stands one a line as a list is told in a sentence."""
    parts = (line.strip(" .;,。；，") for line in lines.splitlines())
    return _("; ").join(filter(None, parts))


def _on_one_line(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: one_line(value) if isinstance(value, str) else value for name, value in values.items()
    }


def contract_digest(text: str) -> str:
    """Return the SHA-256 of a contract's text in UTF-8, as hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def bound_sum(plan: Plan, terms: Terms) -> Decimal | None:
    """Return the most that a contract can cost over its whole term, tax included; None: no bound.

    All periods of a subscription and all instalments count, paid or not. What is paid by use counts
    with the cap of each calendar month that the licence can touch; without a cap nothing bounds it,
    so that an owner alone may sign or approve. The seller is bound by the same sum.
    """
    most = plan.most(terms.licence_months)
    return None if most is None else to_cents(most)

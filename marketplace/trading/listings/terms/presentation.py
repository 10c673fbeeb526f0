"""The terms and the sale of a listing as lists to read, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.roles import OrganizationKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.sale.values import Visibility
from marketplace.trading.listings.terms.scope import scope_lines
from marketplace.trading.listings.terms.terms import (
    Audit,
    ContractLanguage,
    DeletionProof,
    DerivedData,
    DisputePlace,
    OnwardTransfer,
    Terms,
    Territory,
    Use,
    promise_in_words,
    quota_in_words,
    users_in_words,
)


def worded(choices: type[TextChoices], code: str) -> str:
    """Return the label of a code, or the code where it is not one of today's."""
    try:
        return str(choices(code).label)
    except ValueError:
        return str(code)


def terms_facts(values: Mapping[str, Any], *, delivery_mode: str = "") -> list[tuple[str, str]]:
    """Return the terms as a list to read; of a sale of the right itself, what it then comes to."""
    terms = Terms.from_json(dict(values))
    if delivery_mode in MODES and MODES[delivery_mode].sells_right:
        return [
            (_("Sold"), _("The right itself, with all that its certificate gives")),
            (_("Exclusive"), _("Yes, one buyer alone")),
            (_("Completion"), _("When the register records the buyer as the new holder")),
            (
                _("Hand-over"),
                _("Within %(days)d working days after the entry") % {"days": terms.acceptance_days},
            ),
            (_("Disputes"), worded(DisputePlace, terms.dispute)),
            (_("Language of the contract"), worded(ContractLanguage, terms.language)),
        ]
    promised = promise_in_words(terms)
    return [
        (_("Permitted purposes"), terms.purpose),
        *(
            [(_("Free"), _("For public governance or welfare alone"))]
            if terms.public_purpose
            else []
        ),
        (_("Kind of use"), worded(Use, terms.use)),
        (
            _("Territory"),
            terms.territory_name
            if terms.territory == Territory.NAMED
            else worded(Territory, terms.territory),
        ),
        (_("Users"), users_in_words(terms)),
        (_("Restrictions"), terms.restrictions or _("None beyond the law")),
        (_("Exclusive"), _("Yes, one buyer alone") if terms.is_exclusive else _("No")),
        (_("Licence"), _("%(months)d months from the delivery") % {"months": terms.licence_months}),
        (
            _("Acceptance period"),
            _("Within %(days)d working days after the first opening; then silence accepts")
            % {"days": terms.acceptance_days},
        ),
        (_("Onward transfer"), worded(OnwardTransfer, terms.onward_transfer)),
        (_("Derived data"), worded(DerivedData, terms.derived_data)),
        (
            _("Deletion"),
            _("Within %(days)d days after the licence ends") % {"days": terms.deletion_days},
        ),
        (_("Proof of deletion"), worded(DeletionProof, terms.deletion)),
        (_("Audit"), worded(Audit, terms.audit)),
        (_("Disputes"), worded(DisputePlace, terms.dispute)),
        (_("Language of the contract"), worded(ContractLanguage, terms.language)),
        (_("Licensed part"), " ".join(scope_lines(terms)) or _("All columns and rows")),
        *([(_("Quota of rows"), quota_in_words(terms))] if terms.quota_rows else []),
        *([(_("Later revisions"), "; ".join(promised))] if promised else []),
    ]


def renewal_facts(renewal: ListingRenewal) -> list[tuple[str, str]]:
    """Return the days of sale that a renewal asks for."""
    none = _("not bounded")
    first, last = renewal.on_sale_from, renewal.on_sale_until
    return [
        (_("On sale from"), date_format(first) if first else none),
        (_("On sale until"), date_format(last) if last else none),
    ]


def sale_facts(listing: Listing) -> list[tuple[str, str]]:
    """Say to whom, when and how often a listing is sold, leaving out what is not bounded."""
    facts = []
    if listing.quota is not None:
        facts.append((_("Number of sales"), _("At most %(count)d") % {"count": listing.quota}))
    if listing.on_sale_from:
        facts.append((_("On sale from"), date_format(listing.on_sale_from)))
    if listing.on_sale_until:
        facts.append((_("On sale until"), date_format(listing.on_sale_until)))
    if listing.visibility == Visibility.KINDS:
        kinds = [worded(OrganizationKind, kind) for kind in listing.kinds]
        facts.append((_("Shown to"), ", ".join(kinds)))
    elif listing.visibility == Visibility.INVITED:
        facts.append((_("Shown to"), listing.get_visibility_display()))
    return facts

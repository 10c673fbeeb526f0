"""What two releases of the same people tell together is decided before rows go out."""

from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState
from marketplace.core.errors import Instead
from marketplace.preparation.release.people import together_with
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.release.services import let_out, locked_people
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to


def refuse_unless_composes(listing: Listing, *, by: Actor) -> None:
    """Refuse to let out what tells more of the same people together with an earlier release.

    Whatever buyer has the earlier one, and whatever became of its offer: what is out is out.

    Raises:
        WrongState: an attacker who holds both gets further than the centre allows
            (`composition-refused`), or both were not tried together yet (`composition-untried`);
            the earlier release is named where the actor may see it.
    """
    if not _tells_of_people(listing):
        return
    found = together_with(listing.revision.version)
    for one in found:
        if one.is_refused:
            raise WrongState(
                _(
                    "Together with %(earlier)s, which is about the same people, this data tells "
                    "more of a person than the centre allows. Coarsen it as that release was, mask "
                    "more strongly, or sell answers of a sandbox."
                )
                % {"earlier": _named(one.earlier, by)},
                code="composition-refused",
            )
    for one in found:
        if one.is_untried:
            raise WrongState(
                _(
                    "%(earlier)s is about the same people and was not tried together with this "
                    "data. On the page of its preparation the seller has both tried, which takes "
                    "some minutes."
                )
                % {"earlier": _named(one.earlier, by)},
                code="composition-untried",
                instead=_where_to_try(listing) if _sees_all(listing, by) else None,
            )


def is_refused(listing: Listing) -> bool:
    """Return whether data that was ordered may no longer go out beside what else is out."""
    if not _tells_of_people(listing):
        return False
    return any(one.is_refused for one in together_with(listing.revision.version))


def let_rows_out(listing: Listing, *, by: Actor) -> None:
    """Ask for the last time, and remember what is out; of two at once the second sees the first.

    Raises:
        WrongState: as `refuse_unless_composes`.
    """
    if not _tells_of_people(listing):
        return
    locked_people(listing.organization_id)
    refuse_unless_composes(listing, by=by)
    let_out(listing.revision.version)


def _tells_of_people(listing: Listing) -> bool:
    """Return whether rows leave that are people's own; those of a synthetic copy are nobody's."""
    if not listing.delivery.rows_leave or listing.revision.version.is_model:
        return False
    policy = policy_that_made(listing.revision.version)
    return policy is None or policy.synthetic is None


def _named(version: DatasetVersion, by: Actor) -> str:
    listing = (
        listings_visible_to(by).filter(revision__version=version).order_by("-created_at").first()
    )
    if listing is None:
        return _("an earlier release of the seller")
    return _("“%(title)s”, version %(number)s") % {
        "title": listing.title,
        "number": version.number,
    }


def _sees_all(listing: Listing, by: Actor) -> bool:
    return by.acts_for(listing.organization_id) or is_centre_staff(by)


def _where_to_try(listing: Listing) -> Instead:
    return Instead(
        "preparation_detail",
        "api_start_composition",
        listing.revision.version_id,
        _("Try both together"),
    )

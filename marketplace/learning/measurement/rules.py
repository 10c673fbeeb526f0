from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.core.rules import opens
from marketplace.jobs.states import JOB, JobState
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.selectors import measured_of, repeat_of
from marketplace.learning.measurement.states import WITHOUT_RECEIPT
from marketplace.learning.training.offered import LEAST_OFFERED
from marketplace.preparation.budget.selectors import budget_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.market.rules import check_buyer
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.measuring.rules import gives_rows
from marketplace.trading.listings.measuring.selectors import measuring_of


def check_measures(listing: Listing, by: Actor) -> tuple[UUID, UUID, MeasuringTerms]:
    """Return who has an offer measured, the organization, and what the seller allows.

    Raises:
        NotAllowed: the actor is no buyer of another organization than the seller's.
        WrongState: the offer is off the market, or its seller lets nobody measure it
            (`not-measurable`).
    """
    person_id, organization_id = check_buyer(listing, by)
    _check_is_offered(listing)
    terms = measuring_of(listing)
    if terms is None or not terms.is_open or not gives_rows(listing):
        raise WrongState(
            _("The seller does not let buyers measure this. Ask the seller on the offer's page."),
            code="not-measurable",
        )
    return person_id, organization_id, terms


@opens("measurement_request")
def check_request_measurement(listing: Listing, by: Actor) -> tuple[UUID, UUID, MeasuringTerms]:
    """Return who has an offer measured anew, the organization, and what the seller allows.

    Raises:
        NotAllowed, WrongState: as for `check_measures`; or the organization measured it as often as
            it may (`measured-enough`), it has too few rows (`too-few-on-offer`), or the privacy
            budget of its dataset does not hold what is needed (`dataset-budget-spent`).
    """
    person_id, organization_id, terms = check_measures(listing, by)
    if measured_of(listing.pk, organization_id) >= terms.most_of_buyer:
        raise WrongState(
            _(
                "Your organization has had this measured %(most)d times, which is as often as the "
                "seller allows. What was measured stays on the list of measurements; what was "
                "paid for and failed can be repeated there."
            )
            % {"most": terms.most_of_buyer},
            code="measured-enough",
        )
    version = listing.revision.version
    if version.rows < LEAST_OFFERED:
        raise WrongState(
            _("The data has fewer than %(least)d rows, too few to measure with noise.")
            % {"least": LEAST_OFFERED},
            code="too-few-on-offer",
        )
    spent = budget_of(version.dataset_id).refusal(terms.epsilon)
    if spent is not None:
        raise WrongState(
            _("%(spent)s A measurement needs ε %(epsilon)s, so nothing more is measured.")
            % {"spent": spent, "epsilon": terms.epsilon.normalize()},
            code="dataset-budget-spent",
        )
    return person_id, organization_id, terms


def check_cancels_measurement(measurement: Measurement, by: Actor) -> None:
    """Refuse who cancels no measurements of an organization.

    Raises:
        NotAllowed: the actor is no buyer of it.
    """
    if not (by.has(Role.BUYER) and by.acts_for(measurement.organization_id)):
        raise NotAllowed(_("Only a buyer of the organization that asked for it can cancel it."))


def check_cancel_measurement(measurement: Measurement, by: Actor) -> None:
    """Refuse to end a measurement.

    Raises:
        NotAllowed: the actor is no buyer of the organization that asked for it.
        WrongState: it ended already.
    """
    check_cancels_measurement(measurement, by)
    JOB.check(measurement, JobState.CANCELLED)


def check_repeats_measurement(measurement: Measurement, by: Actor) -> UUID:
    """Return who repeats a measurement of an organization.

    Raises:
        NotAllowed: the actor is no buyer of it.
    """
    if by.person_id is None or not (
        by.has(Role.BUYER) and by.acts_for(measurement.organization_id)
    ):
        raise NotAllowed(_("Only a buyer of the organization that asked for it can repeat it."))
    return by.person_id


def check_repeat_measurement(measurement: Measurement, by: Actor) -> None:
    """Refuse to repeat a measurement that was paid for and told nothing.

    Raises:
        NotAllowed: the actor is no buyer of the organization that asked for it.
        WrongState: it goes on or told its figures, nothing was paid for it, it is repeated already,
            or the offer is off the market.
    """
    check_repeats_measurement(measurement, by)
    if measurement.state not in WITHOUT_RECEIPT or measurement.charged_at is None:
        raise WrongState(
            _("Only a measurement that was paid for and told nothing is repeated. Ask for another.")
        )
    if repeat_of(measurement) is not None:
        raise WrongState(_("This is measured again already. Look at the list of measurements."))
    _check_is_offered(measurement.listing)


def _check_is_offered(listing: Listing) -> None:
    if listing.state != ListingState.PUBLISHED:
        raise WrongState(_("This is not on the market at the moment, so it is not measured."))


ACTS_ON_OFFER: Mapping[str, Rule[Listing]] = MappingProxyType(
    {"request_measurement": check_request_measurement}
)

ACTS_ON_MEASUREMENT: Mapping[str, Rule[Measurement]] = MappingProxyType(
    {
        "cancel_measurement": check_cancel_measurement,
        "repeat_measurement": check_repeat_measurement,
    }
)


def acts_on_measurement(measurement: Measurement, by: Actor) -> Allowed:
    return allowed(ACTS_ON_MEASUREMENT, measurement, by)


def acts_on_measured_offer(listing: Listing, by: Actor) -> Allowed:
    """Return whether an offer can be measured by the actor, and why not."""
    return allowed(ACTS_ON_OFFER, listing, by)

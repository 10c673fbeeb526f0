"""The lives of a listing, of its renewal, of an order, and of a request for data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.states import StateMachine


class ListingState(TextChoices):
    """Where a listing stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for a second officer")
    RETURNED = "returned", _("Returned for correction")
    PUBLISHED = "published", _("On the market")
    SUSPENDED = "suspended", _("Trading suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn from the market")
    SUPERSEDED = "superseded", _("Replaced by a newer listing")


LISTING: StateMachine[ListingState] = StateMachine(
    "listing",
    ListingState,
    {
        ListingState.DRAFT: {ListingState.SUBMITTED, ListingState.WITHDRAWN},
        ListingState.SUBMITTED: {ListingState.PUBLISHED, ListingState.RETURNED},
        ListingState.RETURNED: {ListingState.SUBMITTED, ListingState.WITHDRAWN},
        ListingState.PUBLISHED: {
            ListingState.SUSPENDED,
            ListingState.WITHDRAWN,
            ListingState.SUPERSEDED,
        },
        ListingState.SUSPENDED: {
            ListingState.PUBLISHED,
            ListingState.WITHDRAWN,
            ListingState.SUPERSEDED,
        },
    },
)

IN_PREPARATION = (ListingState.DRAFT, ListingState.SUBMITTED, ListingState.RETURNED)
"""The states of a listing that was never on the market."""

ON_MARKET = (ListingState.PUBLISHED, ListingState.SUSPENDED)
"""The states of a listing that is on the market, or off it for the time being."""

OFF_MARKET = (ListingState.WITHDRAWN, ListingState.SUPERSEDED)
"""The states of a listing that left the market for good; what was ordered of it goes on."""


class RenewalState(TextChoices):
    """Where the renewal of a listing stands."""

    WAITING = "waiting", pgettext_lazy("renewal", "Waiting for a second officer")
    APPROVED = "approved", pgettext_lazy("renewal", "Approved")
    RETURNED = "returned", pgettext_lazy("renewal", "Returned")
    DROPPED = "dropped", pgettext_lazy("renewal", "Dropped with its listing")


RENEWAL: StateMachine[RenewalState] = StateMachine(
    "renewal",
    RenewalState,
    {
        RenewalState.WAITING: {
            RenewalState.APPROVED,
            RenewalState.RETURNED,
            RenewalState.DROPPED,
        },
    },
)


class OrderState(TextChoices):
    """Where an order stands."""

    PLACED = "placed", _("Waiting for the seller")
    COUNTERED = "countered", _("Counter-offer, waiting for the buyer")
    EXPIRED = "expired", _("Offer not answered in time")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled before signing")
    ACCEPTED = "accepted", _("Accepted, waiting for signatures")
    SIGNED = "signed", _("Signed, waiting for the payment")
    PAID = "paid", _("Payment held, ready for delivery")
    DELIVERED = "delivered", _("Delivered, waiting for acceptance")
    OBJECTED = "objected", _("Objected to by the buyer")
    DISPUTED = "disputed", _("In dispute: money and access stand still")
    COMPLETED = "completed", _("Completed")
    REFUNDED = "refunded", _("Ended, the money went back to the buyer")
    TERMINATED = "terminated", _("Contract terminated")


ORDER: StateMachine[OrderState] = StateMachine(
    "order",
    OrderState,
    {
        OrderState.PLACED: {
            OrderState.ACCEPTED,
            OrderState.COUNTERED,
            OrderState.DECLINED,
            OrderState.CANCELLED,
            OrderState.EXPIRED,
        },
        OrderState.COUNTERED: {
            OrderState.ACCEPTED,
            OrderState.PLACED,
            OrderState.DECLINED,
            OrderState.CANCELLED,
            OrderState.EXPIRED,
        },
        OrderState.ACCEPTED: {OrderState.SIGNED, OrderState.CANCELLED},
        OrderState.SIGNED: {OrderState.PAID, OrderState.TERMINATED},
        OrderState.PAID: {
            OrderState.DELIVERED,
            # A sold right is delivered and accepted by the register's entry.
            OrderState.COMPLETED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.DELIVERED: {
            OrderState.COMPLETED,
            OrderState.OBJECTED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.OBJECTED: {
            OrderState.COMPLETED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.DISPUTED: {
            OrderState.PAID,
            OrderState.DELIVERED,
            OrderState.OBJECTED,
            OrderState.COMPLETED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.COMPLETED: {OrderState.DISPUTED, OrderState.TERMINATED},
    },
)

NEGOTIATING = (OrderState.PLACED, OrderState.COUNTERED)
"""The states of an order whose latest offer one side has to answer."""

UNDONE = (
    OrderState.DECLINED,
    OrderState.EXPIRED,
    OrderState.CANCELLED,
    OrderState.REFUNDED,
    OrderState.TERMINATED,
)
"""The states of an order that came to nothing, and so leaves an exclusive listing free."""


class DemandState(TextChoices):
    """Where a request for data stands."""

    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed by the buyer")
    EXPIRED = "expired", pgettext_lazy("request for data", "Run out")


DEMAND: StateMachine[DemandState] = StateMachine(
    "demand",
    DemandState,
    {DemandState.OPEN: {DemandState.CLOSED, DemandState.EXPIRED}},
)

"""What an endpoint can be told."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    DELIVERY_READY = "delivery.ready", _("Data that was bought is ready")
    REVISION_LIVE = "revision.live", _("A revision is live: what is bought or sold has moved on")
    REVISION_LATE = "revision.late", _("What a feed was expected to bring is late")
    REVISION_HELD = "revision.held", _("What a feed of yours brought is held")
    RULES_WEAKENED = "rules.weakened", _("Rules of quality of data that you get promise less")
    GRANT_SUSPENDED = "grant.suspended", _("Access to what is bought is suspended")
    GRANT_RESUMED = "grant.resumed", _("Access to what is bought is back")
    GRANT_ENDED = "grant.ended", _("Access to what is bought has ended")
    ORDER_CHANGED = "order.changed", _("An order of yours has moved on")
    CONTRACT_CHANGED = "contract.changed", _("A contract of yours was signed, changed or ended")
    AMOUNT_CHANGED = "amount.changed", _("An amount of an order is due, paid or refunded")
    DISPUTE_CHANGED = "dispute.changed", _("A dispute over an order of yours has moved on")
    ORDER_RECALLED = "order.recalled", _("An order of yours was recalled with its data")


TRY = "endpoint.tried"
"""What somebody has sent to see whether an endpoint works; nobody chooses it."""

from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_delivered, check_use
from marketplace.delivery.sandbox.selectors import budget_of, left_in, sandbox_of_grant
from marketplace.trading.listings.mode.base import Opening


def check_ask_question(grant: Grant, by: Actor) -> None:
    """Refuse to answer anything new, as `check_use` does, or where no ε is left.

    Raises:
        WrongState: as for `check_use`; the grant is of another way of delivery, or its budget is
            spent (`budget-exhausted`).
    """
    check_use(grant, by)
    check_delivered(grant, Opening.QUESTION)
    if left_in(grant, sandbox_of_grant(grant), budget_of(grant)) <= 0:
        raise WrongState(
            _(
                "The budget is spent, and nothing new is answered. What was answered stays, and "
                "asking the same again is free."
            ),
            code="budget-exhausted",
        )

"""How acts read mandates that nobody changes meanwhile."""

from uuid import UUID

from marketplace.accounts.models import Person
from marketplace.core import Actor
from marketplace.core.reading import read_anew
from marketplace.trading.orders.approval.authority import Authority, authority_of
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.selectors import open_approval


def lock_signatories(*people: UUID | None) -> None:
    """Lock the accounts of who signs and who approved until the transaction ends.

    Limits and roles are set under the same lock, and what one person signs at once in two places
    adds up. In the order of their ids, so that nobody waits in a circle.
    """
    read_anew()
    known = sorted({person for person in people if person is not None})
    list(
        Person.objects.filter(pk__in=known)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk")
    )


def locked_authority(deal: Deal, by: Actor) -> Authority:
    """Return on what the actor signs, under locks that keep it so; the caller has the order's.

    Raises:
        NotAllowed: the sum is above their limit, and no second person has approved it
            (`above-limit`).
    """
    approval = open_approval(deal)
    lock_signatories(by.person_id, approval.decided_by_id if approval else None)
    return authority_of(deal, by)

"""What a signature binds a side to: a text, its sum, and with whom.

The one place where the sum of a contract or an amendment is measured against a limit.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.selectors import plan_after
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.wording import bound_sum
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A frozen text that one side is to sign, and what it binds that side to in all.

    Of an amendment the sum is that of the whole contract as amended, not the difference: many small
    steps weigh what one large one does.
    """

    contract: Contract
    amendment: Amendment | None
    side: Side
    sum: Decimal | None

    @property
    def order(self) -> Order:
        return self.contract.order

    @property
    def currency(self) -> str:
        return self.order.currency

    @property
    def text(self) -> Contract | Amendment:
        return self.amendment or self.contract

    @property
    def organization_id(self) -> UUID:
        """Return whom the signature binds."""
        order = self.order
        return order.buyer_id if self.side == Side.BUYER else order.listing.organization_id

    @property
    def other_id(self) -> UUID:
        order = self.order
        return order.listing.organization_id if self.side == Side.BUYER else order.buyer_id


def deal_of_contract(contract: Contract, side: Side) -> Deal:
    """Return what a contract's text binds a side to."""
    order = contract.order
    whole = bound_sum(order.agreed_plan, order.agreed_terms)
    return Deal(contract=contract, amendment=None, side=side, sum=whole)


def deal_of_amendment(amendment: Amendment, side: Side) -> Deal:
    """Return what a contract binds a side to once it is amended."""
    whole = bound_sum(plan_after(amendment), Terms.from_json(amendment.terms))
    return Deal(contract=amendment.contract, amendment=amendment, side=side, sum=whole)

"""Listings, orders, contracts and the accounts that money moves between."""

from marketplace.trading.models.listings import DeliveryChoice, Listing, Suspension
from marketplace.trading.models.money import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.models.orders import Contract, Order

__all__ = [
    "Account",
    "AccountKind",
    "Contract",
    "DeliveryChoice",
    "Listing",
    "Order",
    "Suspension",
    "Transfer",
    "TransferKind",
]

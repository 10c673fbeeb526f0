"""What an amendment changes, in the reader's language."""

from __future__ import annotations

from marketplace.trading.models import Amendment
from marketplace.trading.offers_in_words import Change, changes_of


def changes_in_words(amendment: Amendment) -> list[Change]:
    """Answer each changed term as it was when the amendment was proposed, and as it would be."""
    order, new = amendment.contract.order, amendment.terms
    changed = {name: old for name, (old, _new) in amendment.agreed["changes"].items()}
    before = {
        name: changed.get(name, value)
        for name, value in new.items()
        if changed.get(name, value) is not None
    }
    return changes_of(order.plan, before, order.plan, new, order.currency)

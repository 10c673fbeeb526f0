"""When a buyer may end the contract, as the guide to what was bought says."""

from __future__ import annotations

import pytest

from marketplace.core.errors import WrongState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.termination.services import terminate_contract
from tests.architecture.test_docs import ROOT
from tests.given import trading as given
from tests.given.world import World

REASON = "We do not need it any more."


def test_the_buyer_ends_it_before_and_after_the_check_alone(world: World) -> None:
    """While the data is checked the buyer accepts or objects; the seller may end it."""
    delivered = given.delivered(world)
    with pytest.raises(WrongState) as refused:
        terminate_contract(delivered.pk, reason=REASON, by=world.actor("buyer"))
    code = refused.value.code
    assert code == "not-yours-to-end"
    terminate_contract(delivered.pk, reason=REASON, by=world.actor("officer"))
    paid = given.paid(world, given.placed(world, given.published(world, title="Rain")))
    terminate_contract(paid.pk, reason=REASON, by=world.actor("buyer"))
    accepted = given.completed(world)
    terminate_contract(accepted.pk, reason=REASON, by=world.actor("buyer"))
    for pk in (delivered.pk, paid.pk, accepted.pk):
        assert Order.objects.get(pk=pk).state in ("terminated", "refunded")
    for guide, heading in (
        ("docs/how-to/use-what-you-bought.md", "## When you have checked it"),
        ("docs/how-to/zh/use-what-you-bought.md", "## 核对之后"),
    ):
        text = (ROOT / guide).read_text(encoding="utf-8")
        assert f"`{code}`" in text.partition(heading)[2].partition("\n## ")[0]

"""What the description of the API calls sets of choices."""

from __future__ import annotations

import pytest

from marketplace.annotation.kinds.registry import CHOICES
from marketplace.core.choices import NAMED, named_in_api
from marketplace.trading.orders.order.states import OrderState


def test_a_class_gives_its_name_and_a_list_is_given_one() -> None:
    assert NAMED["OrderStateEnum"] is OrderState
    assert NAMED["LabelKindEnum"] is CHOICES


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="OrderStateEnum"):
        named_in_api("OrderState")([("a", "A")])
    assert NAMED["OrderStateEnum"] is OrderState

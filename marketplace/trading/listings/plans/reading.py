"""Read a price plan from plain values."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import Invalid
from marketplace.core.bounds import decimal_of, whole_of
from marketplace.trading.listings.plans.base import ZERO, Due, Plan, PlanKind
from marketplace.trading.listings.plans.fixed import (
    USUAL_PERIOD_MONTHS,
    USUAL_PERIODS,
    Free,
    Instalments,
    Once,
    Subscription,
)
from marketplace.trading.listings.plans.menu import Menu, Tier
from marketplace.trading.listings.plans.metered import Band, Metered


def plan_of(values: Mapping[str, Any]) -> Plan:
    """Return the plan that `as_json` wrote, or that somebody sent.

    Raises:
        Invalid: the kind is none, or a part is missing, does not belong to it or cannot be read.
    """
    kind = values.get("kind")
    if not isinstance(kind, str) or kind not in PlanKind.values:
        raise _unreadable("kind", _("Choose one of the listed answers."))
    parts, read = READERS[PlanKind(kind)]
    for name in values:
        if name != "kind" and name not in parts:
            raise _unreadable(name, _("This does not belong to a plan of this kind."))
    name = "plan"
    try:
        return read(values)
    except KeyError as missing:
        name = str(missing.args[0])
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        pass
    raise _unreadable(name, _("A part of the price plan is missing or cannot be read."))


def following_kinds() -> tuple[str, ...]:
    """Return the kinds of plans by which one gets each later revision, for questions in SQL."""
    plans: tuple[type[Plan], ...] = (Free, Instalments, Menu, Metered, Once, Subscription)
    return tuple(plan.kind.value for plan in plans if plan.follows)


def plan_of_price(price: Decimal) -> Plan:
    """Return the plan of a price alone: paid once, or free when it is 0."""
    return Free() if price == ZERO else Once(amount=price)


def is_comparable(plan: Plan) -> bool:
    """Return whether its price is what the whole of the data costs, so that trades compare."""
    if isinstance(plan, Once):
        return plan.rows is None
    return isinstance(plan, Free | Instalments)


def chosen_plan(plan: Plan, tier: str) -> Plan:
    """Return the plan to order: of a menu that of the size of that code, else the plan itself.

    Raises:
        Invalid: there is no size of that code (`size-unknown`).
    """
    if not isinstance(plan, Menu):
        if tier:
            sentence = _("This is not sold in several sizes. Leave the size out.")
            raise Invalid(sentence, code="size-unknown", fields={"tier": [sentence]})
        return plan
    chosen = plan.chosen(tier)
    if chosen is None:
        sentence = _("Choose one of the sizes: %(codes)s.") % {
            "codes": ", ".join(one.code for one in plan.tiers)
        }
        raise Invalid(sentence, code="size-unknown", fields={"tier": [sentence]})
    return chosen


def _unreadable(name: str, sentence: str) -> Invalid:
    return Invalid(
        _("The price plan needs corrections. See the fields."),
        code="plan-unreadable",
        fields={name: [sentence]},
    )


def _amount(value: object) -> Decimal:
    if isinstance(value, bool):
        raise TypeError
    return decimal_of(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return whole_of(value)


def _once(values: Mapping[str, Any]) -> Once:
    rows = values.get("rows")
    return Once(
        amount=_amount(values["price"]),
        tier=str(values.get("tier", "")),
        rows=None if rows is None else _whole(rows),
    )


def _free(values: Mapping[str, Any]) -> Free:
    return Free()


def _subscription(values: Mapping[str, Any]) -> Subscription:
    return Subscription(
        amount=_amount(values["price"]),
        period_months=_whole(values.get("period_months", USUAL_PERIOD_MONTHS)),
        periods=_whole(values.get("periods", USUAL_PERIODS)),
    )


def _instalments(values: Mapping[str, Any]) -> Instalments:
    return Instalments(
        parts=tuple(Due(_whole(part["months"]), _amount(part["price"])) for part in values["parts"])
    )


def _metered(values: Mapping[str, Any]) -> Metered:
    cap = values.get("cap")
    return Metered(
        unit=str(values["unit"]),
        bands=tuple(
            Band(_whole(band["above"]), _amount(band["unit_price"])) for band in values["bands"]
        ),
        base=_amount(values.get("base", ZERO)),
        cap=None if cap is None else _amount(cap),
    )


def _menu(values: Mapping[str, Any]) -> Menu:
    return Menu(
        tiers=tuple(
            Tier(
                code=str(tier["code"]),
                label=str(tier["label"]),
                rows=_whole(tier["rows"]),
                amount=_amount(tier["price"]),
            )
            for tier in values["tiers"]
        )
    )


READERS: dict[PlanKind, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], Plan]]] = {
    PlanKind.ONCE: (("price", "tier", "rows"), _once),
    PlanKind.FREE: ((), _free),
    PlanKind.SUBSCRIPTION: (("price", "period_months", "periods"), _subscription),
    PlanKind.INSTALMENTS: (("parts",), _instalments),
    PlanKind.METERED: (("unit", "bands", "base", "cap"), _metered),
    PlanKind.MENU: (("tiers",), _menu),
}
"""The parts of each kind of plan, and how they are read."""

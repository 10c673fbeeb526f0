"""The terms of a listing or an order as an ODRL 2.2 policy in JSON-LD.

The policy carries its context, so that it reads without any network. What ODRL has a word for is
said in that word; the rest stands under the centre's own profile. Each permission stands for itself
in ODRL, so each carries whatever bounds the licence; and since `use` includes `derive` and
`distribute`, a prohibition has to win over it (without a word on conflicts such a policy is void).
Source: W3C Recommendations ODRL Information Model 2.2 and ODRL Vocabulary & Expression 2.2 (2018).
"""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import rfc8785

from marketplace.trading.listings.plans.base import Plan, as_text
from marketplace.trading.listings.plans.metered import Band, Metered
from marketplace.trading.listings.terms.clauses.rules import Permission, Policy, constraint
from marketplace.trading.listings.terms.terms import Terms

PROFILE: Final = "urn:data-trading-centre:odrl-profile:1"


ODRL: Final = "http://www.w3.org/ns/odrl/2/"


IRI_TERMS: Final = (
    *("profile", "target", "assigner", "assignee", "action", "leftOperand", "operator"),
    *("unit", "conflict"),
)


RULE_TERMS: Final = (
    *("permission", "prohibition", "obligation", "duty", "constraint"),
    "consequence",
)


CONTEXT: Final[dict[str, Any]] = {
    "@vocab": ODRL,
    "odrl": ODRL,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "terms": f"{PROFILE}:",
    "uid": "@id",
    "type": "@type",
    **{name: {"@id": f"odrl:{name}", "@type": "@vocab"} for name in IRI_TERMS},
    **{name: {"@id": f"odrl:{name}", "@type": "@id"} for name in RULE_TERMS},
    "terms:columns": {"@id": f"{PROFILE}:columns", "@container": "@list"},
    "terms:rows": {"@id": f"{PROFILE}:rows", "@type": "@json"},
    "rightOperandReference": {"@id": "odrl:rightOperandReference", "@type": "@id"},
}
"""Each name as its IRI of ODRL; of names that stand for things, so that they are IRIs too."""


PAID_FOR_EACH: Final = "terms:paidForEach"
USED_IN_MONTH: Final = "terms:unitsUsedInMonth"
PAID_IN_MONTH: Final = "terms:payAmountOfMonth"
"""What is paid by use: for each row or call, beyond so many in a calendar month, at most so much
for the use of one. ODRL has no word for a price of a unit."""


def policy_digest(policy: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a policy's canonical JSON (RFC 8785), as hex."""
    return hashlib.sha256(rfc8785.dumps(dict(policy))).hexdigest()


def terms_of_policy(policy: Mapping[str, Any]) -> Terms:
    """Read the terms back from a policy that was made here."""
    return Terms(**Terms.from_policy(Policy(policy)))


def body_of_licence(
    terms: Terms, *, payment: str, target: UUID, assigner: UUID, plan: Plan, currency: str
) -> dict[str, Any]:
    """Return what a licence permits, forbids and asks for."""
    said = terms.in_policy(seller=urn_of(assigner))
    paid = _paid(payment, plan, currency)
    # The same payments for all permissions: each names the duties, which are described once.
    paid_with_use = [{"uid": duty["uid"]} for duty in paid]

    def permission(one: Permission) -> dict[str, Any]:
        owed = [*(paid if one.action == "use" else paid_with_use), *one.duties]
        bounds = [*said.bounds, *one.bounds]
        return {"action": one.action, "constraint": bounds} | ({"duty": owed} if owed else {})

    permitted = [
        Permission(action="use"),
        Permission(action="derive", duties=said.owed),
        *said.permitted,
    ]
    return {
        "profile": PROFILE,
        "conflict": "prohibit",
        "target": urn_of(target),
        "assigner": urn_of(assigner),
        "permission": [permission(one) for one in permitted],
        "prohibition": [{"action": "terms:identifyPersons"}, *said.forbidden],
        "obligation": [*said.obliged],
        **said.own,
    }


def body_of_sale(
    terms: Terms, *, payment: str, target: UUID, assigner: UUID, plan: Plan, currency: str
) -> dict[str, Any]:
    """Return what a sale of the right itself permits: to have it, for good."""
    paid = _paid(payment, plan, currency)
    return {
        "profile": PROFILE,
        "target": urn_of(target),
        "assigner": urn_of(assigner),
        "permission": [{"action": "transfer"} | ({"duty": paid} if paid else {})],
        **terms.in_policy_of_right(),
    }


def _paid(payment: str, plan: Plan, currency: str) -> list[dict[str, Any]]:
    """Return the duties to pay: what falls due whatever is used, then what use costs, by band."""
    duties = []
    if plan.price:
        amount = _amount("payAmount", "eq", plan.price, currency)
        duties.append({"uid": payment, "action": "compensate", "constraint": [amount]})
    if isinstance(plan, Metered):
        duties += [
            {
                "uid": f"{payment}-by-use-{number}",
                "action": "compensate",
                "constraint": [*_of_band(band, plan, currency)],
            }
            for number, band in enumerate(plan.bands, start=1)
        ]
    return duties


def _of_band(band: Band, plan: Metered, currency: str) -> Iterable[dict[str, Any]]:
    """Say what each unit beyond so many of a month costs, and the most that a month does."""
    yield _amount("payAmount", "eq", band.unit_price, currency)
    yield constraint(PAID_FOR_EACH, "eq", plan.unit)
    yield constraint(USED_IN_MONTH, "gt", str(band.above), kind="integer")
    if plan.cap is not None:
        yield _amount(PAID_IN_MONTH, "lteq", plan.cap, currency)


def _amount(left: str, operator: str, amount: Decimal, currency: str) -> dict[str, Any]:
    found = constraint(left, operator, as_text(amount), kind="decimal")
    return found | {"unit": f"urn:iso:4217:{currency}"}


def urn_of(key: UUID) -> str:
    """Return the name of a thing of the centre."""
    return f"urn:uuid:{key}"

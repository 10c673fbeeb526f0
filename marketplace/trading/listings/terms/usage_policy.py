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

from marketplace.catalog.feed.choices import Every
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans.base import Plan, as_text
from marketplace.trading.listings.plans.metered import Band, Metered
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.listings.terms.terms import (
    Audit,
    DerivedData,
    OnwardTransfer,
    QuotaWindow,
    Terms,
    Territory,
    Use,
    Users,
)

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


UNDER_PROFILE: Final = {
    "restrictions": "terms:restrictions",
    "is_exclusive": "terms:exclusive",
    "public_purpose": "terms:publicPurpose",
    "acceptance_days": "terms:acceptanceDays",
    "dispute": "terms:dispute",
    "language": "terms:contractLanguage",
    "deletion": "terms:deletionProof",
    "columns": "terms:columns",
    "rows": "terms:rows",
    "is_marked": "terms:markedCopy",
}
"""What ODRL has no word for: fields of the terms, and their names under the profile."""


ROWS_TAKEN: Final = {
    QuotaWindow.LICENCE.value: "terms:rowsTaken",
    QuotaWindow.MONTH.value: "terms:rowsTakenEachMonth",
}
"""What a quota of rows bounds, by its window. ODRL's `count` counts actions, not rows."""


PAID_FOR_EACH: Final = "terms:paidForEach"
USED_IN_MONTH: Final = "terms:unitsUsedInMonth"
PAID_IN_MONTH: Final = "terms:payAmountOfMonth"
"""What is paid by use: for each row or call, beyond so many in a calendar month, at most so much
for the use of one. ODRL has no word for a price of a unit."""


OWED: Final = {DerivedData.SHARED: "grantUse", DerivedData.SELLER: "transfer"}
"""What is owed for results that are not the buyer's alone."""


PROMISED: Final = "terms:offerRevision"
"""What a seller owes who promised later revisions: one within the grace after each period."""


PERIODS: Final = {Every.DAY: "P1D", Every.WEEK: "P7D", Every.MONTH: "P1M"}


CREDITED: Final = {
    "credit_percent": "terms:percentOfPeriodFee",
    "credit_most": "terms:mostPercentInPeriod",
}
"""What the seller owes for a revision that is missed. ODRL's `percentage` is one of the asset."""


LISTED: Final = ("columns", "rows")


CHINA: Final = "https://www.iso.org/obp/ui/#iso:code:3166:CN"


def offer_policy(listing: Listing) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "type": "Offer",
        "uid": urn_of(listing.pk),
        **(body_of_sale if sells_right(listing) else body_of_licence)(
            Terms.from_json(listing.terms),
            payment=f"{urn_of(listing.pk)}#payment",
            target=listing.revision.version_id,
            assigner=listing.organization_id,
            plan=listing.price_plan,
            currency=listing.currency,
        ),
    }


def policy_digest(policy: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a policy's canonical JSON (RFC 8785), as hex."""
    return hashlib.sha256(rfc8785.dumps(dict(policy))).hexdigest()


def terms_of_policy(policy: Mapping[str, Any]) -> Terms:
    """Read the terms back from a policy that was made here."""
    rules = {rule["action"]: rule for rule in policy["permission"]}
    duties = {rule["action"]: rule for rule in policy.get("obligation", ())}
    use = _operands(rules["use"])
    users = use["terms:users"]
    onward = OnwardTransfer.NONE
    if "distribute" in rules:
        bounded = "recipient" in _operands(rules["distribute"])
        onward = OnwardTransfer.AFFILIATES if bounded else OnwardTransfer.ALLOWED
    owed = {duty.get("action") for duty in rules["derive"].get("duty", ())}
    derived = next((whose for whose, action in OWED.items() if action in owed), DerivedData.BUYER)
    audit = Audit.NONE
    if "inform" in duties:
        audit = Audit.REPORT
    elif "acceptTracking" in duties:
        audit = Audit.YEARLY if "constraint" in duties["acceptTracking"] else Audit.ANY_TIME
    spatial = use.get("spatial", "")
    territory = Territory.WORLDWIDE if not spatial else Territory.NAMED
    if spatial == CHINA:
        territory = Territory.CHINA
    quota = {window: int(use[name]) for window, name in ROWS_TAKEN.items() if name in use}
    window, rows = next(iter(quota.items()), (QuotaWindow.LICENCE.value, 0))
    own: dict[str, Any] = {
        name: tuple(policy[key]) if name in LISTED else policy[key]
        for name, key in UNDER_PROFILE.items()
    }
    return Terms(
        purpose=use["purpose"],
        use=use.get("terms:use", Use.ANY.value),
        licence_months=int(use["elapsedTime"].strip("PM")),
        territory=territory.value,
        territory_name=spatial if territory == Territory.NAMED else "",
        users=users,
        most_users=int(use.get("terms:mostUsers", 0)),
        onward_transfer=onward.value,
        derived_data=derived.value,
        deletion_days=int(_operands(duties["delete"])["elapsedTime"].strip("PD")),
        audit=audit.value,
        quota_rows=rows,
        quota_window=window,
        **_promise_of(duties.get(PROMISED)),
        **own,
    )


def _promise_of(duty: Mapping[str, Any] | None) -> dict[str, Any]:
    """Read back what was promised of later revisions."""
    if duty is None:
        return {}
    within = _operands(duty)
    period = within["timeInterval"]
    found: dict[str, Any] = {
        "revision_every": next(every.value for every, iso in PERIODS.items() if iso == period),
        "revision_grace": int(within["elapsedTime"].strip("PTH")),
    }
    for missed in duty.get("consequence", ()):
        owed = _operands(missed)
        found |= {name: int(owed[operand]) for name, operand in CREDITED.items()}
    return found


def body_of_licence(
    terms: Terms, *, payment: str, target: UUID, assigner: UUID, plan: Plan, currency: str
) -> dict[str, Any]:
    """Return what a licence permits, forbids and asks for."""
    values = terms.as_json()
    paid = _paid(payment, plan, currency)
    # The same payments for all permissions: each names the duties, which are described once.
    paid_with_use = [{"uid": duty["uid"]} for duty in paid]

    def permission(action: str, *also: dict[str, Any], duties: Any = ()) -> dict[str, Any]:
        owed = [*(paid if action == "use" else paid_with_use), *duties]
        bounds = [*_bounds_of_use(terms), *also]
        return {"action": action, "constraint": bounds} | ({"duty": owed} if owed else {})

    permissions = [
        permission("use"),
        permission("derive", duties=_of_derived_data(terms)),
    ]
    prohibitions = [{"action": "terms:identifyPersons"}]
    if terms.onward_transfer == OnwardTransfer.NONE:
        prohibitions.append({"action": "distribute"})
    elif terms.onward_transfer == OnwardTransfer.AFFILIATES:
        affiliates = _constraint("recipient", "isPartOf", "terms:affiliates", is_iri=True)
        permissions.append(permission("distribute", affiliates))
    else:
        permissions.append(permission("distribute", duties=[{"action": "nextPolicy"}]))
    return {
        "profile": PROFILE,
        "conflict": "prohibit",
        "target": urn_of(target),
        "assigner": urn_of(assigner),
        "permission": permissions,
        "prohibition": prohibitions,
        "obligation": [*_obligations(terms), *_promises(terms, urn_of(assigner))],
        **{key: values[name] for name, key in UNDER_PROFILE.items()},
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
        "terms:exclusive": terms.is_exclusive,
        "terms:dispute": terms.dispute,
        "terms:contractLanguage": terms.language,
    }


def _bounds_of_use(terms: Terms) -> Iterable[dict[str, Any]]:
    yield _constraint("purpose", "eq", terms.purpose)
    if terms.use != Use.ANY:
        yield _constraint("terms:use", "eq", terms.use)
    yield _constraint("elapsedTime", "lteq", f"P{terms.licence_months}M", kind="duration")
    if terms.territory == Territory.CHINA:
        yield _constraint("spatial", "eq", CHINA, is_iri=True)
    elif terms.territory == Territory.NAMED:
        yield _constraint("spatial", "eq", terms.territory_name)
    yield _constraint("terms:users", "eq", terms.users)
    if terms.users == Users.NAMED:
        yield _constraint("terms:mostUsers", "lteq", str(terms.most_users), kind="integer")
    if terms.quota_rows:
        taken = ROWS_TAKEN[terms.quota_window]
        yield _constraint(taken, "lteq", str(terms.quota_rows), kind="integer")


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
    yield _constraint(PAID_FOR_EACH, "eq", plan.unit)
    yield _constraint(USED_IN_MONTH, "gt", str(band.above), kind="integer")
    if plan.cap is not None:
        yield _amount(PAID_IN_MONTH, "lteq", plan.cap, currency)


def _amount(left: str, operator: str, amount: Decimal, currency: str) -> dict[str, Any]:
    found = _constraint(left, operator, as_text(amount), kind="decimal")
    return found | {"unit": f"urn:iso:4217:{currency}"}


def _of_derived_data(terms: Terms) -> list[dict[str, Any]]:
    owed = OWED.get(DerivedData(terms.derived_data))
    return [{"action": owed}] if owed else []


def _obligations(terms: Terms) -> Iterable[dict[str, Any]]:
    within = _constraint("elapsedTime", "lteq", f"P{terms.deletion_days}D", kind="duration")
    yield {"action": "delete", "constraint": [within]}
    each_year = _constraint("timeInterval", "eq", "P1Y", kind="duration")
    if terms.audit == Audit.REPORT:
        yield {"action": "inform", "constraint": [each_year]}
    elif terms.audit == Audit.YEARLY:
        yield {"action": "acceptTracking", "constraint": [each_year]}
    elif terms.audit == Audit.ANY_TIME:
        yield {"action": "acceptTracking"}


def _promises(terms: Terms, seller: str) -> Iterable[dict[str, Any]]:
    """Yield what the seller owes: a revision each period, and a credit for one that is missed."""
    if not terms.revision_every:
        return
    every = PERIODS[Every(terms.revision_every)]
    duty: dict[str, Any] = {
        "action": PROMISED,
        "assignee": seller,
        "constraint": [
            _constraint("timeInterval", "eq", every, kind="duration"),
            _constraint("elapsedTime", "lteq", f"PT{terms.revision_grace}H", kind="duration"),
        ],
    }
    if terms.credit_percent:
        values = terms.as_json()
        owed = {operand: str(values[name]) for name, operand in CREDITED.items()}
        bounds = [_constraint(one, "eq", owed[one], kind="integer") for one in owed]
        duty["consequence"] = [{"action": "compensate", "assignee": seller, "constraint": bounds}]
    yield duty


def _constraint(
    left: str, operator: str, right: str, *, kind: str = "", is_iri: bool = False
) -> dict[str, Any]:
    if is_iri:
        value: Any = {"@id": right}
    else:
        value = {"@value": right, "@type": f"xsd:{kind}"} if kind else right
    return {"leftOperand": left, "operator": operator, "rightOperand": value}


def _operands(rule: Mapping[str, Any]) -> dict[str, str]:
    """Return the right side of each constraint of a rule by its left side, as text."""
    found = {}
    for one in rule["constraint"]:
        right = one["rightOperand"]
        if isinstance(right, dict):
            right = right.get("@value", right.get("@id"))
        found[one["leftOperand"]] = str(right)
    return found


def urn_of(key: UUID) -> str:
    """Return the name of a thing of the centre."""
    return f"urn:uuid:{key}"

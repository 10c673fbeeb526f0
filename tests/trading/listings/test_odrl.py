"""The terms as an ODRL policy, which loses nothing of them."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st

from marketplace.catalog.feed.choices import Every
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.usage_policy import offer_policy
from marketplace.trading.listings.plans import Once
from marketplace.trading.listings.plans.metered import Band, Metered
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.sheet.sheet import sheet_digest
from marketplace.trading.listings.terms import usage_policy as odrl
from marketplace.trading.listings.terms.clauses.audit import Audit
from marketplace.trading.listings.terms.clauses.deletion import DeletionProof
from marketplace.trading.listings.terms.clauses.dispute import DisputePlace
from marketplace.trading.listings.terms.clauses.language import ContractLanguage
from marketplace.trading.listings.terms.clauses.quota import QuotaWindow
from marketplace.trading.listings.terms.clauses.results import DerivedData, OnwardTransfer
from marketplace.trading.listings.terms.clauses.territory import CHINA, Territory
from marketplace.trading.listings.terms.clauses.use import Use
from marketplace.trading.listings.terms.clauses.users import Users
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.order.models import Order
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.world import World

RULES = ("permission", "prohibition", "obligation")
POLICY_TERMS = ("profile", "conflict", "target", "assigner", "assignee", *RULES)
ACTIONS = {
    *("use", "transfer", "acceptTracking", "compensate", "delete", "derive", "distribute"),
    *("grantUse", "inform", "nextPolicy"),
}
LEFT_OPERANDS = {
    *("elapsedTime", "payAmount", "purpose", "recipient", "spatial", "timeInterval"),
}
OPERATORS = {"eq", "gt", "gteq", "lt", "lteq", "neq", "isA", "hasPart", "isPartOf", "isAnyOf"}
CONFLICTS = {"perm", "prohibit"}
"""Of the ODRL Vocabulary & Expression 2.2 (W3C, ODRL22.ttl), none of them deprecated."""
INCLUDED_IN_USE = {"derive", "distribute"}
"""Actions that `use` includes (`odrl:includedIn` in the same vocabulary)."""

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
few = st.lists(words, max_size=2)


@st.composite
def some_terms(draw: Any) -> Terms:
    """Draw terms that stand."""

    def one(choices: Any) -> Any:
        return draw(st.sampled_from(choices.values))

    territory, users = one(Territory), one(Users)
    quota = draw(st.just(0) | st.integers(1, 10**12))
    every = draw(st.just("") | st.sampled_from(Every.values))
    percent = draw(st.just(0) | st.integers(1, 100)) if every else 0
    return Terms(
        quota_rows=quota,
        quota_window=one(QuotaWindow) if quota else QuotaWindow.LICENCE.value,
        purpose=draw(words),
        restrictions=draw(st.just("") | words),
        licence_months=draw(st.integers(1, 60)),
        is_exclusive=draw(st.booleans()),
        public_purpose=draw(st.booleans()),
        acceptance_days=draw(st.integers(1, 30)),
        onward_transfer=one(OnwardTransfer),
        derived_data=one(DerivedData),
        deletion_days=draw(st.integers(1, 365)),
        dispute=one(DisputePlace),
        use=one(Use),
        territory=territory,
        territory_name=draw(words) if territory == Territory.NAMED else "",
        users=users,
        most_users=draw(st.integers(1, 10_000)) if users == Users.NAMED else 0,
        deletion=one(DeletionProof),
        audit=one(Audit),
        language=one(ContractLanguage),
        columns=tuple(draw(st.lists(words, max_size=3, unique=True))),
        rows=tuple([name, "ge", draw(st.integers(-9, 99))] for name in draw(few)),
        is_marked=draw(st.booleans()),
        revision_every=every,
        revision_grace=draw(st.integers(0, 700)) if every else Terms(purpose="").revision_grace,
        credit_percent=percent,
        credit_most=draw(st.integers(percent, 100)) if percent else 0,
    )


def listing_of(terms: Terms, price: Decimal = given.OFFER.price) -> Listing:
    """Return an unsaved listing with terms."""
    revision = Revision(version_id=uuid4())
    plan = Once(amount=price).as_json()
    return Listing(revision=revision, terms=terms.as_json(), plan=plan, price=price, currency="CNY")


@drawn(terms=some_terms())
def test_terms_come_back_from_their_policy(terms: Terms) -> None:
    """Nothing that was agreed is lost on the way to ODRL and back."""
    assert terms.problems() == {}
    assert odrl.terms_of_policy(offer_policy(listing_of(terms))) == terms


PROMISED = replace(
    given.OFFER.terms, revision_every="week", revision_grace=6, credit_percent=10, credit_most=30
)


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("revision_every", "month"),
        ("revision_grace", 7),
        ("credit_percent", 11),
        ("credit_most", 31),
    ],
)
def test_a_promise_of_revisions_stands_in_the_policy(clause: str, value: Any) -> None:
    """As a duty of the seller, with what is owed for one that is missed; each clause tells."""
    policy = offer_policy(listing_of(PROMISED))
    duty = policy["obligation"][-1]
    assert (duty["action"], duty["assignee"]) == ("terms:offerRevision", policy["assigner"])
    assert policy["obligation"][0].get("assignee") is None
    other = offer_policy(listing_of(replace(PROMISED, **{clause: value})))
    assert duty != other["obligation"][-1]
    assert odrl.terms_of_policy(other) == replace(PROMISED, **{clause: value})


@drawn(terms=some_terms())
def test_policy_speaks_odrl(terms: Terms) -> None:
    """Every name is one of the vocabulary, or stands under the centre's own profile."""
    policy = offer_policy(listing_of(terms))
    own = {name for name in policy if name.startswith("terms:")}
    assert set(policy) - own <= {"@context", "type", "uid", *POLICY_TERMS}
    rules = [rule for name in RULES for rule in policy.get(name, ())]
    rules += [duty for rule in rules for duty in rule.get("duty", ())]
    rules += [duty for rule in rules for duty in rule.get("consequence", ())]
    bounds = [bound for rule in rules for bound in rule.get("constraint", ())]
    parts = {"action", "assignee", "consequence", "constraint", "duty", "uid"}
    assert all(set(rule) <= parts for rule in rules)
    rules = [rule for rule in rules if "action" in rule]
    for used, known in (
        ({rule["action"] for rule in rules}, ACTIONS),
        ({bound["leftOperand"] for bound in bounds}, LEFT_OPERANDS),
        ({bound["operator"] for bound in bounds}, OPERATORS),
    ):
        assert {name for name in used if not name.startswith("terms:")} <= known


def test_every_name_is_an_iri_of_odrl() -> None:
    """The context leaves no name to a reader's guess."""
    for name in (*POLICY_TERMS, "action", "constraint", "duty", "leftOperand", "operator"):
        assert odrl.CONTEXT[name]["@id"] == f"odrl:{name}"
    assert odrl.CONTEXT["odrl"] == odrl.CONTEXT["@vocab"] == "http://www.w3.org/ns/odrl/2/"


def test_policy_says_who_may_what() -> None:
    """Who may use what for how long, and what is owed."""
    terms = replace(given.OFFER.terms, territory=Territory.CHINA.value)
    policy = offer_policy(listing_of(terms))
    assert (policy["type"], policy["profile"]) == ("Offer", odrl.PROFILE)
    use, derive = policy["permission"]
    assert {
        bound["leftOperand"]: (bound["operator"], bound["rightOperand"])
        for bound in use["constraint"]
    } == {
        "purpose": ("eq", terms.purpose),
        "elapsedTime": ("lteq", {"@value": "P12M", "@type": "xsd:duration"}),
        "spatial": ("eq", {"@id": CHINA}),
        "terms:users": ("eq", "organization"),
    }
    assert [duty["action"] for duty in use["duty"]] == ["compensate"]
    assert derive == {
        "action": "derive",
        "constraint": use["constraint"],
        "duty": [{"uid": use["duty"][0]["uid"]}],
    }
    assert [rule["action"] for rule in policy["obligation"]] == ["delete", "acceptTracking"]
    assert {rule["action"] for rule in policy["prohibition"]} == {
        "distribute",
        "terms:identifyPersons",
    }


def test_what_is_paid_by_use_is_a_duty() -> None:
    """Of each band: what a unit costs beyond how many of a month, and the most of a month."""
    bands = (Band(100, Decimal("0.05")), Band(1000, Decimal("0.0125")))
    plan = Metered(unit="row", bands=bands, cap=Decimal(300))
    listing = listing_of(given.OFFER.terms)
    listing.plan = plan.as_json()
    use, derive = offer_policy(listing)["permission"]
    told = [
        {
            one["leftOperand"]: (one["operator"], one.get("unit", ""), value_of(one))
            for one in duty["constraint"]
        }
        for duty in use["duty"]
    ]
    cny = "urn:iso:4217:CNY"
    assert told == [
        {
            "payAmount": ("eq", cny, price),
            "terms:paidForEach": ("eq", "", "row"),
            "terms:unitsUsedInMonth": ("gt", "", above),
            "terms:payAmountOfMonth": ("lteq", cny, "300.00"),
        }
        for price, above in (("0.05", "100"), ("0.0125", "1000"))
    ]
    assert {duty["action"] for duty in use["duty"]} == {"compensate"}
    uids = [duty["uid"] for duty in use["duty"]]
    assert len(set(uids)) == 2
    assert derive["duty"] == [{"uid": uid} for uid in uids]
    listing.plan = replace(plan, base=Decimal(20)).as_json()
    use, _derive = offer_policy(listing)["permission"]
    assert [value_of(duty["constraint"][0]) for duty in use["duty"]] == ["20.00", "0.05", "0.0125"]


def value_of(constraint: dict[str, Any]) -> str:
    right = constraint["rightOperand"]
    return str(right["@value"] if isinstance(right, dict) else right)


def as_granted(policy: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each permission is bound by: left operands with operator and plain value."""
    return {
        rule["action"]: {
            bound["leftOperand"]: (
                bound["operator"],
                next(iter(bound["rightOperand"].values()))
                if isinstance(bound["rightOperand"], dict)
                else bound["rightOperand"],
            )
            for bound in rule["constraint"]
        }
        for rule in policy["permission"]
    }


def as_bound(terms: Terms) -> dict[str, tuple[str, str]]:
    """Return what the contract binds every use of the data by, from its terms alone."""
    bounds = {
        "purpose": ("eq", "Planning of bus lines"),
        "elapsedTime": ("lteq", "P7M"),
        "terms:users": ("eq", terms.users),
    }
    if terms.use != "any":
        bounds["terms:use"] = ("eq", terms.use)
    if terms.users == "named":
        bounds["terms:mostUsers"] = ("lteq", "9")
    if terms.territory == "china":
        bounds["spatial"] = ("eq", "https://www.iso.org/obp/ui/#iso:code:3166:CN")
    elif terms.territory == "named":
        bounds["spatial"] = ("eq", "Rivertown")
    if terms.quota_rows:
        name = {"licence": "terms:rowsTaken", "month": "terms:rowsTakenEachMonth"}
        bounds[name[terms.quota_window]] = ("lteq", "500")
    return bounds


def test_every_permission_is_bound_as_the_contract_is() -> None:
    """Over all combinations of clauses: purpose, term, users, place, kind and count of rows."""
    quotas = ((0, "licence"), (500, "licence"), (500, "month"))
    for onward, derived, users, place, use, (rows, window), price in product(
        OnwardTransfer.values,
        DerivedData.values,
        Users.values,
        Territory.values,
        Use.values,
        quotas,
        (Decimal(0), Decimal(5)),
    ):
        terms = Terms(
            purpose="Planning of bus lines",
            licence_months=7,
            onward_transfer=onward,
            derived_data=derived,
            users=users,
            most_users=9 if users == "named" else 0,
            territory=place,
            territory_name="Rivertown" if place == "named" else "",
            use=use,
            quota_rows=rows,
            quota_window=window,
        )
        policy = offer_policy(listing_of(terms, price))
        bounds = as_bound(terms)
        granted = as_granted(policy)
        if onward == "affiliates":
            own = granted["distribute"].pop("recipient")
            assert own == ("isPartOf", "terms:affiliates")
        actions = {"use", "derive"} | ({"distribute"} if onward != "none" else set())
        assert granted == dict.fromkeys(actions, bounds)
        duties = {rule["action"]: rule.get("duty", []) for rule in policy["permission"]}
        owed = {action: [duty.get("action") for duty in each] for action, each in duties.items()}
        assert ("compensate" in owed["use"]) == bool(price)
        paid = {duty["uid"] for each in duties.values() for duty in each if "uid" in duty}
        assert len(paid) == bool(price)
        assert all(
            (sum("uid" in duty for duty in each) == 1) == bool(price) for each in duties.values()
        )
        assert ("grantUse" in owed["derive"]) == (derived == "shared")
        assert ("transfer" in owed["derive"]) == (derived == "seller")
        assert ("nextPolicy" in owed.get("distribute", ())) == (onward == "allowed")
        assert odrl.terms_of_policy(policy) == terms


def test_a_prohibition_wins_over_the_use_that_includes_it() -> None:
    """ODRL takes a policy without a strategy for void where one rule permits what one forbids."""
    policy = offer_policy(listing_of(given.OFFER.terms))
    forbidden = {rule["action"] for rule in policy["prohibition"]}
    assert forbidden & INCLUDED_IN_USE
    assert policy["conflict"] == "prohibit"
    assert policy["conflict"] in CONFLICTS
    assert odrl.CONTEXT["conflict"] == {"@id": "odrl:conflict", "@type": "@vocab"}


def test_policy_is_frozen_with_the_sheet(world: World, page_of: PageClients) -> None:
    """Anybody loads it; its digest stands in the sheet."""
    listing = given.published(world)
    answer = page_of("").get(reverse("listing_policy", args=[listing.pk]))
    assert answer["Content-Type"] == "application/ld+json"
    policy = json.loads(answer.content)
    assert listing.sheet is not None
    assert policy["uid"] == f"urn:uuid:{listing.pk}"
    assert odrl.policy_digest(policy) == listing.sheet["digests"]["policy"]
    assert sheet_digest(listing.sheet) == listing.sheet_digest


def test_agreement_says_what_was_agreed(world: World, page_of: PageClients) -> None:
    """Both sides load the policy of their order, with the order's own terms."""
    order = given.placed(world)
    terms = replace(given.OFFER.terms, licence_months=3)
    Order.objects.filter(pk=order.pk).update(terms=terms.as_json())
    for person in ("buyer", "officer"):
        answer = page_of(person).get(reverse("order_policy", args=[order.pk]))
        policy = json.loads(answer.content)
        assert (policy["type"], policy["assignee"]) == (
            "Agreement",
            f"urn:uuid:{order.buyer_id}",
        )
        assert odrl.terms_of_policy(policy) == terms
    assert page_of("stranger").get(reverse("order_policy", args=[order.pk])).status_code == 404


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("use", {"use": "evil"}),
        ("territory", {"territory": "moon"}),
        ("territory_name", {"territory": "named"}),
        ("territory_name", {"territory": "named", "territory_name": "x" * 101}),
        ("users", {"users": "all"}),
        ("most_users", {"users": "named"}),
        ("most_users", {"users": "named", "most_users": 10_001}),
        ("deletion", {"deletion": "maybe"}),
        ("audit", {"audit": "daily"}),
    ],
)
def test_clause_that_breaks_a_rule(field: str, changes: dict[str, Any]) -> None:
    """Each rule names its field."""
    assert list(replace(given.OFFER.terms, **changes).problems()) == [field]


def test_terms_of_before_still_read() -> None:
    """Terms that were kept before there were these clauses bound nothing more than then."""
    old = {"purpose": "Any use", "licence_months": 60, "onward_transfer": "allowed"}
    terms = Terms.from_json(old)
    assert (terms.territory, terms.users, terms.audit) == ("worldwide", "organization", "yearly")

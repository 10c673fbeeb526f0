"""Each clause of a licence is said once: every door, paper and page has it from its class."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from marketplace.trading.listings.listing.forms import OfferForm
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Once, Subscription, plan_of
from marketplace.trading.listings.terms.clauses.base import Clause, Group, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules
from marketplace.trading.listings.terms.fields import AnswerField
from marketplace.trading.listings.terms.forms import form_fields
from marketplace.trading.listings.terms.serializers import TermsChangeIn, TermsIn
from marketplace.trading.listings.terms.terms import ASKED, Terms
from marketplace.trading.listings.terms.usage_policy import body_of_licence, body_of_sale
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import serializers
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.world import World

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PURPOSE = "Planning of bus lines."
SETTINGS = pytest.mark.parametrize(
    "changed",
    [{}, {"ACCEPTANCE_WORKING_DAYS": 10, "CONTRACT_LANGUAGE": "en"}],
    ids=["as-usual", "as-set"],
)


# What is left out means the same at each door.


@SETTINGS
def test_form_and_api_begin_with_the_same(changed: dict[str, Any]) -> None:
    """What a form shows at first is what the API takes for what is left out."""
    with override_settings(CENTRE={**settings.CENTRE, **changed}):
        sent = TermsIn(data={"purpose": PURPOSE})
        assert sent.is_valid(), sent.errors
        for name, field in form_fields().items():
            if name != "purpose":
                shown = field.initial() if callable(field.initial) else field.initial
                assert shown == ASKED[name].shown(sent.validated_data[name]) or not shown, name
        assert Terms.from_json(sent.validated_data) == Terms.offered({"purpose": PURPOSE})


def test_form_and_api_offer_the_same_answers() -> None:
    """In the same words, and what a form marks is what the API refuses to do without."""
    of_api = TermsIn().fields
    for name, field in form_fields().items():
        asked = of_api[name]
        if isinstance(field, AnswerField) and isinstance(asked, serializers.ChoiceField):
            offered: Any = field.choices
            assert {code for code, _label in offered} - {""} == set(asked.choices), name
    assert [name for name, field in of_api.items() if field.required] == ["purpose"]
    assert not any(field.required for field in TermsChangeIn().fields.values())


def offered_by_page(world: World, page_of: PageClients, pk: UUID) -> Any:
    """Return what the page answers to an offer that says nothing but its purpose."""
    sent = {**given.OFFER.texts(), "price": "12000.00", "delivery_mode": "file"}
    return page_of("officer").post(
        reverse("listing_draft", args=[pk]), {**sent, "purpose": PURPOSE}
    )


@SETTINGS
def test_an_offer_that_says_only_its_purpose(
    world: World, api_of: ApiClients, page_of: PageClients, changed: dict[str, Any]
) -> None:
    """It is the same offer at both doors, whatever the centre has set, and stays so revised."""
    version = given.masked(world)
    texts = {**given.OFFER.texts(), "price": "12000.00"}
    with override_settings(CENTRE={**settings.CENTRE, **changed}):
        assert offered_by_page(world, page_of, version.pk).status_code == 302
        drafted = Listing.objects.get()
        body = {**texts, "terms": {"purpose": PURPOSE}}
        answer = api_of("officer").post(
            reverse("api_draft_listing", args=[version.pk]), body, format="json"
        )
        # The same draft again answers the one that waits.
        assert answer.json()["id"] == str(drafted.pk)
        assert drafted.terms == Terms.offered({"purpose": PURPOSE}).as_json()
        assert drafted.terms["territory"] == "china"
        days = changed.get("ACCEPTANCE_WORKING_DAYS", 5)
        assert drafted.terms["acceptance_days"] == days
        otherwise = {**body, "terms": {"purpose": PURPOSE, "audit": "none"}}
        api_of("officer").post(
            reverse("api_revise_listing", args=[drafted.pk]), otherwise, format="json"
        )
        drafted.refresh_from_db()
        assert drafted.terms == Terms.offered({"purpose": PURPOSE, "audit": "none"}).as_json()
        page_of("officer").post(
            reverse("listing_revise", args=[drafted.pk]),
            {**texts, "delivery_mode": "file", "purpose": PURPOSE},
        )
        drafted.refresh_from_db()
        assert drafted.terms == Terms.offered({"purpose": PURPOSE}).as_json()


AGREED = replace(
    given.OFFER.terms,
    territory="named",
    territory_name="Rivertown",
    acceptance_days=9,
    audit="any-time",
    restrictions="Not for advertising.",
    use="research",
    language="en",
)
"""Terms that differ from what is usual."""


@pytest.mark.parametrize("door", ["page", "api"])
def test_an_offer_against_an_offer_changes_what_it_names(
    world: World, api_of: ApiClients, page_of: PageClients, door: str
) -> None:
    order = given.placed(world, given.published(world, terms=AGREED))
    latest = latest_proposal(order)
    assert latest is not None
    if door == "page":
        page_of("officer").post(
            reverse("order_counter", args=[order.pk]),
            {"price": "12000.00", "licence_months": 6, "answers": latest.digest},
        )
    else:
        body = {"offer": latest.digest, "terms": {"licence_months": 6}}
        api_of("officer").post(reverse("api_counter_order", args=[order.pk]), body, format="json")
    changed = Order.objects.get(pk=order.pk)
    assert changed.agreed_terms == replace(order.agreed_terms, licence_months=6)


@pytest.mark.parametrize("door", ["page", "api"])
def test_an_amendment_changes_what_it_names(
    world: World, api_of: ApiClients, page_of: PageClients, door: str
) -> None:
    order = given.signed(world, given.placed(world, given.published(world, terms=AGREED)))
    pk = order.contract.pk
    if door == "page":
        page_of("officer").post(reverse("contract_amend", args=[pk]), {"licence_months": 24})
    else:
        api_of("officer").post(
            reverse("api_propose_amendment", args=[pk]),
            {"terms": {"licence_months": 24}},
            format="json",
        )
    proposed = Terms.from_json(Amendment.objects.get().terms)
    assert proposed == replace(order.agreed_terms, licence_months=24)


def test_an_order_at_other_terms_changes_what_it_names(world: World, api_of: ApiClients) -> None:
    listing = given.published(world, terms=AGREED)
    body = {
        "purpose": given.PURPOSE,
        "request_key": "k",
        "terms": {"licence_months": 24},
    }
    answer = api_of("buyer").post(
        reverse("api_place_order", args=[listing.pk]), body, format="json"
    )
    assert answer.status_code == 201, answer.content
    asked = Order.objects.get().agreed_terms
    assert asked == replace(Terms.from_json(listing.terms), licence_months=24)


def test_what_somebody_empties_is_refused(world: World) -> None:
    """An emptied field is no field that was left out: nobody agrees to what they took away."""
    sent = {**given.OFFER.texts(), "delivery_mode": "file", "purpose": PURPOSE}
    emptied = {"licence_months": "", "territory": "", "dispute": ""}
    form = OfferForm({**sent, **emptied}, version=given.masked(world))
    assert set(form.errors) == set(emptied)


def test_what_is_usual_of_a_subscription() -> None:
    """A year, paid each month, for a program as for a form."""
    plan = plan_of({"kind": "subscription", "price": "10.00"})
    assert plan == Subscription(amount=Decimal("10.00"), period_months=1, periods=12)


@pytest.mark.parametrize("emptied", [{}, {"periods": ""}], ids=["left-out", "emptied"])
def test_a_subscription_that_says_only_its_price(
    world: World, page_of: PageClients, emptied: dict[str, str]
) -> None:
    """Left out it is a year; emptied it is refused."""
    sent = {**given.OFFER.texts(), "delivery_mode": "file", "purpose": PURPOSE, **emptied}
    plan = {"plan": "subscription", "price": "10.00"}
    address = reverse("listing_draft", args=[given.masked(world).pk])
    answer = page_of("officer").post(address, {**sent, **plan})
    assert (answer.status_code == 302) == (not emptied)
    if not emptied:
        kept = Listing.objects.get().plan
        assert (kept["period_months"], kept["periods"]) == (1, 12)


# What is kept says what it said.


KEPT: dict[str, tuple[dict[str, Any], str, str]] = {
    "little": (
        {},
        "7582557e53953272b25ce052e0a7a7a9ebd451c883261e9748853d44e07ed1fe",
        "5b0c668e097a34ee8b0be1d77626cca20e654d15255afe61172460d575eb3ac8",
    ),
    "a part": (
        {
            "columns": ("a", "b"),
            "rows": (["a", "ge", 3], ["b", "null"], ["c", "in", ["x", "y"]]),
            "use": "models",
            "territory": "china",
        },
        "bd28108ccc1e6c8fe669a653cffc0790b640a45f726a3de1d05d60ac0f4f0a3a",
        "22b1bcdbd243655ed8158101e1ff53ba97ea96313783c99f13fcb150c56603fc",
    ),
    "named": (
        {
            "is_marked": True,
            "columns": ("a",),
            "territory": "named",
            "territory_name": "杭州",
            "users": "named",
            "most_users": 1200,
        },
        "dd8a85fb1a52242162d936696b9eccef3887dd9c3629c0c8757be8c5fa5d2cba",
        "8e5e5764b253213b048e61d4086a68c32358e6ea905832c7c080eb239670c15d",
    ),
    "promised": (
        {
            "revision_every": "day",
            "credit_percent": 10,
            "credit_most": 30,
            "language": "en+zh-hans",
        },
        "b281b3e230ebc46d744b8cf40681579a29a57bf52ab71a1f6f798e0c08692783",
        "b18431010463e5e0debc1c093b2a4cdc65b368405b8254cb1a3d2f249febb046",
    ),
}
"""Terms, and the digests of their canonical JSON and of their policy as sheets and contracts that
are signed have them."""


@pytest.mark.parametrize("kept", KEPT)
def test_a_digest_that_was_signed_still_holds(kept: str) -> None:
    """A clause that is new adds to terms of before neither a rule nor a value."""
    values, of_terms, of_policy = KEPT[kept]
    said = {"purpose": "Plan & <price>.\nOf all", "language": "zh-hans", **values}
    terms = Terms(**said)
    known = {name: one for name, one in terms.as_json().items() if name in NAMES}
    assert digest(known) == of_terms
    paid = Once(amount=Decimal(5))
    sides: dict[str, Any] = {"target": UUID(int=7), "assigner": UUID(int=7)}
    policy = body_of_licence(terms, payment="p", plan=paid, currency="CNY", **sides)
    assert digest(policy) == of_policy
    assert Terms(**Terms.from_policy(Policy(policy))) == terms
    sale = body_of_sale(terms, payment="p", plan=paid, currency="CNY", **sides)
    assert sale["terms:contractLanguage"] == said["language"]


NAMES = {
    *("purpose", "restrictions", "licence_months", "is_exclusive", "public_purpose"),
    *("acceptance_days", "onward_transfer", "derived_data", "deletion_days", "dispute"),
    *("columns", "rows", "is_marked", "use", "territory", "territory_name", "users"),
    *("most_users", "deletion", "audit", "quota_rows", "quota_window", "revision_every"),
    *("revision_grace", "credit_percent", "credit_most", "language"),
}
"""What terms held when those digests were made."""


def digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(values)).hexdigest()


def test_terms_from_before_a_clause_bind_nothing_more() -> None:
    """What is kept without a value means what it meant: not what an offer of today says."""
    old = Terms.from_json({"purpose": PURPOSE})
    assert (old.territory, old.acceptance_days) == ("worldwide", 5)
    assert Terms.offered({"purpose": PURPOSE}).territory == "china"


# What a clause is.


def test_a_clause_that_leaves_something_out_is_refused_at_import() -> None:
    with pytest.raises(TypeError, match="in_contract, from_policy"):

        @dataclass(frozen=True, kw_only=True)
        class Forgetful(Clause):
            group = Group.USE
            place = Place.RIGHTS

            def facts(self) -> list[tuple[str, str]]:
                return []

            def in_policy(self, *, seller: str) -> Rules:
                return Rules()


def test_each_value_has_one_name_and_one_label() -> None:
    """A form, the API and the kept data know a value by its name alone, and people by its label."""
    assert list(Terms(purpose=PURPOSE).as_json()) == list(ASKED)
    labels = [str(asked.label) for asked in ASKED.values()]
    assert len(labels) == len(set(labels))


def test_templates_name_no_clause() -> None:
    """They go over groups and places, so that a clause shows by itself."""
    named = re.compile(rf"\b(?:form|terms)\.({'|'.join(ASKED)})\b")
    for path in OF_TERMS:
        text = (TEMPLATES / "trading" / path).read_text(encoding="utf-8")
        assert not named.findall(text), path


OF_TERMS = (
    *("listings/listing_draft.html", "orders/partials/terms_form.html"),
    *("orders/contract.txt", "orders/contract_of_sale.txt", "orders/amendment.txt"),
)
"""The templates that ask for terms, or say them."""

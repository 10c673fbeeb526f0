"""For what sum somebody may sign alone: owners say so, of others, on record."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from django.db.utils import Error as AnyError
from django.urls import reverse

from marketplace.accounts.acts import acts_on_person
from marketplace.accounts.invitation.services import accept_invitation
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.member.services import deactivate_person, make_owner, step_down
from marketplace.accounts.models import Invitation
from marketplace.accounts.roles import Role
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from tests.conftest import ApiClients, PageClients
from tests.given.letters import secret_of
from tests.given.limits import LIMIT, limited
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World, invite

D = Decimal


def test_who_was_set_none_has_the_centres(world: World, settings: LazySettings) -> None:
    """Zero, unless whoever runs the centre says otherwise; owners sign for any sum."""
    clerk, owner = world.person("second_buyer").pk, world.person("buyer").pk
    assert mandate_of(clerk).limit == 0
    assert not mandate_of(clerk).covers(D("0.01"))
    assert mandate_of(clerk).covers(D(0))
    assert mandate_of(owner).covers(None)
    settings.CENTRE = {**settings.CENTRE, "SIGNING_LIMIT": "100"}
    assert mandate_of(clerk).covers(D("100.00"))
    assert not mandate_of(clerk).covers(D("100.01"))
    assert not mandate_of(clerk).covers(None), "nothing bounds the sum"


def test_an_owner_sets_it_and_the_person_is_told(world: World) -> None:
    """The last one holds, and the ledger keeps the sum with ids alone."""
    person = limited(world)
    catch_up()
    mandate = mandate_of(person.pk)
    assert (mandate.limit, mandate.given_by_id) == (LIMIT, world.person("buyer").pk)
    told = Notice.objects.filter(kind="signing_limit_set").values_list("person__email", flat=True)
    assert set(told) == {"buyer@example.org", "second_buyer@example.org"}
    payload = Entry.objects.get(kind="accounts.signing_limit_set").payload
    assert (payload["limit"], payload["currency"]) == ("5000.00", "CNY")
    limited(world)
    assert SigningLimit.objects.count() == 1, "the same again changes nothing"
    limited(world, limit=D(10))
    assert mandate_of(person.pk).limit == D(10)
    assert list(SigningLimit.objects.values_list("number", flat=True)) == [1, 2]


def test_it_is_given_with_the_invitation(world: World, page_of: PageClients) -> None:
    """Else whoever joins waits for the owner a second time; it is the owner who gave it."""
    company = world.organization("buyer")
    sent = {"email": "clerk@example.org", "roles": ["buyer"], "limit": "2500.00"}
    page_of("buyer").post(reverse("person_invite", args=[company.pk]), sent)
    invitation = Invitation.objects.get(email="clerk@example.org")
    joined = accept_invitation(
        secret=secret_of(invitation), name="Clerk", password=PASSWORD, by=NOBODY
    )
    mandate = mandate_of(joined.pk)
    assert (mandate.limit, mandate.given_by_id) == (D("2500.00"), world.person("buyer").pk)
    payload = Entry.objects.get(
        kind="accounts.person_invited", subject=f"invitation:{invitation.pk}"
    )
    assert payload.payload["limit"] == "2500.00"


def test_no_sum_is_refused_with_the_invitation(world: World, api_of: ApiClients) -> None:
    """Nobody is invited by what cannot be kept."""
    address = reverse("api_invite_person", args=[world.organization("buyer").pk])
    sent = {"email": "clerk@example.org", "roles": ["buyer"], "limit": "-1"}
    assert api_of("buyer").post(address, sent).status_code == 422
    assert not Invitation.objects.filter(email="clerk@example.org").exists()


@pytest.mark.parametrize("limit", ["-1", "1.005", "NaN", "Infinity", "1e30"])
def test_what_is_no_sum(world: World, limit: str) -> None:
    """Below zero, of half a cent, without end."""
    with pytest.raises(Invalid):
        limited(world, limit=D(limit))
    assert not SigningLimit.objects.exists()


@pytest.mark.parametrize("by", ["second_buyer", "administrator", "reviewer"])
def test_nobody_but_an_owner(world: World, by: str) -> None:
    """Least of all the person themselves; a stranger does not even see them."""
    with pytest.raises(NotAllowed):
        limited(world, by=by)
    with pytest.raises(NotFound):
        limited(world, by="stranger")
    assert not SigningLimit.objects.exists()


def test_nobody_sets_their_own(world: World) -> None:
    """Nor that of their second account, nor by raw SQL; who owns has none."""
    owner = world.person("buyer")
    with pytest.raises(NotAllowed):
        limited(world, "buyer")
    invite(world, "buyer", "buyer+clerk", {Role.BUYER})
    other = world.person("buyer+clerk")
    with pytest.raises(NotAllowed):
        limited(world, "buyer+clerk")
    assert not acts_on_person(other, world.actor("buyer"))["set_signing_limit"]
    for person, by, said in (
        (owner, owner, "not_own|four eyes"),
        (other, owner, "four eyes"),
    ):
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            SigningLimit.objects.create(person=person, number=1, amount=LIMIT, set_by_id=by.pk)
    make_owner(world.person("second_buyer").pk, by=world.actor("buyer"))
    with pytest.raises(WrongState) as refused:
        limited(world)
    assert refused.value.code == "is-owner"


def test_limits_only_grow(world: World) -> None:
    """A signature names the one that held; nobody changes or takes it away."""
    limited(world)
    for statement in (
        "UPDATE accounts_signinglimit SET amount = 1000000",
        "DELETE FROM accounts_signinglimit",
    ):
        with pytest.raises(AnyError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert SigningLimit.objects.get().amount == LIMIT


def test_it_holds_again_for_who_owns_no_more(world: World) -> None:
    """And whoever cannot sign in signs for nothing."""
    person = limited(world)
    make_owner(person.pk, by=world.actor("buyer"))
    assert mandate_of(person.pk).covers(None)
    step_down(person.pk, by=world.actor("second_buyer"))
    assert mandate_of(person.pk).limit == LIMIT
    deactivate_person(person.pk, by=world.actor("buyer"))
    assert not mandate_of(person.pk).covers(D(0))


def test_page_and_api_say_it(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Who set it, when, and what holds for an owner."""
    person = limited(world)
    page = page_of("second_buyer").get(reverse("person_roles", args=[person.pk])).content.decode()
    assert "signs alone for up to 5,000.00 CNY, as Buyer set it on" in page
    assert "nobody sets their own limit" in page
    owner = world.person("buyer")
    page = page_of("buyer").get(reverse("person_roles", args=[owner.pk])).content.decode()
    assert "is an owner and signs for any sum" in page
    told = api_of("buyer").get(reverse("api_get_person", args=[person.pk])).json()["mandate"]
    assert (told["limit"], told["given_by"]) == ("5000.00", str(owner.pk))
    told = api_of("buyer").get(reverse("api_get_person", args=[owner.pk])).json()["mandate"]
    assert (told["limit"], told["is_owner"]) == (None, True)


def test_by_an_act_alone(world: World) -> None:
    """What is asked of the rule is asked of the act."""
    person = world.person("second_buyer")
    assert acts_on_person(person, world.actor("buyer"))["set_signing_limit"]
    set_signing_limit(person.pk, limit=LIMIT, by=world.actor("buyer"))

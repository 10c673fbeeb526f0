"""Accounts of one human being are one person: by mailbox, by identity document, at once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from marketplace.accounts.actors import actor_of
from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.invitation.services import accept_invitation
from marketplace.accounts.models import IdentityKey, Invitation, Person
from marketplace.accounts.person.mailboxes import mailbox_of
from marketplace.accounts.proposal.services import approve_change, propose_invitation
from marketplace.accounts.roles import Role
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.ledger.models import Entry
from marketplace.ledger.selectors import entries_about
from tests.given.letters import secret_of
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World

RESIDENT = "11010519491231002X"
OTHER_RESIDENT = "350102198506151231"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@example.org", "ADA@Example.ORG"),
        ("ada+pay@example.org", "ada+review@example.org"),
        ("ada.l@gmail.com", "adal+x@googlemail.com"),
        ("ada@例子.example", "ada@xn--fsqu00a.example"),
        ("ａda@example.org", "ada@example.org"),
    ],
)
def test_addresses_of_one_mailbox(one: str, other: str) -> None:
    assert mailbox_of(one) == mailbox_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.da@example.org", "ada@example.org"),
        ("ada@example.org", "ada@example.com"),
        ("+a@example.org", "+b@example.org"),
    ],
)
def test_other_mailboxes(one: str, other: str) -> None:
    assert mailbox_of(one) != mailbox_of(other)


def joined(world: World, email: str, role: Role) -> Person:
    """Have both administrators of the centre invite an address, and join by it."""
    proposal = propose_invitation(
        world.organization("administrator").pk,
        email=email,
        roles=frozenset({role.value}),
        reason="Contract of employment",
        by=world.actor("administrator"),
    )
    approve_change(proposal.pk, by=world.actor("second_administrator"))
    secret = secret_of(Invitation.objects.get(email=email))
    return accept_invitation(secret=secret, name="Somebody", password=PASSWORD, by=NOBODY)


def test_two_addresses_of_one_mailbox_are_one_person(world: World) -> None:
    one = joined(world, "eve+a@example.org", Role.REVIEWER)
    assert one.human_id is None
    other = joined(world, "eve+b@example.org", Role.FINANCE)
    one.refresh_from_db()
    assert one.human_id == other.human_id is not None
    assert actor_of(one, door=NOBODY.door).is_person(other.pk)
    assert actor_of(other, door=NOBODY.door).is_person(one.pk)
    assert not world.actor("reviewer").is_person(one.pk)
    labels = [str(entry.label) for entry in entries_about(f"person:{other.pk}")]
    assert "Found to be one person's account" in labels


def test_one_document_makes_one_person_of_two_mailboxes(world: World) -> None:
    reviewer, treasurer = world.person("reviewer"), world.person("treasurer")
    by = world.actor("administrator")
    record_identity(reviewer.pk, document=DocumentKind.RESIDENT, number=RESIDENT, by=by)
    record_identity(treasurer.pk, document=DocumentKind.RESIDENT, number=OTHER_RESIDENT, by=by)
    assert not world.actor("reviewer").is_person(treasurer.pk)
    spaced = f" {RESIDENT[:6].lower()} {RESIDENT[6:].lower()} "
    record_identity(treasurer.pk, document=DocumentKind.RESIDENT, number=spaced, by=by)
    assert world.actor("reviewer").is_person(treasurer.pk)
    assert world.actor("treasurer").is_person(reviewer.pk)


def test_a_third_account_brings_all_together(world: World) -> None:
    by = world.actor("administrator")
    one = joined(world, "eve+a@example.org", Role.REVIEWER)
    other = joined(world, "mallory+a@example.org", Role.FINANCE)
    third = joined(world, "mallory+b@example.org", Role.REVIEWER)
    for person in (one, third):
        record_identity(person.pk, document=DocumentKind.PASSPORT, number="E1234567", by=by)
    other.refresh_from_db()
    assert actor_of(other, door=NOBODY.door).other_accounts == {one.pk, third.pk}


def test_an_organization_makes_no_reviewer_its_own(world: World) -> None:
    """Who manages people notes no documents: the reviewer could decide on nothing of theirs."""
    with pytest.raises(NotAllowed):
        record_identity(
            world.person("colleague").pk,
            document=DocumentKind.RESIDENT,
            number=RESIDENT,
            by=world.actor("officer"),
        )


def test_a_mistaken_number_is_corrected(world: World) -> None:
    """What it had joined is parted; who shares a mailbox stays joined."""
    by = world.actor("administrator")
    reviewer, treasurer = world.person("reviewer"), world.person("treasurer")
    for person in (reviewer, treasurer):
        record_identity(person.pk, document=DocumentKind.RESIDENT, number=RESIDENT, by=by)
    record_identity(treasurer.pk, document=DocumentKind.RESIDENT, number=OTHER_RESIDENT, by=by)
    assert not world.actor("reviewer").is_person(treasurer.pk)
    assert not world.actor("treasurer").is_person(reviewer.pk)
    one = joined(world, "eve+a@example.org", Role.REVIEWER)
    other = joined(world, "eve+b@example.org", Role.FINANCE)
    record_identity(other.pk, document=DocumentKind.PASSPORT, number="E1234567", by=by)
    other.refresh_from_db()
    assert actor_of(other, door=NOBODY.door).is_person(one.pk)


@pytest.mark.postgres
def test_one_document_noted_at_once_makes_one_person(committed_database: None) -> None:
    """Nobody waits for who waits for them."""
    world = World()
    by = world.actor("administrator")
    names = ("reviewer", "second_reviewer", "treasurer", "officer", "buyer", "stranger")
    people = [world.person(name) for name in names]
    answers = at_once(
        len(people),
        lambda number: record_identity(
            people[number].pk, document=DocumentKind.RESIDENT, number=RESIDENT, by=by
        ),
    )
    assert [type(answer) for answer in answers] == [Person] * len(people)
    keys = {person.pk for person in people}
    assert world.actor("buyer").other_accounts == keys - {world.person("buyer").pk}


def test_the_same_number_of_another_document_is_another(world: World) -> None:
    by = world.actor("administrator")
    for name, document in (("reviewer", DocumentKind.PASSPORT), ("treasurer", DocumentKind.TRAVEL)):
        record_identity(world.person(name).pk, document=document, number="E1234567", by=by)
    assert not world.actor("reviewer").is_person(world.person("treasurer").pk)


@pytest.mark.parametrize("number", ["", "11010519491231002", "110105194912310021", "E-1"])
def test_a_number_that_is_none(world: World, number: str) -> None:
    person = world.person("reviewer")
    with pytest.raises(Invalid) as refusal:
        record_identity(
            person.pk,
            document=DocumentKind.RESIDENT,
            number=number,
            by=world.actor("administrator"),
        )
    assert refusal.value.code == "document-number-wrong"


@pytest.mark.parametrize(
    ("by", "error"),
    [
        ("administrator", NotAllowed),
        ("reviewer", NotAllowed),
        ("treasurer", NotAllowed),
        ("officer", NotFound),
        ("buyer", NotFound),
    ],
)
def test_nobody_notes_their_own_and_strangers_note_none(
    world: World, by: str, error: type[Exception]
) -> None:
    person = world.person("administrator")
    with pytest.raises(error):
        record_identity(
            person.pk, document=DocumentKind.RESIDENT, number=RESIDENT, by=world.actor(by)
        )
    assert world.person("administrator").identity_digest == ""


def test_the_number_is_kept_nowhere(world: World) -> None:
    record_identity(
        world.person("reviewer").pk,
        document=DocumentKind.RESIDENT,
        number=RESIDENT,
        by=world.actor("administrator"),
    )
    kept = world.person("reviewer").identity_digest
    assert len(kept) == 64
    assert IdentityKey.objects.count() == 1
    told = repr(list(Entry.objects.values()))
    assert "identity_recorded" in told
    assert RESIDENT not in told
    assert kept not in told


def test_the_database_keeps_one_person_apart_too(world: World) -> None:
    """A second account decides on what the first submitted: refused by raw SQL."""
    one = joined(world, "eve+a@example.org", Role.REVIEWER)
    other = joined(world, "eve+b@example.org", Role.REVIEWER)
    organization = world.organization("officer")
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            "UPDATE accounts_organization SET applied_by_id = %s, verified_by_id = %s "
            "WHERE id = %s",
            [key(one), key(world.person("reviewer")), key(organization)],
        )
    with (
        pytest.raises(IntegrityError),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        cursor.execute(
            "UPDATE accounts_organization SET verified_by_id = %s WHERE id = %s",
            [key(other), key(organization)],
        )


def test_what_was_decided_before_goes_on(world: World) -> None:
    """Accounts that are joined later leave rows that their holder decided on as they are."""
    organization = world.organization("officer")
    one, other = world.person("officer"), world.person("administrator")
    assert (organization.applied_by_id, organization.verified_by_id) == (one.pk, other.pk)
    Person.objects.filter(pk__in=[one.pk, other.pk]).update(human_id=one.pk)
    organization.contact = "2 Market Square"
    organization.save(update_fields=["contact"])
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        organization.save(update_fields=["verified_by_id"])


def key(row: Model) -> str:
    """Return the id as the database keeps it."""
    return str(row.pk) if connection.vendor == "postgresql" else row.pk.hex

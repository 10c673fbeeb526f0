"""A refused application is corrected; one that nobody followed up keeps no address and no code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from marketplace.accounts.models import Organization, Person
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.rules import missing_documents
from marketplace.accounts.organization.services import (
    apply_organization,
    lapse_applications,
    reapply_organization,
    refuse_organization,
    verify_organization,
)
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import clock
from marketplace.core.actor import NOBODY, Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.review.models import OrganizationDocument
from marketplace.review.services import attach_document
from tests.conftest import PageClients
from tests.given.letters import letter_to, proved
from tests.given.pipeline import catch_up
from tests.given.state import all_rows, changed_tables, kept_rows
from tests.given.vault import scan
from tests.given.world import PASSWORD, World, code, documented, examined

SYSTEM = Actor.system(Door.TASK)
TIME = timedelta(days=settings.CENTRE["APPLICATION_DAYS"])
CODE = code("pending")
CORRECTED: dict[str, Any] = {
    "name": "Corrected Ltd",
    "contact": "2 New Street",
    "is_abroad": False,
}


def applied(email: str, *, uscc: str = CODE) -> Organization:
    """Let somebody apply for a company."""
    return apply_organization(
        name="Somebody Ltd",
        kind=OrganizationKind.COMPANY,
        uscc=uscc,
        contact="1 Old Street",
        person_name="Some Body",
        email=email,
        password=PASSWORD,
        roles=frozenset({"buyer"}),
        by=NOBODY,
    )


def tables_naming(text: str) -> list[str]:
    """Return every table in which a text stands."""
    return [table for table, rows in all_rows().items() if any(text in str(row) for row in rows)]


def refused(world: World) -> Organization:
    """Refuse an application with its documents."""
    proved(world.person("pending"))
    pk = documented(world.organization("pending").pk).pk
    return refuse_organization(pk, reason="The mandate is old.", by=world.actor("administrator"))


def test_whoever_was_refused_corrects_it_and_is_let_in(world: World) -> None:
    """The page said "apply again", and the form answered that the code is registered already."""
    pk = refused(world).pk
    catch_up()
    again = reapply_organization(pk, uscc=CODE, **CORRECTED, by=world.actor("pending"))
    assert (again.state, again.reason, again.name) == ("pending", "", "Corrected Ltd")
    assert len(missing_documents(again)) == len(OrganizationDocumentKind)
    examined(pk)
    assert verify_organization(pk, by=world.actor("administrator")).state == "verified"


def test_the_documents_of_a_refused_application_are_destroyed(world: World) -> None:
    """They show who represents somebody with whom the centre has nothing to do."""
    pk = world.organization("pending").pk
    proved(world.person("pending"))
    kept = attach_document(
        pk,
        kind=OrganizationDocumentKind.MANDATE,
        upload=scan("Mandate"),
        by=world.actor("pending"),
    )
    refuse_organization(pk, reason="Why", by=world.actor("administrator"))
    reapply_organization(pk, uscc=CODE, **CORRECTED, by=world.actor("pending"))
    # The reaction comes late: what is attached anew by then stays, be it the same file.
    again = attach_document(
        pk,
        kind=OrganizationDocumentKind.MANDATE,
        upload=scan("Mandate"),
        by=world.actor("pending"),
    )
    assert again.pk != kept.pk
    catch_up()
    removed = {
        each.pk: each.file.removed_at is not None
        for each in OrganizationDocument.objects.filter(pk__in=[kept.pk, again.pk])
    }
    assert removed == {kept.pk: True, again.pk: False}


def test_a_refused_application_keeps_nobody_from_the_code(world: World) -> None:
    """Somebody else applied with it; they cannot take it back once it is the company's."""
    pk = refused(world).pk
    owner = applied("owner@example.org")
    assert owner.state == "pending"
    kept = kept_rows()
    with pytest.raises(Invalid) as told:
        reapply_organization(pk, uscc=CODE, **CORRECTED, by=world.actor("pending"))
    assert list(told.value.fields) == ["uscc"]
    assert changed_tables(kept) == []


def test_what_nobody_followed_up_blocks_neither_address_nor_code(world: World) -> None:
    """A stranger typed another's address and another company's code."""
    Organization.objects.filter(pk=world.organization("pending").pk).update(uscc="x")
    forged = applied("victim@example.org")
    with pytest.raises(Invalid):
        applied("owner@example.org")
    with clock.stopped_at(clock.now() + TIME - timedelta(hours=1)):
        assert lapse_applications(by=SYSTEM) == 0
    with clock.stopped_at(clock.now() + TIME + timedelta(hours=1)):
        lapse_applications(by=SYSTEM)
        assert lapse_applications(by=SYSTEM) == 0
        catch_up()
        forged.refresh_from_db()
        assert forged.state == "refused"
        assert tables_naming("victim@example.org") == []
        assert tables_naming("Some Body") == []
        assert applied("victim@example.org").state == "pending"
    assert letter_to("victim@example.org") == "", "nobody is told of what was not theirs"


def test_what_lapsed_opens_nothing(world: World, page_of: PageClients) -> None:
    """An open session of whoever applied ends too."""
    client = page_of("pending")
    assert client.get("/desk/", follow=True).status_code == 200
    with clock.stopped_at(clock.now() + TIME + timedelta(hours=1)):
        lapse_applications(by=SYSTEM)
        assert not Person.objects.filter(email="pending@example.org").exists()
        assert "/login/" in client.get("/desk/").headers["Location"]


def test_whoever_proved_the_address_never_lapses(world: World) -> None:
    """However long the centre takes."""
    proved(world.person("pending"))
    with clock.stopped_at(clock.now() + 10 * TIME):
        assert lapse_applications(by=SYSTEM) == 0
    with pytest.raises(NotAllowed):
        lapse_applications(by=world.actor("administrator"))


def test_whoever_proved_nothing_does_not_apply_again(world: World) -> None:
    """Else an application lived for ever without an address."""
    pk = world.organization("pending").pk
    refuse_organization(pk, reason="Why", by=world.actor("administrator"))
    kept = kept_rows()
    with pytest.raises(WrongState) as told:
        reapply_organization(pk, uscc=CODE, **CORRECTED, by=world.actor("pending"))
    assert told.value.code == "address-unproved"
    assert changed_tables(kept) == []

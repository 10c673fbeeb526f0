"""Links go to mailboxes alone: of whom is invited, and of whoever applies."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from marketplace.accounts.invitation.services import (
    accept_invitation,
    invite_person,
    resend_invitation,
    send_invitation,
    withdraw_invitation,
)
from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.organization.services import verify_organization
from marketplace.accounts.person.letters import PROOF_LIFE, signed_address
from marketplace.accounts.person.services import (
    ask_for_address_proof,
    prove_address,
    send_address_proof,
)
from marketplace.accounts.tasks import send_address_letter, send_invitation_letter
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import NotFound, WrongState
from marketplace.web.mail import MailRefused
from tests.conftest import ApiClients, PageClients
from tests.given.letters import letter_to, secret_in, secret_of, sent_long_ago, signed_in_letter
from tests.given.state import changed_tables, kept_rows
from tests.given.world import PASSWORD, World, let_in

NEW = "nina@example.org"


def invited(world: World) -> Invitation:
    """Invite somebody to the seller's organization."""
    return invite_person(
        world.organization("officer").pk,
        email=NEW,
        roles=frozenset({"officer"}),
        by=world.actor("officer"),
    )


def test_the_inviter_never_sees_the_secret(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """One person made two accounts with it, and decided on what the other had submitted."""
    bureau = world.organization("officer").pk
    sent = {"email": NEW, "roles": ["officer"]}
    page = page_of("officer").post(reverse("person_invite", args=[bureau]), sent, follow=True)
    answer = api_of("officer").post(reverse("api_invite_person", args=[bureau]), sent)
    assert NEW in page.content.decode()
    assert answer.status_code == 201
    told = page.content.decode() + answer.content.decode()
    assert "invitation_" not in told
    assert mail.outbox == [], "it is made when the letter leaves"
    assert not Invitation.objects.filter(email=NEW, secret_digest__isnull=False).exists()
    for invitation in Invitation.objects.filter(email=NEW):
        send_invitation_letter(str(invitation.pk))
        secret = secret_in(letter_to(NEW))
        shown = page_of("officer").get(reverse("organization_detail", args=[bureau]))
        assert secret not in shown.content.decode()
        assert secret not in api_of("officer").get(reverse("api_list_invitations")).content.decode()
    assert [letter.to for letter in mail.outbox] == [[NEW], [NEW]]


def test_the_letter_is_in_both_languages(world: World) -> None:
    """Nobody knows yet which one the invited person reads."""
    secret_of(invited(world))
    letter = letter_to(NEW)
    assert "invites you to act for it here" in letter
    assert "邀请" in letter


def test_a_letter_leaves_once(world: World) -> None:
    """The task may come twice: the link that somebody has keeps opening."""
    invitation = invited(world)
    secret = secret_of(invitation)
    assert not send_invitation(invitation.pk)
    assert accept_invitation(secret=secret, name="Nina", password=PASSWORD, by=NOBODY).email == NEW


def test_a_letter_that_did_not_leave_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, page_of: PageClients
) -> None:
    """And the secret of the attempt opens nothing once another one left; who invited reads why."""
    invitation = invited(world)
    page = reverse("organization_detail", args=[invitation.organization_id])

    def away(*_parts: object, **_options: object) -> None:
        raise OSError("The mail server is away.")

    with monkeypatch.context() as patch:
        patch.setattr("marketplace.accounts.invitation.letters.send_plain", away)
        with pytest.raises(OSError, match="away"):
            send_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert invitation.sent_at is None
    assert "The mail server did not answer" in page_of("officer").get(page).content.decode()
    first = invitation.secret_digest
    secret_of(invitation)
    invitation.refresh_from_db()
    assert invitation.secret_digest != first
    assert invitation.state == "sent"
    assert "The mail server did not answer" not in page_of("officer").get(page).content.decode()


def test_sent_again_the_link_before_is_dead(world: World) -> None:
    """At once, and the new one lives as long as a new invitation."""
    invitation = invited(world)
    first = secret_of(invitation)
    with pytest.raises(WrongState) as refused:
        resend_invitation(invitation.pk, by=world.actor("officer"))
    assert refused.value.code == "asked-just-now"
    sent_long_ago(invitation)
    again = resend_invitation(invitation.pk, by=world.actor("officer"))
    assert again.expires_at > invitation.expires_at
    kept = kept_rows()
    with pytest.raises(NotFound):
        accept_invitation(secret=first, name="Nina", password=PASSWORD, by=NOBODY)
    assert changed_tables(kept) == []
    second = secret_of(again)
    assert accept_invitation(secret=second, name="Nina", password=PASSWORD, by=NOBODY).is_active


def test_what_was_withdrawn_is_never_sent(world: World) -> None:
    """The task may come after the withdrawal."""
    invitation = invited(world)
    withdraw_invitation(invitation.pk, by=world.actor("officer"))
    assert not send_invitation(invitation.pk)
    assert mail.outbox == []


def test_owners_see_how_invitations_stand(world: World, page_of: PageClients) -> None:
    """About to be sent, sent, expired; colleagues see none."""
    page = reverse("organization_detail", args=[world.organization("officer").pk])
    invitation = invited(world)
    assert "About to be sent" in page_of("officer").get(page).content.decode()
    secret_of(invitation)
    assert ">Sent<" in page_of("officer").get(page).content.decode()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    assert ">Expired<" in page_of("officer").get(page).content.decode()
    assert NEW not in page_of("colleague").get(page).content.decode()


def test_nobody_is_verified_before_the_address_is_proved(world: World) -> None:
    """Whoever typed somebody else's address, or one that does not exist, gets no further."""
    pending = world.organization("pending")
    kept = kept_rows()
    with pytest.raises(WrongState) as refused:
        verify_organization(pending.pk, by=world.actor("administrator"))
    assert refused.value.code == "address-unproved"
    assert changed_tables(kept) == []
    assert let_in(pending).state == "verified"


def test_who_verifies_reads_that_the_proof_could_not_be_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = world.organization("pending")

    def refused_by_server(*_parts: object, **_options: object) -> None:
        raise MailRefused("No.")

    with monkeypatch.context() as patch:
        patch.setattr("marketplace.accounts.person.letters.send_plain", refused_by_server)
        with pytest.raises(MailRefused):
            send_address_proof(world.person("pending").pk)
    with pytest.raises(WrongState, match="The mail server refused it") as refused:
        verify_organization(pending.pk, by=world.actor("administrator"))
    assert refused.value.code == "address-unproved"
    send_address_proof(world.person("pending").pk)
    with pytest.raises(WrongState, match="follow the link"):
        verify_organization(pending.pk, by=world.actor("administrator"))


def test_a_link_proves_the_address_that_it_went_to(world: World) -> None:
    """For seven days, and not another address that its person was given since."""
    pending = world.person("pending")
    send_address_letter(str(pending.pk))
    signed = signed_in_letter(letter_to(pending.email))
    late = signed_address(pending, until=clock.now())
    Person.objects.filter(pk=pending.pk).update(email="other@example.org")
    kept = kept_rows()
    for wrong in (signed, late, signed[:-1], "none"):
        with pytest.raises(NotFound):
            prove_address(signed=wrong, by=NOBODY)
    assert changed_tables(kept) == []
    Person.objects.filter(pk=pending.pk).update(email=pending.email)
    assert prove_address(signed=signed, by=NOBODY).address_proved_at is not None
    assert not send_address_proof(pending.pk), "there is nothing to prove any more"


def test_looking_at_the_link_proves_nothing(world: World, page_of: PageClients) -> None:
    """What looks at links in mails before their reader does must not answer for them."""
    pending = world.person("pending")
    page = reverse("address_prove", args=[signed_address(pending, until=clock.now() + PROOF_LIFE)])
    assert page_of("").get(page).status_code == 200
    assert world.person("pending").address_proved_at is None
    assert page_of("").post(page).status_code == 302
    assert world.person("pending").address_proved_at is not None


def test_the_link_is_asked_for_again_after_a_while(world: World, page_of: PageClients) -> None:
    """Nobody's mailbox is filled by somebody who typed its address."""
    person, pending = world.person("pending"), world.actor("pending")
    with pytest.raises(WrongState) as refused:
        ask_for_address_proof(by=pending)
    assert refused.value.code == "asked-just-now"
    Person.objects.filter(pk=person.pk).update(address_asked_at=None)
    ask_for_address_proof(by=pending)
    with pytest.raises(WrongState):
        ask_for_address_proof(by=pending)
    own = reverse("organization_detail", args=[world.organization("pending").pk])
    page = page_of("pending").get(own).content.decode()
    assert "Send the link again" not in page
    assert "The link was sent a moment ago." in page
    Person.objects.filter(pk=person.pk).update(address_asked_at=None)
    assert "Send the link again" in page_of("pending").get(own).content.decode()


def test_who_joined_by_a_link_has_proved_the_address(world: World) -> None:
    """All people of the tests' world have, but whoever applied and did not follow the link."""
    unproved = Person.objects.filter(address_proved_at=None).values_list("email", flat=True)
    assert list(unproved) == ["pending@example.org"]
    assert Organization.objects.filter(state="pending").count() == 1

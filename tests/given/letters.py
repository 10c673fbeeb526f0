"""Letters to people without an account: sent as the worker does, and followed as they would."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail

from marketplace.accounts.invitation.services import send_invitation
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.person.services import prove_address, send_address_proof
from marketplace.core.actor import NOBODY


def letter_to(address: str) -> str:
    """Return the last letter that went to an address, "" for none."""
    sent = [str(each.body) for each in getattr(mail, "outbox", []) if address in each.to]
    return sent[-1] if sent else ""


def secret_in(letter: str) -> str:
    """Return the secret of the invitation in a letter."""
    found = re.search(r"/invitations/(\S+?)/", letter)
    assert found is not None, letter
    return found[1]


def signed_in_letter(letter: str) -> str:
    """Return what proves an address in a letter."""
    found = re.search(r"/addresses/(\S+?)/", letter)
    assert found is not None, letter
    return found[1]


def secret_of(invitation: Invitation) -> str:
    """Send an invitation that waits to be sent, and return the secret in its letter."""
    assert send_invitation(invitation.pk), "It was sent before."
    return secret_in(letter_to(invitation.email))


def sent_long_ago(invitation: Invitation) -> Invitation:
    """Let the letter of an invitation be asked for so long ago that it may be sent again."""
    invitation.asked_at -= timedelta(hours=1)
    invitation.save(update_fields=["asked_at"])
    return invitation


def proved(person: Person) -> Person:
    """Let a person who applied follow the link that is sent to their address."""
    assert send_address_proof(person.pk), "It was proved before."
    return prove_address(signed=signed_in_letter(letter_to(person.email)), by=NOBODY)

"""Codes serve once, other factors end the sessions of before, and who is locked out is told."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Person, SigningTries
from marketplace.accounts.one_time_codes import counter_of_code
from marketplace.accounts.selectors import own_account
from marketplace.accounts.session.events import FactorsChanged, SignInLocked
from marketplace.core import Actor, NotAllowed, clock, locked
from marketplace.ledger.services.recording import record

TOLD_AGAIN = timedelta(days=1)
"""Whoever tries passwords all day fills nobody's mailbox."""


@transaction.atomic
def change_factors(*, by: Actor) -> Person:
    """Note that the actor has other second factors than before: their sessions of before end.

    The door keeps the session by which it was done.

    Raises:
        NotFound: nobody is signed in.
    """
    person = locked(own_account(by), pk=by.person_id or UUID(int=0))
    person.session_round += 1
    person.save(update_fields=["session_round"])
    about = (f"organization:{person.organization_id}",) if person.organization_id else ()
    record(FactorsChanged(subject=f"person:{person.pk}", about=about), by=by)
    return person


@transaction.atomic
def note_lock_out(address: str, *, by: Actor) -> Person | None:
    """Note that too many wrong passwords were tried for an address, once a day; None for others'.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    rows = Person.objects.select_for_update(of=("self",))
    person = rows.filter(email=address, is_active=True).first()
    if person is None:
        return None
    told = person.lock_out_told_at
    if told is not None and told + TOLD_AGAIN > clock.now():
        return person
    person.lock_out_told_at = clock.now()
    person.save(update_fields=["lock_out_told_at"])
    record(SignInLocked(subject=f"person:{person.pk}"), by=by)
    return person


@transaction.atomic
def spend_code(person_id: UUID, code: str) -> bool:
    """Return whether a one-time code opens a session; it and those of before open nothing again.

    Processes of the web server keep no memory together but the database. A right code ends the
    count of tries.
    """
    SigningTries.objects.get_or_create(person_id=person_id)
    tries = SigningTries.objects.select_for_update().get(person_id=person_id)
    counter = counter_of_code(person_id, code)
    if counter is None or counter <= tries.last_counter:
        return False
    tries.last_counter, tries.tries = counter, 0
    tries.save(update_fields=["last_counter", "tries"])
    return True


@transaction.atomic
def forget_tries(person_id: UUID) -> None:
    """End the count of tries of a person who gave a right recovery code."""
    SigningTries.objects.filter(person_id=person_id).update(tries=0)

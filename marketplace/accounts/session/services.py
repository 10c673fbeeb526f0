"""Codes serve once, other factors end the sessions of before, and who is locked out is told."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.one_time_codes import counter_of_code
from marketplace.accounts.passkeys import knows_password
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import own_account
from marketplace.accounts.session.events import FactorsChanged, PasswordChanged, SignInLocked
from marketplace.accounts.session.models import SigningTries
from marketplace.accounts.token.changes import end_tokens_of
from marketplace.accounts.token.models import EndedBecause
from marketplace.core import Actor, Door, Invalid, NotAllowed, clock, locked
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


@transaction.atomic
def change_password(person_id: UUID, *, password: str, by: Actor) -> Person:
    """Give a person the password that they chose; sessions and tokens of before end.

    Raises:
        NotFound: it is not the actor's own account.
        Invalid: the password is too weak.
    """
    person = locked(own_account(by), pk=person_id)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(
            _("Choose another password."), fields={"password": list(error.messages)}
        ) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    end_tokens_of(person, EndedBecause.PASSWORD, by=by)
    record(PasswordChanged(subject=f"person:{person.pk}"), by=by)
    return person


@transaction.atomic
def count_signing_try(*, by: Actor) -> None:
    """Count that the actor is about to prove that it is they who sign, by password or code.

    A door calls it before the act that takes the proof, in a transaction of its own: the act is
    undone where the proof is wrong, and the count must stay. What is counted before it is known to
    be wrong cannot be tried twice at once. A right proof ends the count.

    Raises:
        Invalid: there were as many tries as sign-in allows, within its time
            (`signing-locked-out`).
    """
    tries = _tries_of(by)
    now = clock.now()
    if tries.tried_at + settings.AXES_COOLOFF_TIME <= now:
        tries.tries = 0
    if tries.tries >= settings.AXES_FAILURE_LIMIT:
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
        sentence = _(
            "Too many wrong tries. Wait %(minutes)d minutes after the last one, or sign with a "
            "passkey."
        )
        raise Invalid(sentence % {"minutes": minutes}, code="signing-locked-out")
    tries.tries, tries.tried_at = tries.tries + 1, now
    tries.save(update_fields=["tries", "tried_at"])


@transaction.atomic
def prove_presence(*, password: str | None, code: str | None, by: Actor) -> str:
    """Return by what the actor proves that it is they who sign: "password" or "code".

    On a page that is the password. A program may keep a password, so it gives the code that an
    authenticator app shows at this moment, and each proves once.

    Raises:
        Invalid: no such proof is given (`signing-proof-missing`), or it is wrong
            (`password-wrong`, `code-wrong`).
    """
    tries = _tries_of(by)
    if by.door == Door.API:
        if code is None:
            raise _unproved(
                "code",
                "signing-proof-missing",
                _(
                    "Sign with a passkey's assertion, or give the code that your authenticator "
                    "app shows now. Nothing was signed."
                ),
            )
        counter = counter_of_code(tries.person_id, code)
        if counter is None or counter <= tries.last_counter:
            sentence = _("This code is wrong, over or used already. Nothing was signed.")
            raise _unproved("code", "code-wrong", sentence)
        tries.last_counter = counter
    elif not password:
        sentence = _("Give your password. Nothing was signed.")
        raise _unproved("password", "signing-proof-missing", sentence)
    elif not knows_password(tries.person_id, password):
        sentence = _("This is not your password. Nothing was signed.")
        raise _unproved("password", "password-wrong", sentence)
    tries.tries = 0
    tries.save(update_fields=["tries", "last_counter"])
    return "code" if by.door == Door.API else "password"


def _tries_of(by: Actor) -> SigningTries:
    assert by.person_id is not None, "Whoever signs is a person."
    SigningTries.objects.get_or_create(person_id=by.person_id)
    return SigningTries.objects.select_for_update().get(person_id=by.person_id)


def _unproved(field: str, code: str, sentence: str) -> Invalid:
    return Invalid(sentence, code=code, fields={field: [sentence]})

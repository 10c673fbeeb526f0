"""Credentials are issued, listed, suspended and revoked, under keys that are made and retired."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    WrongState,
    clock,
    envelope,
    locked,
)
from marketplace.credentials import verifiable
from marketplace.credentials.data_integrity import (
    ED25519_PUBLIC,
    from_base58btc,
    proof_of,
    proof_options,
)
from marketplace.credentials.documents import digest_of
from marketplace.credentials.events import (
    CredentialIssued,
    CredentialReinstated,
    CredentialRemarked,
    CredentialRevoked,
    CredentialSuspended,
    SigningKeyCreated,
    SigningKeyRetired,
)
from marketplace.credentials.identity import issuer_of, verification_method
from marketplace.credentials.models import (
    Credential,
    CredentialKind,
    NumberSeries,
    SigningKey,
    Suite,
)
from marketplace.credentials.selectors import (
    credential_by_number,
    has_list,
    key_in_use,
    key_of,
    places_in_state,
)
from marketplace.credentials.states import CREDENTIAL, CredentialState, StatusReason
from marketplace.credentials.verifiable import (
    BITS,
    REVOCATION,
    SUSPENSION,
    encoded_list,
    stamp,
    unsigned_status_list,
)
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record

# The keys that sign credentials: made at the first need, rotated, retired.

PURPOSE = "credential signing key"


@transaction.atomic(savepoint=False)
def current_key(*, by: Actor) -> SigningKey:
    """Return the key in use; make the first one where there is none."""
    key = SigningKey.objects.filter(retired_at=None).first()
    if key is not None:
        return key
    try:
        with transaction.atomic():
            return _made(by)
    except IntegrityError:
        # Another transaction made the first key at the same time, and has committed.
        return SigningKey.objects.get(retired_at=None)


@transaction.atomic
def rotate_signing_key(*, by: Actor) -> SigningKey:
    """Retire the key in use and make another; what the old one signed stays verifiable.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
    """
    _retire(by)
    return _made(by)


@transaction.atomic
def retire_signing_key(*, by: Actor) -> SigningKey | None:
    """Retire the key in use; the next credential makes another. Answer None where there is none.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
    """
    return _retire(by)


def sign(key: SigningKey, data: bytes) -> bytes:
    """Sign bytes with Ed25519.

    A retired key still signs the status lists of what it has signed under a `did:key`.
    """
    private = Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )
    return private.sign(data)


def _retire(by: Actor) -> SigningKey | None:
    if not by.is_system:
        raise NotAllowed(_("Signing keys are changed by the commands of whoever runs the centre."))
    key = SigningKey.objects.select_for_update().filter(retired_at=None).first()
    if key is None:
        return None
    key.retired_at = clock.now()
    key.save(update_fields=["retired_at"])
    record(SigningKeyRetired(subject=f"signing_key:{key.pk}", public_key=key.public_key), by=by)
    return key


def _made(by: Actor) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    key = SigningKey.objects.create(
        public_key=private.public_key().public_bytes_raw().hex(),
        wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
    )
    record(SigningKeyCreated(subject=f"signing_key:{key.pk}", public_key=key.public_key), by=by)
    return key


# Sign a statement that needs no number and no status: a contract, an acceptance.


@transaction.atomic(savepoint=False)
def attest(
    *, identifier: UUID, kind: str, about: str, claims: Mapping[str, Any], on: datetime, by: Actor
) -> dict[str, Any]:
    """Return a W3C Verifiable Credential 2.0, signed, of what the centre states of a subject.

    `identifier` becomes its `urn:uuid`; `claims` holds what canonical JSON can (RFC 8785). The
    caller keeps the document and records the fact.
    """
    key = current_key(by=by)
    issuer, created = issuer_of(key.public_key), verifiable.stamp(on)
    document = {
        "@context": verifiable.CONTEXTS,
        "id": f"urn:uuid:{identifier}",
        "type": ["VerifiableCredential", kind],
        "issuer": {"id": issuer, "name": settings.CENTRE_NAME},
        "validFrom": created,
        "credentialSubject": {"about": about, **claims},
    }
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=created,
    )
    return {**document, "proof": proof_of(document, options, sign=partial(sign, key))}


# Sign the status lists that are served to everybody.

HOLDS_HOURS = 24
STATE_OF_PURPOSE = {
    REVOCATION: CredentialState.REVOKED,
    SUSPENSION: CredentialState.SUSPENDED,
}


def signed_status_list(issuer: str, *, purpose: str, number: int) -> dict[str, Any]:
    """Return a status list as it stands, signed in the issuer's name.

    It holds for a day from the beginning of this hour, so that within the hour the same state gives
    the same bytes.

    Raises:
        NotFound: there is no such list, or no key that may sign it.
    """
    state = STATE_OF_PURPOSE.get(purpose)
    key = _key_for(issuer)
    if state is None or key is None or not has_list(issuer, number):
        raise NotFound(_("There is no such status list."))
    hour = _hour(clock.now())
    document = unsigned_status_list(
        issuer=issuer,
        purpose=purpose,
        number=number,
        encoded=encoded_list(places_in_state(issuer, number, state)),
        on=hour,
        hours=HOLDS_HOURS,
    )
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=stamp(hour),
    )
    return {**document, "proof": proof_of(document, options, sign=partial(sign, key))}


def _key_for(issuer: str) -> SigningKey | None:
    """Find the key: under a `did:key` the one that it names, else the one in use."""
    if not issuer.startswith("did:key:"):
        key = key_in_use()
        return key if key is not None and issuer == issuer_of(key.public_key) else None
    try:
        named = from_base58btc(issuer.removeprefix("did:key:"))
    except ValueError:
        return None
    return key_of(named.removeprefix(ED25519_PUBLIC).hex())


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


# Numbers of credentials: the centre's own, and the national code of a designated registry.

LAST_SERIAL = 9999


@transaction.atomic
def next_number(prefix: str, *, on: date) -> str:
    """Take the next number of a prefix in a month, such as `PR-202609-0001`.

    Raises:
        WrongState: the month has used up its 9,999 numbers.
    """
    name = f"{prefix}-{on:%Y%m}"
    return f"{name}-{_next_serial(name):04d}"


@transaction.atomic
def next_national_code(place: str, *, on: date) -> str:
    """Take the next national code of a designated registry in a month, such as `SJ35A2026090001`.

    `place` is two characters of the region and one of the registry.

    Raises:
        WrongState: the month has used up its 9,999 codes.
    """
    name = f"SJ{place}{on:%Y%m}"
    return f"{name}{_next_serial(name):04d}"


def _next_serial(name: str) -> int:
    """Take the next serial of a series.

    Its row stays locked until the caller's transaction ends, so no number is given twice, and none
    is lost where that transaction fails.
    """
    NumberSeries.objects.get_or_create(prefix=name)
    series = NumberSeries.objects.select_for_update().get(prefix=name)
    if series.last >= LAST_SERIAL:
        raise WrongState(
            _("This month's numbers are used up. Go on next month."), code="numbers-used-up"
        )
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


# Places in the status lists: which bit tells the state of a credential.

PREFIX = "STATUS-LIST"


@transaction.atomic
def free_place(issuer: str) -> tuple[int, int]:
    """Take a place of an issuer: the number of a list, from 1, and a random index in it.

    The index is random, so that it does not tell how many credentials there are, nor in what order.
    A list is filled to one half, so that few draws find a free place. The row of the series stays
    locked until the caller's transaction ends, so no place is given twice.
    """
    NumberSeries.objects.get_or_create(prefix=PREFIX)
    series = NumberSeries.objects.select_for_update().get(prefix=PREFIX)
    number = series.last // (BITS // 2) + 1
    series.last += 1
    series.save(update_fields=["last"])
    taken = Credential.objects.filter(issuer=issuer, status_list=number)
    index = secrets.randbelow(BITS)
    while taken.filter(status_index=index).exists():
        index = secrets.randbelow(BITS)
    return number, index


# Issue a credential, suspend it, reinstate it, revoke it.
#
# The thing that a credential shows calls these in its own act, and has checked who may do it.


@transaction.atomic
def issue_credential(
    *,
    kind: CredentialKind,
    subject: str,
    number: str,
    claims: Mapping[str, Any],
    valid_from: date,
    valid_until: date,
    about: tuple[str, ...] = (),
    by: Actor,
) -> Credential:
    """Sign what the centre states of a subject, as a W3C Verifiable Credential 2.0.

    `claims` holds what canonical JSON can (RFC 8785): texts, lists, objects, truth values, and
    numbers up to 2^53; money and other decimals as texts. Both days are part of the validity.

    Raises:
        Invalid: the number is used already, the validity ends before it begins, or a claim has a
            name that the document itself uses.
    """
    number = number.strip().upper()
    _check_issue(number, claims, valid_from, valid_until)
    key, pk = current_key(by=by), uuid4()
    issuer = issuer_of(key.public_key)
    status_list, status_index = free_place(issuer)
    document = verifiable.unsigned_credential(
        pk=pk,
        kind=kind,
        number=number,
        issuer=issuer,
        subject=subject,
        claims=claims,
        valid_from=valid_from,
        valid_until=valid_until,
        status_list=status_list,
        status_index=status_index,
    )
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=verifiable.stamp(clock.now()),
    )
    proof = proof_of(document, options, sign=partial(sign, key))
    credential = Credential.objects.create(
        pk=pk,
        kind=kind,
        subject=subject,
        about=list(about),
        number=number,
        document=document,
        digest=digest_of(document),
        key=key,
        suite=Suite.EDDSA_JCS,
        signature=from_base58btc(proof["proofValue"]).hex(),
        proof=proof,
        issuer=issuer,
        status_list=status_list,
        status_index=status_index,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record(
        CredentialIssued(
            subject=f"credential:{credential.pk}",
            about=_about(credential),
            credential_kind=str(kind),
            number=number,
            digest=credential.digest,
        ),
        binds=bound(credential),
        by=by,
    )
    return credential


def _check_issue(
    number: str, claims: Mapping[str, Any], valid_from: date, valid_until: date
) -> None:
    if credential_by_number(number) is not None:
        raise Invalid(_("There is a credential with this number already."), code="number-used")
    if valid_until < valid_from:
        raise Invalid(_("A credential cannot end before it begins."), code="validity-inverted")
    if verifiable.OWN_NAMES & set(claims):
        raise Invalid(_("A claim may not be called id or about."), code="claim-reserved")


@transaction.atomic
def suspend_credential(credential_id: UUID, *, reason: StatusReason, by: Actor) -> Credential:
    """Let a credential not hold for the time being, for a reason; another one takes its place.

    Suspending it again for the same reason changes nothing.

    Raises:
        NotFound: there is no such credential.
        WrongState: it was revoked.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state != CredentialState.SUSPENDED:
        _move(credential, CredentialState.SUSPENDED, reason)
    elif credential.reason != reason:
        credential.reason = reason
        credential.save(update_fields=["reason"])
    else:
        return credential
    fact = CredentialSuspended(
        subject=f"credential:{credential.pk}", about=_about(credential), reason=str(reason)
    )
    record(fact, binds=bound(credential), by=by)
    return credential


@transaction.atomic
def reinstate_credential(credential_id: UUID, *, by: Actor) -> Credential:
    """Let a suspended credential hold again. Reinstating it again changes nothing.

    Raises:
        NotFound: there is no such credential.
        WrongState: it was revoked.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state == CredentialState.ISSUED:
        return credential
    _move(credential, CredentialState.ISSUED, None)
    record(
        CredentialReinstated(subject=f"credential:{credential.pk}", about=_about(credential)),
        binds=bound(credential),
        by=by,
    )
    return credential


@transaction.atomic
def revoke_credential(credential_id: UUID, *, reason: StatusReason, by: Actor) -> Credential:
    """End a credential for good. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such credential.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state == CredentialState.REVOKED:
        return credential
    _move(credential, CredentialState.REVOKED, reason)
    fact = CredentialRevoked(
        subject=f"credential:{credential.pk}", about=_about(credential), reason=str(reason)
    )
    record(fact, binds=bound(credential), by=by)
    return credential


@transaction.atomic
def remark_on_credential(
    credential_id: UUID, *, remarks: Sequence[Mapping[str, str]], by: Actor
) -> Credential:
    """Say what holds today beside what was signed; the same again changes nothing.

    Raises:
        NotFound: there is no such credential.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    told = [dict(remark) for remark in remarks]
    if credential.remarks != told:
        credential.remarks = told
        credential.save(update_fields=["remarks"])
        fact = CredentialRemarked(
            subject=f"credential:{credential.pk}", about=_about(credential), remarks=len(told)
        )
        record(fact, binds=bound(credential), by=by)
    return credential


def _move(credential: Credential, state: CredentialState, reason: StatusReason | None) -> None:
    CREDENTIAL.move(credential, state)
    credential.reason = reason or ""
    credential.save(update_fields=["state", "reason"])


def _about(credential: Credential) -> tuple[str, ...]:
    return (credential.subject, *credential.about)

"""The loop's steps: react, beat, purge, rely; and the operator's: keys backed up and rewrapped."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.identity.services import IDENTITY_KEY
from marketplace.accounts.models import IdentityKey, Invitation
from marketplace.catalog.source.connections import password_purpose
from marketplace.catalog.source.models import DatabaseSource
from marketplace.core import (
    Actor,
    Door,
    NotAllowed,
    NotFound,
    Refusal,
    WrongState,
    clock,
    envelope,
    locked,
    share_locked,
)
from marketplace.core.faults import DATABASE_AWAY
from marketplace.core.records import Record
from marketplace.credentials.models import SigningKey as CredentialKey
from marketplace.credentials.services import PURPOSE as CREDENTIAL_KEY
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.steps import noise_purpose
from marketplace.ledger.binding import KEPT as BINDING_KEY
from marketplace.ledger.binding import keep_key_before
from marketplace.ledger.models import BindingKey, Entry, Head, WitnessKey
from marketplace.ledger.models import SigningKey as LedgerKey
from marketplace.ledger.selectors import first_sealed
from marketplace.ledger.services.keys import PURPOSE as LEDGER_KEY
from marketplace.ledger.services.keys import lock_sealer
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.witnessing import PURPOSE as WITNESS_KEY
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.secrets import secret_purpose
from marketplace.outbound.lineage import selectors as lineage
from marketplace.outbound.message import selectors as messages
from marketplace.pipeline import key_files
from marketplace.pipeline.broker import SILENT
from marketplace.pipeline.events import (
    AllReactionsRetried,
    KeysBackedUp,
    KeysRestored,
    KeysRewrapped,
    ReactionRetried,
    ReactionSetAside,
)
from marketplace.pipeline.models import Beat, Cursor, Part, SetAside
from marketplace.pipeline.reactions import REACTIONS, Reaction, reactions_to
from marketplace.pipeline.rules import check_retries, check_retry_set_aside
from marketplace.pipeline.selectors import sealed_size, set_asides_visible_to, waiting_set_asides
from marketplace.pipeline.states import SET_ASIDE, SetAsideState
from marketplace.preparation.policy.models import DatasetKey
from marketplace.preparation.policy.services import key_purpose as dataset_key_purpose
from marketplace.preparation.release.models import PeopleKey
from marketplace.preparation.release.services import people_key_purpose
from marketplace.rights.certificate.models import Reliance
from marketplace.rights.certificate.services import note_reliance
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.vault.models import StoredFile
from marketplace.vault.services import key_purpose as file_key_purpose
from marketplace.web.models import IdempotencyKey

# The centre's parts show that they work.


@transaction.atomic
def beat(part: Part, *, by: Actor) -> None:
    """Note that a part works at this moment. It is nothing that happened in the business."""
    Beat.objects.update_or_create(part=part, defaults={"at": clock.now()})


# Keep the centre's keys in a file under a passphrase; take them back into an empty centre.

KINDS: dict[str, tuple[Any, str]] = {
    "credentials": (CredentialKey, CREDENTIAL_KEY),
    "ledger": (LedgerKey, LEDGER_KEY),
}
"""The signing keys that a backup holds. Not the witness's: without the memory of what it saw, it
would cosign a fork."""


@transaction.atomic
def backup_keys(*, passphrase: str, by: Actor) -> bytes:
    """Return a file with the signing keys and the key-encryption key, encrypted.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        Invalid: the passphrase is short.
        ImproperlyConfigured: a key does not open.
    """
    _require_operator(by)
    kept = {
        kind: [_told(row, purpose) for row in model.objects.order_by("created_at", "pk")]
        for kind, (model, purpose) in KINDS.items()
    }
    data = key_files.closed(kept, passphrase=passphrase)
    record(
        KeysBackedUp(
            subject="key_backup:" + hashlib.sha256(data).hexdigest()[:32],
            count=sum(map(len, kept.values())),
        ),
        by=by,
    )
    return data


@transaction.atomic
def restore_keys(data: bytes, *, passphrase: str, by: Actor) -> dict[str, int]:
    """Take the signing keys of a backup into a centre that has none; return how many of each kind.

    They are wrapped under the key-encryption key of this centre. The ledger's come as retired: the
    tree that begins here is another one, and signed by the same key it would be a fork. Restoring
    again what is there changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        Invalid: the file is damaged, of another centre, or the passphrase is another.
        WrongState: the centre has signing keys of its own already.
    """
    _require_operator(by)
    content = key_files.content_of(data, passphrase=passphrase)
    lock_sealer()
    wanted = {kind: {row["public_key"] for row in content[kind]} for kind in KINDS}
    present = {
        kind: set(model.objects.values_list("public_key", flat=True))
        for kind, (model, _purpose) in KINDS.items()
    }
    if any(present.values()) or Head.objects.exists():
        if all(wanted[kind] <= present[kind] for kind in KINDS):
            return dict.fromkeys(KINDS, 0)
        raise WrongState(
            _("This centre has signing keys of its own. Keys are restored into an empty one."),
            code="centre-has-keys",
        )
    for kind, (model, purpose) in KINDS.items():
        for row in content[kind]:
            retired = row["retired_at"] and datetime.fromisoformat(row["retired_at"])
            given = {"handover": row["handover"]} if kind == "ledger" else {}
            model.objects.create(
                pk=UUID(row["id"]),
                public_key=row["public_key"],
                wrapped_private_key=envelope.wrap(
                    bytes.fromhex(row["private_key"]), purpose=purpose
                ),
                created_at=datetime.fromisoformat(row["created_at"]),
                retired_at=retired or (clock.now() if kind == "ledger" else None),
                **given,
            )
    counted = {kind: len(content[kind]) for kind in KINDS}
    record(
        KeysRestored(
            subject="key_backup:" + hashlib.sha256(data).hexdigest()[:32],
            count=sum(counted.values()),
        ),
        by=by,
    )
    return counted


def _told(row: Any, purpose: str) -> dict[str, str | None]:
    return {
        "id": str(row.pk),
        "public_key": row.public_key,
        "private_key": envelope.unwrap(row.wrapped_private_key, purpose=purpose).hex(),
        "created_at": row.created_at.isoformat(),
        "retired_at": row.retired_at.isoformat() if row.retired_at else None,
        "handover": getattr(row, "handover", None),
    }


def _require_operator(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(
            _("Keys are kept and restored by the commands of whoever runs the centre.")
        )


# What is kept for a while alone is deleted when its time is over. Nothing of it is evidence.

PURGED_AT_ONCE = 2000
"""How many rows of a kind one run deletes, so that nothing waits long for the tables."""


@transaction.atomic
def purge(*, by: Actor) -> dict[str, int]:
    """Delete a batch of each kind whose time is over; return how many rows of which kind.

    Sessions end by themselves and only lie there. What an invitation was is in the ledger; the row
    of one that nobody accepted holds an e-mail address, and goes.
    """
    gone = {}
    for kind, rows in _overdue(clock.now()):
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:PURGED_AT_ONCE])
        gone[kind], _by_model = rows.filter(pk__in=chosen).delete() if chosen else (0, {})
    return gone


def overdue() -> dict[str, int]:
    """Count the rows of each kind whose time is over."""
    return {kind: rows.count() for kind, rows in _overdue(clock.now())}


def _overdue(now: datetime) -> Iterator[tuple[str, QuerySet[Any]]]:
    answers = now - timedelta(days=settings.CENTRE["KEEP_ANSWERS_DAYS"])
    attempts = now - timedelta(days=settings.CENTRE["KEEP_SIGN_INS_DAYS"])
    invitations = now - timedelta(days=settings.CENTRE["KEEP_INVITATIONS_DAYS"])
    webhooks = now - timedelta(days=settings.CENTRE["KEEP_WEBHOOKS_DAYS"])
    unaccepted = Q(expires_at__lt=invitations) | Q(withdrawn_at__lt=invitations)
    yield "kept answers", _plain(IdempotencyKey).filter(created_at__lt=answers)
    yield "sessions", _plain(Session).filter(expire_date__lt=now)
    yield "failed sign-ins", _plain(AccessAttempt).filter(attempt_time__lt=attempts)
    yield "sign-ins", _plain(AccessLog).filter(attempt_time__lt=attempts)
    yield "webhook messages", messages.settled_before(webhooks)
    yield "lineage events", lineage.settled_before(webhooks)
    yield "invitations", _plain(Invitation).filter(unaccepted, accepted_at=None)


def _plain(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()


# Let the register know of listings that rest on its certificates and that it was not told of.


@transaction.atomic
def note_standing_listings(*, by: Actor) -> int:
    """Note each offered listing that rests on a certificate and is not noted; return how many.

    Listings from before the register kept such notes have none, and a transfer of the right would
    not wait for their end. Each loop asks once when it begins: an act and no migration, since a
    migration cannot seal facts, and an older release may publish until it is stopped.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    noted = set(
        Reliance.objects.filter(is_current=True, subject__startswith="listing:").values_list(
            "subject", "certificate_id"
        )
    )
    missing = [
        pk
        for pk, certificate in _offered().values_list("pk", "certificate_id")
        if (f"listing:{pk}", certificate) not in noted
    ]
    return sum(_note(pk, by=by) for pk in missing)


def _offered() -> QuerySet[Listing]:
    states = (ListingState.PUBLISHED, ListingState.SUSPENDED)
    return Listing.objects.filter(state__in=states, certificate__isnull=False)


def _note(listing_id: UUID, *, by: Actor) -> bool:
    """Note one, unless it was taken off the market meanwhile."""
    try:
        listing = share_locked(_offered(), pk=listing_id)
    except NotFound:
        return False
    assert listing.certificate_id is not None
    note_reliance(listing.certificate_id, subject=f"listing:{listing.pk}", is_current=True, by=by)
    return True


# React to sealed entries in leaf order; put aside what fails, and try it again when asked.

BATCH = 500
PIPELINE = Actor.system(Door.REACTION)

log = logging.getLogger(__name__)


@transaction.atomic
def react_once() -> int:
    """React to the next sealed entries, up to the first that starts something; return how many.

    The cursor is locked first, so that two loops do not react to one entry. It moves in the same
    transaction as what the reactions change: after a crash there are both or neither.
    """
    cursor, _is_new = Cursor.objects.select_for_update().get_or_create(pk=1)
    # Before the search: what is sealed meanwhile must not be passed over.
    until = min(cursor.leaf_index + BATCH, sealed_size() - 1)
    passed = until - cursor.leaf_index
    if passed <= 0:
        return 0
    seal = first_sealed([fact.kind for fact in REACTIONS], after=cursor.leaf_index, until=until)
    if seal is not None:
        for reaction in reactions_to(seal.entry.kind):
            _react(reaction, seal.entry)
        passed = seal.leaf_index - cursor.leaf_index
    cursor.leaf_index += passed
    cursor.save(update_fields=["leaf_index"])
    return passed


def react_to_all() -> int:
    """React until nothing sealed is left; answer to how many entries."""
    total = 0
    while passed := react_once():
        total += passed
    return total


@transaction.atomic
def retry_set_aside(set_aside_id: UUID, *, by: Actor) -> SetAside:
    """Try a reaction again that was put aside; where it fails again, it stays aside.

    Raises:
        NotFound: there is no such reaction among those the actor may see.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it has happened already.
    """
    set_aside = locked(set_asides_visible_to(by), pk=set_aside_id)
    check_retry_set_aside(set_aside, by)
    error = _failure(lambda: _reaction_of(set_aside)(set_aside.entry))
    set_aside.attempts += 1
    set_aside.tried_at = clock.now()
    if error is None:
        SET_ASIDE.move(set_aside, SetAsideState.DONE)
    else:
        set_aside.error_code, set_aside.error = error
    set_aside.save(update_fields=["attempts", "tried_at", "state", "error_code", "error"])
    _record_retried(set_aside, succeeded=error is None, by=by)
    return set_aside


@transaction.atomic
def retry_all_set_asides(*, by: Actor) -> list[SetAside]:
    """Try everything again that waits aside, oldest first; return what was tried.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
    """
    check_retries(None, by)
    waiting = waiting_set_asides(by).order_by("created_at").values_list("pk", flat=True)
    tried = [retry_set_aside(pk, by=by) for pk in list(waiting)]
    if tried:
        record(
            AllReactionsRetried(
                subject="pipeline:centre",
                tried=len(tried),
                succeeded=sum(row.state == SetAsideState.DONE for row in tried),
            ),
            by=by,
        )
    return tried


@transaction.atomic
def retry_unanswered(*, by: Actor) -> list[SetAside]:
    """Try again what was put aside because the broker did not answer, oldest first.

    The first that fails again ends it and leaves no trace: the broker is still away. Answers what
    has happened now.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("Only an administrator of the centre can try this again."))
    waiting = waiting_set_asides(by).filter(error_code=SILENT).order_by("created_at")
    done: list[SetAside] = []
    for set_aside in waiting.select_for_update(of=("self",), skip_locked=True)[:BATCH]:
        if _failure(partial(_reaction_of(set_aside), set_aside.entry)) is not None:
            break
        set_aside.attempts += 1
        set_aside.tried_at = clock.now()
        SET_ASIDE.move(set_aside, SetAsideState.DONE)
        set_aside.save(update_fields=["attempts", "tried_at", "state"])
        _record_retried(set_aside, succeeded=True, by=by)
        done.append(set_aside)
    return done


def _react(reaction: Reaction, entry: Entry) -> None:
    error = _failure(lambda: reaction(entry))
    if error is None:
        return
    code, sentence = error
    set_aside = SetAside.objects.create(
        entry=entry, reaction=reaction.__name__, error_code=code, error=sentence
    )
    record(
        ReactionSetAside(
            subject=f"set_aside:{set_aside.pk}",
            about=(entry.subject,),
            reaction=set_aside.reaction,
            entry=str(entry.reference),
            error_code=code,
        ),
        by=PIPELINE,
    )


def _record_retried(set_aside: SetAside, *, succeeded: bool, by: Actor) -> None:
    record(
        ReactionRetried(
            subject=f"set_aside:{set_aside.pk}",
            about=(set_aside.entry.subject,),
            reaction=set_aside.reaction,
            succeeded=succeeded,
        ),
        by=by,
    )


def _failure(call: Callable[[], None]) -> tuple[str, str] | None:
    """Call within a savepoint; return the code and the sentence of what went wrong.

    An error that is no refusal has its name for a code and no sentence: its text could hold
    anything, and stands in the log alone.
    """
    try:
        with transaction.atomic():
            call()
    except Refusal as refusal:
        return refusal.code, refusal.sentence[:1000]
    except DATABASE_AWAY:
        # A database that is away or a deadlock is no fault of the reaction: the turn breaks, and
        # the entry is met again.
        raise
    except Exception as error:
        # Whatever a reaction breaks on, those behind it in the line must not wait for it.
        log.exception("A reaction broke.")
        return type(error).__name__, ""
    return None


def _reaction_of(set_aside: SetAside) -> Reaction:
    for reaction in reactions_to(set_aside.entry.kind):
        if reaction.__name__ == set_aside.reaction:
            return reaction
    raise WrongState(
        _("The centre's software does not know this automatic step any more."),
        code="reaction-unknown",
    )


# Every key and secret of the centre that the key-encryption key wraps, app by app.


@dataclass(frozen=True)
class Wrapped:
    """A column of wrapped keys, and for what the one of a row is wrapped."""

    model: type[Record]
    column: str
    purpose: Callable[[Any], str]


WRAPPED: tuple[Wrapped, ...] = (
    Wrapped(StoredFile, "wrapped_key", lambda row: file_key_purpose(row.pk)),
    Wrapped(DatabaseSource, "wrapped_password", password_purpose),
    Wrapped(Endpoint, "wrapped_secret", secret_purpose),
    Wrapped(Endpoint, "wrapped_secret_before", secret_purpose),
    Wrapped(IdentityKey, "wrapped_key", lambda row: IDENTITY_KEY),
    Wrapped(DatasetKey, "wrapped_key", lambda row: dataset_key_purpose(row.dataset_id)),
    Wrapped(PeopleKey, "wrapped_key", lambda row: people_key_purpose(row.organization_id)),
    Wrapped(CredentialKey, "wrapped_private_key", lambda row: CREDENTIAL_KEY),
    Wrapped(LedgerKey, "wrapped_private_key", lambda row: LEDGER_KEY),
    Wrapped(WitnessKey, "wrapped_private_key", lambda row: WITNESS_KEY),
    Wrapped(BindingKey, "wrapped_key", lambda row: BINDING_KEY),
    Wrapped(Measurement, "wrapped_noise", noise_purpose),
)


# Wrap every key of the centre anew, after the key-encryption key was replaced.

FINGERPRINT = "fingerprint of the key-encryption key"
ROWS_AT_ONCE = 500


@transaction.atomic
def rewrap_keys(*, is_trial: bool = False, by: Actor) -> dict[str, int]:
    """Wrap all keys under the key-encryption key in use; return how many of each kind.

    A trial opens and wraps every key, and keeps nothing.

    It is one transaction: afterwards the key from before opens nothing that is kept, and where one
    key does not open, nothing is changed.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
        ImproperlyConfigured: a key opens neither with the key in use nor with the one before.
    """
    if not by.is_system:
        raise NotAllowed(_("Keys are wrapped anew by the command of whoever runs the centre."))
    if envelope.is_being_replaced():
        keep_key_before()
    counted = {each.model._meta.label: _rewrapped(each) for each in WRAPPED}
    record(
        KeysRewrapped(subject=f"key_encryption_key:{fingerprint()}", count=sum(counted.values())),
        by=by,
    )
    transaction.set_rollback(is_trial)
    return counted


def fingerprint() -> str:
    """Name the key-encryption key in use by 16 hexadecimal digits that tell nothing else of it."""
    return envelope.derived_key(purpose=FINGERPRINT).hex()[:16]


def _rewrapped(each: Wrapped) -> int:
    rows = each.model._default_manager.select_for_update().exclude(**{each.column: b""})
    count = 0
    for row in rows.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        purpose = each.purpose(row)
        secret = envelope.unwrap(getattr(row, each.column), purpose=purpose)
        setattr(row, each.column, envelope.wrap(secret, purpose=purpose))
        row.save(update_fields=[each.column])
        count += 1
    return count

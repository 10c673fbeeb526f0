"""Cosign the checkpoints of other logs, and keep what witnesses say of ours (C2SP tlog-witness)."""

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, NotFound, WrongState, clock, envelope
from marketplace.ledger import merkle, notes
from marketplace.ledger.events import (
    CheckpointCosigned,
    CosignatureReceived,
    ForkFound,
    LogKeyAccepted,
)
from marketplace.ledger.models import (
    Checkpoint,
    Cosignature,
    Entry,
    Sealer,
    WitnessCheck,
    WitnessedLog,
    WitnessKey,
)
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier import verify

PURPOSE = "ledger witness key"
FORK = "fork"


@transaction.atomic
def cosign_checkpoint(
    note: str, *, log_key: notes.Verifier, proof: Sequence[bytes], by: Actor
) -> str:
    """Cosign another log's checkpoint that goes on from all that this centre saw of it.

    `proof` is the consistency proof from the size that was seen last; of a log that was never seen
    the first checkpoint is believed. Answers the note with the cosignature.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
        Invalid: it is no checkpoint, or the log's key has not signed it.
        WrongState: the log has another key, is smaller than before, or (code `fork`) shows
            something else than before.
    """
    _require_operator(by)
    parsed, tree = signed_tree(note, log_key)
    Sealer.objects.get_or_create(pk=1)
    # One witness at a time: it never signs two trees of one size.
    Sealer.objects.select_for_update().get(pk=1)
    seen = WitnessedLog.objects.filter(pk=tree.origin).first()
    if seen is not None:
        _require_goes_on(seen, log_key, tree, proof)
    private = opened(_witness_key())
    line = notes.cosign(
        parsed.text, name=witness_name(), key=private, seconds=int(clock.now().timestamp())
    )
    cosigned = note + line
    WitnessedLog.objects.update_or_create(
        origin=tree.origin,
        defaults={
            "verifier_key": str(log_key),
            "size": tree.size,
            "root_hash": tree.root.hex(),
            "note": cosigned,
            "seen_at": clock.now(),
        },
    )
    WitnessCheck.objects.create(
        origin=tree.origin, tree_size=tree.size, result=WitnessCheck.Result.COSIGNED
    )
    if seen is None or seen.size != tree.size:
        record(
            CheckpointCosigned(
                subject="ledger:witness",
                origin=tree.origin,
                size=tree.size,
                root=tree.root.hex(),
            ),
            by=by,
        )
    return cosigned


@transaction.atomic
def report_fork(note: str, *, log_key: notes.Verifier, by: Actor) -> Entry:
    """Record that a log showed a signed tree that does not go on from what it showed before.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
        NotFound: this centre never saw that log.
        Invalid: it is no checkpoint, or the log's key has not signed it.
    """
    _require_operator(by)
    _parsed, tree = signed_tree(note, log_key)
    seen = WitnessedLog.objects.filter(pk=tree.origin).first()
    if seen is None:
        raise NotFound(_("This centre never saw a checkpoint of that log."))
    WitnessCheck.objects.create(
        origin=tree.origin, tree_size=tree.size, result=WitnessCheck.Result.FORK
    )
    return record(
        ForkFound(
            subject="ledger:witness",
            origin=tree.origin,
            seen_size=seen.size,
            seen_root=seen.root_hash,
            shown_size=tree.size,
            shown_root=tree.root.hex(),
        ),
        by=by,
    )


@transaction.atomic
def add_cosignature(note: str, *, witness_key: notes.Verifier, by: Actor) -> Cosignature:
    """Keep a witness's cosignature of a checkpoint of ours, to be published with it.

    Keeping it again changes nothing.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
        Invalid: the witness has not cosigned this note.
        NotFound: it is no checkpoint of this log.
    """
    _require_operator(by)
    parsed, tree = signed_tree(note, witness_key, of_log=False)
    checkpoint = Checkpoint.objects.filter(head_id=tree.size).first()
    if checkpoint is None or notes.parse_note(checkpoint.note).text != parsed.text:
        raise NotFound(_("This log has signed no such checkpoint."))
    known = checkpoint.cosignatures.filter(witness=witness_key.name).first()
    if known is not None:
        return known
    line = next(
        line
        for line in note.rpartition("\n\n")[2].splitlines(keepends=True)
        if line.startswith(f"{notes.DASH} {witness_key.name} ")
    )
    kept = Cosignature.objects.create(checkpoint=checkpoint, witness=witness_key.name, line=line)
    record(
        CosignatureReceived(subject="ledger:centre", witness=witness_key.name, size=tree.size),
        by=by,
    )
    return kept


def signed_tree(
    note: str, key: notes.Verifier, *, of_log: bool = True
) -> tuple[notes.Note, notes.Tree]:
    """Read a checkpoint that a key has signed.

    Raises:
        Invalid: it is none, or the key has not.
    """
    try:
        parsed = notes.parse_note(note)
        tree = notes.parse_tree(parsed.text)
    except notes.BrokenNote as broken:
        raise Invalid(str(broken), code="note-broken") from None
    if not key.has_signed(parsed) or (of_log and key.name != tree.origin):
        raise Invalid(
            _("%(name)s has not signed this checkpoint.") % {"name": key.name}, code="not-signed"
        )
    return parsed, tree


def seen_of(origin: str) -> WitnessedLog | None:
    return WitnessedLog.objects.filter(pk=origin).first()


def witness_name() -> str:
    """Return the name under which this centre cosigns."""
    return f"{settings.CENTRE_DOMAIN}/witness"


def witness_verifier() -> notes.Verifier:
    """Return the key by which others check this centre's cosignatures; made where there is none."""
    return notes.Verifier(
        witness_name(), bytes.fromhex(_witness_key().public_key), notes.COSIGNATURE
    )


def opened(key: WitnessKey) -> Ed25519PrivateKey:
    """Return the private half of a key."""
    return Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )


def _witness_key() -> WitnessKey:
    key = WitnessKey.objects.order_by("created_at").last()
    if key is not None:
        return key
    private = Ed25519PrivateKey.generate()
    return WitnessKey.objects.create(
        public_key=private.public_key().public_bytes_raw().hex(),
        wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
    )


def _require_operator(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))


def _require_goes_on(
    seen: WitnessedLog, log_key: notes.Verifier, tree: notes.Tree, proof: Sequence[bytes]
) -> None:
    if seen.verifier_key != str(log_key):
        raise WrongState(
            _(
                "The log %(origin)s was seen with another key. Ask its operator; where the key was "
                "changed, go on by centre accept_log_key."
            )
            % {"origin": tree.origin},
            code="other-key",
        )
    if tree.size < seen.size:
        raise WrongState(
            _(
                "The log %(origin)s shows %(size)d entries, and showed %(seen)d before. It is an "
                "older copy, or entries were taken away."
            )
            % {"origin": tree.origin, "size": tree.size, "seen": seen.size},
            code="shrunk",
        )
    root = bytes.fromhex(seen.root_hash)
    goes_on = seen.size == 0 or merkle.is_consistent(seen.size, tree.size, root, tree.root, proof)
    if not goes_on:
        raise WrongState(
            _(
                "FORK: the log %(origin)s does not go on from the %(seen)d entries that it showed "
                "before. It is not cosigned. Keep both checkpoints: together they prove it."
            )
            % {"origin": tree.origin, "seen": seen.size},
            code=FORK,
        )


# Go on witnessing a log whose key was changed, and keep that a log was looked at in vain.

LONGEST_ORIGIN = 255


@transaction.atomic
def keep_refused_look(origin: str, *, tree_size: int | None, code: str, by: Actor) -> WitnessCheck:
    """Keep that a log was looked at and not cosigned, for another reason than a fork.

    `code` is that of the refusal; `tree_size` what the log showed, None where it showed nothing.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
    """
    _require_operator(by)
    known = {WitnessCheck.Result.SHRUNK, WitnessCheck.Result.OTHER_KEY}
    return WitnessCheck.objects.create(
        origin=origin[:LONGEST_ORIGIN],
        tree_size=tree_size,
        result=code if code in known else WitnessCheck.Result.REFUSED,
    )


@transaction.atomic
def accept_log_key(
    origin: str,
    *,
    old: notes.Verifier,
    new: notes.Verifier,
    handovers: bytes | None,
    by: Actor,
) -> WitnessedLog:
    """Go on witnessing a log whose key was changed.

    `handovers` is what the log gives under `keys`: the old key, or one that it named, must name the
    new one in it. None where an operator decides without, after asking the log's operator. What was
    seen stays: the tree must go on from it under the new key too. Accepting it again changes
    nothing.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
        NotFound: this centre never saw that log.
        Invalid: one of the keys is no key of that log.
        WrongState: the log was seen with another key than the old one, or (code `not-handed-over`)
            its keys do not lead to the new one.
    """
    _require_operator(by)
    seen = WitnessedLog.objects.select_for_update().filter(pk=origin).first()
    if seen is None:
        raise NotFound(_("This centre never saw a checkpoint of that log."))
    if {(key.name, key.kind) for key in (old, new)} != {(origin, notes.ED25519)}:
        raise Invalid(_("Both keys are keys of the log %(origin)s.") % {"origin": origin})
    if seen.verifier_key == str(new):
        return seen
    if seen.verifier_key != str(old):
        raise WrongState(
            _("The log %(origin)s was seen with another key than the old one that you name.")
            % {"origin": origin},
            code="other-key",
        )
    if handovers is not None and not _is_handed_over(old, new, handovers):
        raise WrongState(
            _(
                "No signed note leads from the old key of %(origin)s to the new one. Ask its "
                "operator by another way than the log itself before you decide without."
            )
            % {"origin": origin},
            code="not-handed-over",
        )
    seen.verifier_key = str(new)
    seen.save(update_fields=["verifier_key"])
    record(
        LogKeyAccepted(
            subject="ledger:witness",
            origin=origin,
            old_key=str(old),
            new_key=str(new),
            is_proved=handovers is not None,
        ),
        by=by,
    )
    return seen


def _is_handed_over(old: notes.Verifier, new: notes.Verifier, handovers: bytes) -> bool:
    believed = verify.Trust(logs=(verify.NoteKey.parse(str(old)),))
    try:
        followed = verify.follow_handovers(handovers, believed, verify.Outcome())
    except verify.Refused:
        return False
    return verify.NoteKey.parse(str(new)) in followed.logs

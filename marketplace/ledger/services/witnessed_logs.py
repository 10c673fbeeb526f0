"""Go on witnessing a log whose key was changed, and keep that a log was looked at in vain."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger import notes
from marketplace.ledger.events import LogKeyAccepted
from marketplace.ledger.models import WitnessCheck, WitnessedLog
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier import verify

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


def _require_operator(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))

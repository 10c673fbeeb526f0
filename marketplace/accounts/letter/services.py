"""Promise letters, and send each once, whatever happens to the database meanwhile.

A letter is promised in the transaction of the act that it follows. Whoever sends it takes it
first; from then until it is noted as sent, nothing asks the database. Where noting fails, only
that is tried again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from marketplace.accounts.letter.models import Letter
from marketplace.core import clock
from marketplace.core.faults import DATABASE_AWAY

PATIENCE = timedelta(seconds=30)
"""How long the task that an act started may take before the centre asks for a letter again."""
LEASE = timedelta(minutes=5)
"""How long whoever took a letter may take to send it."""
HELD = timedelta(minutes=1)
"""How long after the database was away nobody else takes what was taken before."""
MOST_TRIES = 6
"""So often a mail server is tried; then the failure stands until somebody asks anew."""
ASKED_AT_ONCE = 50


class NotNoted(Exception):
    """A letter was sent, and the database could not be told: nobody may send it again."""


@dataclass(frozen=True)
class Sending:
    """One e-mail: how it is sent, without the database, and what is noted of how it went."""

    send: Callable[[], None]
    sent: Callable[[], object]
    failed: Callable[[OSError], object]


def promise_letters(subjects: Iterable[str]) -> None:
    """Promise a letter about each of these; one that failed before begins anew."""
    due = clock.now() + PATIENCE
    Letter.objects.bulk_create(
        [Letter(subject=subject, due_at=due) for subject in subjects],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["due_at", "tries", "taken_by", "taken_until"],
    )


def send_letter(
    subject: str, prepare: Callable[[], Sending | None], *, taker: str = "", is_sent: bool = False
) -> bool:
    """Send a promised letter once; return whether there was anything to send.

    `prepare` reads all that the letter needs, or returns None where it is not needed. `taker` names
    the task: tried again, it goes on with what it took. `is_sent` says that only the note is left.

    Raises:
        OSError: the mail server does not take it; the centre tries it again later.
        NotNoted: it was sent; call it again with `is_sent`.
    """
    with transaction.atomic():
        letter = _free(subject, taker)
        if letter is not None and is_sent and letter.taken_by != taker:
            # It was promised anew since: what left is not what is owed now.
            return False
        sending = prepare() if letter is not None else None
        if letter is None:
            return False
        if sending is None:
            letter.delete()
            return False
        letter.taken_by, letter.taken_until = taker, clock.now() + LEASE
        letter.tries += 1
        letter.save(update_fields=["taken_by", "taken_until", "tries"])
    if not is_sent:
        try:
            sending.send()
        except OSError as error:
            _note_failure(letter, sending, error)
            raise
    try:
        with transaction.atomic():
            sending.sent()
            _still_taken(letter).delete()
    except DATABASE_AWAY as error:
        raise NotNoted from error
    return True


@transaction.atomic
def take_lost_letters() -> list[str]:
    """Return the subjects of letters that should have been sent; each again at longer intervals."""
    now = clock.now()
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    lost = Letter.objects.filter(free, due_at__lte=now).select_for_update(skip_locked=True)
    asked = list(lost[:ASKED_AT_ONCE])
    for letter in asked:
        letter.due_at = now + max(PATIENCE, now - letter.created_at)
        letter.save(update_fields=["due_at"])
    return [letter.subject for letter in asked]


def hold_taken_letters() -> int:
    """Let whoever took a letter note within a minute that it was sent; return how many are taken.

    After the database was away for long, all that was taken before looks as if it was given up.
    """
    until = clock.now() + HELD
    taken = Letter.objects.filter(taken_until__lt=until)
    return taken.update(taken_until=until)


def _free(subject: str, taker: str) -> Letter | None:
    letter = Letter.objects.select_for_update().filter(subject=subject).first()
    if letter is None or letter.taken_until is None or letter.taken_until < clock.now():
        return letter
    return letter if taker and letter.taken_by == taker else None


def _still_taken(letter: Letter) -> QuerySet[Letter]:
    """Return the letter unless it was promised anew while it was sent: that one is owed still."""
    return Letter.objects.filter(
        pk=letter.pk, taken_by=letter.taken_by, taken_until=letter.taken_until
    )


@transaction.atomic
def _note_failure(letter: Letter, sending: Sending, error: OSError) -> None:
    sending.failed(error)
    if not _still_taken(letter).select_for_update().exists():
        return
    if letter.tries >= MOST_TRIES:
        letter.delete()
        return
    letter.due_at = clock.now() + PATIENCE * 2**letter.tries
    letter.taken_by, letter.taken_until = "", None
    letter.save(update_fields=["due_at", "taken_by", "taken_until"])

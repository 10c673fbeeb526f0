"""Letters leave behind the pipeline's back: only here is the secret of an invitation known."""

from contextlib import suppress
from typing import Protocol
from uuid import UUID

from celery import Task, shared_task

from marketplace.accounts.invitation.services import send_invitation
from marketplace.accounts.letter.services import NotNoted
from marketplace.accounts.person.services import send_address_proof

NOTE_SECONDS = 1
"""After how long the database is told again that a letter was sent."""


class Sender(Protocol):
    """Sends what was promised about one thing."""

    def __call__(self, pk: UUID, /, *, taker: str, is_sent: bool) -> bool: ...


def post(task: Task, send: Sender, pk: UUID, *, is_sent: bool) -> None:  # type: ignore[type-arg]
    """Send a letter for a task; where only the note of it failed, only that is tried again.

    A mail server that does not take it stands with what the letter is about.
    """
    with suppress(OSError):
        try:
            send(pk, taker=task.request.id or "", is_sent=is_sent)
        except NotNoted:
            raise task.retry(
                args=(str(pk), True), countdown=NOTE_SECONDS, max_retries=None
            ) from None


@shared_task(bind=True)
def send_invitation_letter(task: Task, invitation_id: str, is_sent: bool = False) -> None:  # type: ignore[type-arg]
    """Send an invitation; a mail server that does not answer is tried again by the centre."""
    post(task, send_invitation, UUID(invitation_id), is_sent=is_sent)


@shared_task(bind=True)
def send_address_letter(task: Task, person_id: str, is_sent: bool = False) -> None:  # type: ignore[type-arg]
    """Send the link that proves an address, likewise."""
    post(task, send_address_proof, UUID(person_id), is_sent=is_sent)

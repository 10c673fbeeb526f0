"""Letters leave behind the pipeline's back: only here is the secret of an invitation known."""

from uuid import UUID

from celery import shared_task

from marketplace.accounts.services import send_address_proof, send_invitation


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=6)
def send_invitation_letter(invitation_id: str) -> None:
    """Send an invitation; a mail server that does not answer is tried again."""
    send_invitation(UUID(invitation_id))


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=6)
def send_address_letter(person_id: str) -> None:
    """Send the link that proves an address; a mail server that does not answer is tried again."""
    send_address_proof(UUID(person_id))

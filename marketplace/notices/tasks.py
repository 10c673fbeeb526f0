"""E-mail goes out behind the pipeline's back, so that a slow server holds nothing up."""

from uuid import UUID

from celery import shared_task

from marketplace.notices.services import email_notice


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=6)
def send_notice_email(notice_id: str) -> None:
    """Send one notice; a mail server that does not answer is tried again."""
    email_notice(UUID(notice_id))

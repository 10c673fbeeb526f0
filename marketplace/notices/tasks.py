"""E-mail goes out behind the pipeline's back, so that a slow server holds nothing up."""

from uuid import UUID

from celery import Task, shared_task

from marketplace.accounts.tasks import post
from marketplace.notices.services import email_notice


@shared_task(bind=True)
def send_notice_email(task: Task, notice_id: str, is_sent: bool = False) -> None:  # type: ignore[type-arg]
    """Send one notice; a mail server that does not answer is tried again by the centre."""
    post(task, email_notice, UUID(notice_id), is_sent=is_sent)

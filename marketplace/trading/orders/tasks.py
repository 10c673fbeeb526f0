from uuid import UUID

from celery import shared_task

from marketplace.trading.orders.person_request.finding import search_rows


@shared_task(name="orders.search_person_rows", acks_late=True, ignore_result=True)
def search_person_rows(request_id: str) -> None:
    """Search for the rows of a request that waits for it; the task may come twice."""
    search_rows(UUID(request_id))

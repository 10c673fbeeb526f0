from celery import shared_task

from marketplace.core import Actor, Door
from marketplace.outbound.lineage.services import send_due_lineage
from marketplace.outbound.message.services import send_due_messages


@shared_task(name="outbound.send_messages", expires=30, ignore_result=True)
def send_messages() -> None:
    """Send what is due; a question too old is dropped, since the loop asks again."""
    send_due_messages(by=Actor.system(Door.TASK))


@shared_task(name="outbound.send_lineage", expires=30, ignore_result=True)
def send_lineage() -> None:
    send_due_lineage(by=Actor.system(Door.TASK))

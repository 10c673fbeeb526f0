from celery import shared_task

from marketplace.core import Actor, Door
from marketplace.pipeline.models import Part
from marketplace.pipeline.services import beat


@shared_task(name="pipeline.show_worker", expires=60, ignore_result=True)
def show_worker() -> None:
    """Note that a worker takes tasks and reaches the database; a question too old is dropped."""
    beat(Part.WORKER, by=Actor.system(Door.TASK))

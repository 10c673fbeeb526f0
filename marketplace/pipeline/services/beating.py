"""The centre's parts show that they work."""

from __future__ import annotations

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.pipeline.models import Beat, Part


@transaction.atomic
def beat(part: Part, *, by: Actor) -> None:
    """Note that a part works at this moment. It is nothing that happened in the business."""
    Beat.objects.update_or_create(part=part, defaults={"at": clock.now()})

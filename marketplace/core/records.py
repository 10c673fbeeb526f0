"""The abstract row that every model of the centre is."""

from uuid import uuid4

from django.db import models

from marketplace.core import clock


class Record(models.Model):
    """A row with an id that says nothing and the moment it came to be."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

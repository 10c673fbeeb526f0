from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.person.models import Person
from marketplace.core import clock
from marketplace.core.records import Record


class SigningTries(Record):
    """How often a person has tried to prove that it is they who sign, and their last code.

    `last_counter` is that of the last one-time code that proved it (RFC 6238): no code of its time
    or of before proves anything again.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    tried_at = models.DateTimeField(_("last tried at"), default=clock.now)
    last_counter = models.BigIntegerField(_("counter of the last code"), default=-1)

    class Meta:
        verbose_name = _("tries at signing")
        verbose_name_plural = _("tries at signing")

    def __str__(self) -> str:
        return str(self.person_id)

"""Answers kept for requests that are sent again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record


class IdempotencyKey(Record):
    """One request of one person, and what it was answered."""

    person_id = models.UUIDField(_("person"))
    key = models.CharField(_("key"), max_length=128)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    body = models.JSONField(_("body"), null=True)
    etag = models.CharField(_("version"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="web_idempotency_key_once")
        ]

    def __str__(self) -> str:
        return self.key

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record


class IdentityKey(Record):
    """The centre's one key under which numbers of identity documents are digested, wrapped.

    A number has few digits: without the key nobody can find it by trying all.
    """

    name = models.CharField(_("name"), max_length=8, unique=True, default="identity")
    wrapped_key = models.BinaryField(_("wrapped key"))

    class Meta:
        verbose_name = _("key of identity digests")
        verbose_name_plural = _("keys of identity digests")

    def __str__(self) -> str:
        return str(self.pk)

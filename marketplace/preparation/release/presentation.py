"""Why a copy was not let out, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAILURE_LABELS: dict[str, str | Promise] = {
    "direct-found": _("A value that names a person was found in it."),
    "smallest-class": _("Its smallest group of alike rows is too small."),
    "unique-share": _("Too many of its rows are unique."),
    "prosecutor-risk": _("The chance of finding a person in it is too high."),
}

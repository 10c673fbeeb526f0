"""What the codes say that stand in the parameters of notices."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

CASE_KINDS: Mapping[str, Words] = {
    "content": _("Content review"),
    "roles": _("Relabelled columns"),
    "right": _("Confirmation of rights"),
    "valuation": _("Valuation"),
    "ceiling": _("Price ceiling"),
    "listing": _("Listing"),
    "booking": _("Booking"),
}

DUES: Mapping[str, Words] = {
    "reply": _("Reply to a claim"),
    "supplement": _("Complete a claim"),
    "decision": _("Decide on a claim"),
    "objection": _("Decide an objection"),
    "renewal": _("Ask for the renewal of a certificate"),
}

CODED: Mapping[str, Mapping[str, Words]] = {"case_kind": CASE_KINDS, "due": DUES}
"""Parameters that hold a code, with what each code says."""

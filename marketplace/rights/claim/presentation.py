"""What everybody may read of a claim, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.terms import last_day_shown
from marketplace.rights.claim.models import Claim
from marketplace.rights.procedure.profile import profile
from marketplace.rights.right.choices import Right

Fact = tuple[str, object]


def rights_in_words(codes: list[str]) -> str:
    return ", ".join(str(Right(code).label) for code in codes)


def published_facts(claim: Claim) -> list[Fact]:
    """Return what the register publishes of a claim, for everybody."""
    years = ngettext("%(years)d year", "%(years)d years", claim.term_years)
    described, transferor = claim.described, claim.transferor
    return [
        (_("Claimant"), claim.organization.name),
        (_("Kind"), claim.get_kind_display()),
        (_("Unified social credit code"), claim.organization.uscc),
        (_("Data"), described.title),
        (_("Abstract"), described.abstract),
        (_("Source"), described.get_source_kind_display()),
        (_("Region"), described.region),
        (_("Time scope"), described.time_scope),
        (_("Claimed rights"), rights_in_words(claim.rights)),
        (_("Term"), years % {"years": claim.term_years}),
        (_("Procedure"), profile(claim.procedure).title),
        (_("Restrictions"), claim.restrictions or _("none")),
        *([(_("Holder who transfers"), transferor.name)] if transferor else []),
        *_notice_days(claim),
    ]


def _notice_days(claim: Claim) -> list[Fact]:
    if claim.notice_from is None:
        return []
    stopped = _("stands still while an objection is decided")
    return [
        (_("Notice from"), claim.notice_from),
        (_("Notice until"), last_day_shown(claim, "notice_until") or stopped),
    ]

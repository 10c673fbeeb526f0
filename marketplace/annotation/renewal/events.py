from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabellingRenewed(Fact):
    """A project goes on over a version made anew, whose digest is told; some items are gone."""

    kind = "annotation.labelling_renewed"
    label = _("Labelling goes on over a version made anew")
    sha256: str
    kept: int
    gone: int

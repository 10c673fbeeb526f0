from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabellingRenewed(
    Fact, kind="annotation.labelling_renewed", label=_("Labelling goes on over a version made anew")
):
    """A project goes on over a version made anew, whose digest is told; some items are gone."""

    sha256: str
    kept: int
    gone: int

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class StudyFinished(Fact, kind="preparation.study_finished", label=_("Comparison finished")):
    """A run that only looks finished; `digest` is that of its question."""

    run_kind: str
    digest: str

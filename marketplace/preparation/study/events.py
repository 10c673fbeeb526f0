from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StudyFinished(Fact):
    """A run that only looks finished; `digest` is that of its question."""

    kind = "preparation.study_finished"
    label = _("Comparison finished")
    run_kind: str
    digest: str

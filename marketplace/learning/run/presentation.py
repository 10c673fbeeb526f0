"""What was declared of a training run, as facts to read."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from marketplace.learning.run.choices import FamilyChoice, MetricChoice, SplitChoice
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.training.declaration import Declaration
from marketplace.web.shares import percent


def declaration_facts(run: TrainingRun) -> list[tuple[str, str]]:
    """Return what was declared, each with its name."""
    one = run.declared
    split = str(SplitChoice(one.split.kind).label)
    if one.split.column:
        split = f"{split}: {one.split.column}"
    return [
        (_("Target"), one.target),
        (_("Features"), ", ".join(each.name for each in one.features)),
        (_("Family"), str(FamilyChoice(one.family).label)),
        (_("Held out"), f"{split} · {percent(one.split.share)}"),
        (_("Must beat the baseline by"), str(MetricChoice(one.metric).label)),
        (_("Settings to try"), number_format(one.candidates)),
        (_("Shards"), number_format(one.shards)),
        (_("Seed"), str(one.seed)),
        *_words_facts(one),
    ]


def _words_facts(one: Declaration) -> list[tuple[str, str]]:
    if not one.words:
        return []
    return [
        (_("Labels to tell apart"), ", ".join(one.labels)),
        (_("Declared words"), " · ".join(one.words)),
        (_("ε that hides each row"), number_format(one.epsilon)),
    ]

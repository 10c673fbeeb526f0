"""What is declared of a training run, and of a measurement that trains as well."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.core.arguments import Choice, Column, Columns, Names, Number, Text, Whole
from marketplace.learning.run.choices import LONGEST_LINE, FamilyChoice, MetricChoice, SplitChoice
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.training.declaration import (
    EPSILONS,
    MOST_CANDIDATES,
    MOST_FEATURES,
    MOST_LABELS,
    MOST_LINES,
    MOST_SHARDS,
)

TITLE = Text(label=_("Title"), longest=longest_of(TrainingRun, "title"))
TARGET = Column(label=_("Target"), help=_("The column whose value the model shall tell."))
FEATURES = Columns(
    label=_("Features"),
    help=_("What the model sees of a row. Do not choose the target."),
    most=MOST_FEATURES,
)
HELP_OF_FAMILY = _("Text takes one feature of texts; the others take numbers and categories.")
FAMILY = Choice(label=_("Family"), help=HELP_OF_FAMILY, choices=FamilyChoice)
WORDS = Names(
    label=_("Declared words"),
    help=_(
        "For the family of declared words: words of the same matter on one line, with blanks "
        "between them. A text counts on the first line of which a word occurs in it."
    ),
    most=MOST_LINES,
    longest=LONGEST_LINE,
    lines=4,
)
LABELS = Names(
    label=_("Labels to tell apart"),
    help=_(
        "One a line. Rows with another label are left out. Without any, those that occur; the "
        "family of declared words needs them named."
    ),
    most=MOST_LABELS,
    longest=LONGEST_LINE,
    lines=4,
)
EPSILON = Number(
    label=_("ε that hides each row"),
    help=_(
        "For the family of declared words: the smaller, the more noise. It is spent of the privacy "
        "budget of the dataset for good, also where no model comes of it."
    ),
    digits=9,
    places=3,
    least=Decimal(str(EPSILONS[0])),
    most=Decimal(str(EPSILONS[1])),
)
SPLIT = Choice(
    label=_("Held out"),
    help=_("A quarter of the rows scores the model and is never trained on."),
    choices=SplitChoice,
)
SPLIT_COLUMN = Column(label=_("Column of the groups or of the time"))
METRIC = Choice(label=_("Must beat the baseline by"), choices=MetricChoice)
CANDIDATES = Whole(label=_("Settings to try"), least=1, most=MOST_CANDIDATES)
SHARDS = Whole(
    label=_("Shards"),
    help=_(
        "Rows that are withdrawn later cost the training of their shard alone. Each shard needs "
        "enough rows of its own."
    ),
    least=1,
    most=MOST_SHARDS,
)
SEED = Whole(label=_("Seed"), least=0, most=2**31 - 1)
ERROR_BY = Columns(label=_("Show errors by"), most=10)

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.web.tables import CentreTable, StateColumn


class LabellingTable(CentreTable):
    """Labelling projects, newest first."""

    caption = _("Labelling projects")
    stacks = True
    title = tables.Column(linkify=("labelling_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(accessor="version__dataset__title", verbose_name=_("Dataset"))
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = LabellingProject
        fields = ("title", "dataset", "kind", "rows", "state")
        empty_text = _(
            "There is no labelling project yet. Open one over a masked version whose risk report "
            "has passed."
        )

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.web.tables import CentreTable, StateColumn


class WorkTable(CentreTable):
    """Projects that an annotator may label in. Neither owner nor dataset is told."""

    caption = _("Labelling work")
    stacks = True
    title = tables.Column(linkify=("labelling_work", {"pk": tables.A("pk")}))
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = LabellingProject
        fields = ("title", "kind", "state")
        empty_text = _("No project is open to your organization at the moment.")

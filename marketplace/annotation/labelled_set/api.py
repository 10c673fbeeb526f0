"""The API of labelled sets."""

from __future__ import annotations

from marketplace.annotation.labelled_set.selectors import labelled_sets_visible_to
from marketplace.annotation.labelled_set.serializers import LabelledSetOut, MakeLabelledSetIn
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.core.scopes import Scope
from marketplace.web.api import act_view, thing_view

MakeLabelledSet = act_view(
    make_labelled_set,
    scope=Scope.TRADE,
    takes=MakeLabelledSetIn,
    gives=LabelledSetOut,
    creates=True,
    made_at="get_labelled_set",
    summary="Make a labelled set",
    about="Make a dataset of a project's accepted items, with a column of labels.",
)
OneLabelledSet = thing_view(
    labelled_sets_visible_to,
    operation="get_labelled_set",
    gives=LabelledSetOut,
    summary="Get a labelled set",
    about="What was made of the labels of a project: a dataset of the catalog.",
)

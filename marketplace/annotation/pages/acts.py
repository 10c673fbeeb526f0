"""The acts on a project, those that end it among them."""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.annotation.closing.rules import check_close_labelling
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.rules import (
    check_edit_labelling,
    check_pause_labelling,
    check_publish_labelling,
    check_set_gold,
    check_write_guideline,
)
from marketplace.core import Actor, Allowed, Rule, rules

ACTS_ON_LABELLING: Mapping[str, Rule[LabellingProject]] = MappingProxyType(
    {
        "edit_labelling": check_edit_labelling,
        "set_gold": check_set_gold,
        "write_guideline": check_write_guideline,
        "publish_labelling": check_publish_labelling,
        "pause_labelling": check_pause_labelling,
        "close_labelling": check_close_labelling,
    }
)


def acts_on_labelling(project: LabellingProject, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_LABELLING, project, by)

"""What data about persons does to them is assessed before it goes on sale."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.demo.story.cast import REVIEWER
from marketplace.demo.story.findings import listing_of, masked_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.telling import Done, Step
from marketplace.trading.listings.assessment.events import AssessmentApproved, AssessmentMade
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.selectors import assessment_of
from marketplace.trading.listings.assessment.services import approve_assessment, make_assessment


def assessing(goods: Goods) -> tuple[Step, ...]:
    """Return the steps of an impact assessment; none for data about nobody."""
    if goods.assessment is None:
        return ()
    return (
        Step(
            gettext_lazy("The officer assesses the impact on persons"),
            partial(look_made, goods),
            partial(make, goods),
        ),
        Step(
            gettext_lazy("A reviewer approves the impact assessment"),
            partial(look_approved, goods),
            partial(approve, goods),
        ),
    )


def look_made(goods: Goods, stage: Stage) -> Done | None:
    found = _found(goods)
    if found is None:
        return None
    return Done(_("bound to the version"), f"assessment:{found.pk}", AssessmentMade)


def make(goods: Goods, stage: Stage) -> None:
    assert goods.assessment is not None
    make_assessment(
        the(listing_of(goods)).pk,
        cases=["handed_on"],
        **goods.assessment,
        by=stage.actor(goods.officer),
    )


def look_approved(goods: Goods, stage: Stage) -> Done | None:
    found = the(_found(goods))
    if found.kept_until is None:
        return None
    return Done(
        _("kept until %(day)s") % {"day": found.kept_until.isoformat()},
        f"assessment:{found.pk}",
        AssessmentApproved,
    )


def approve(goods: Goods, stage: Stage) -> None:
    approve_assessment(the(_found(goods)).pk, by=stage.actor(REVIEWER))


def _found(goods: Goods) -> ImpactAssessment | None:
    masked = masked_of(goods)
    return None if masked is None else assessment_of(masked)

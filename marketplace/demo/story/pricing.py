"""Public data is given its price ceiling before it is offered."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.appraisal.ceiling.events import CeilingApproved, CeilingDrafted, CeilingSubmitted
from marketplace.appraisal.ceiling.rules import Permitted
from marketplace.appraisal.ceiling.services import approve_ceiling, draft_ceiling, submit_ceiling
from marketplace.appraisal.ceiling.states import BEING_WRITTEN, CeilingState
from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.demo.story.cast import REVIEWER
from marketplace.demo.story.findings import ceiling_of, dataset_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.registering import points_of
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.telling import Done, Step
from marketplace.review.models import CaseKind

MONTHS = 12


def pricing(goods: Goods) -> tuple[Step, ...]:
    """Return the steps to a price ceiling; none for data that is not public."""
    if goods.public_cost is None:
        return ()
    return (
        Step(
            gettext_lazy("The officer drafts the price ceiling of public data"),
            partial(look_drafted, goods),
            partial(draft, goods),
        ),
        Step(
            gettext_lazy("The officer submits the price ceiling"),
            partial(look_submitted, goods),
            partial(submit, goods),
        ),
        Step(
            gettext_lazy("A reviewer approves the price ceiling"),
            partial(look_approved, goods),
            partial(approve, goods),
        ),
    )


def look_drafted(goods: Goods, stage: Stage) -> Done | None:
    ceiling = ceiling_of(goods)
    if ceiling is None:
        return None
    return Done(
        _("at most %(amount)s %(currency)s a year")
        % {"amount": f"{ceiling.maximum_revenue:,}", "currency": ceiling.currency},
        f"ceiling:{ceiling.pk}",
        CeilingDrafted,
    )


def draft(goods: Goods, stage: Stage) -> None:
    """Compute the price ceiling of the year that begins today."""
    today = clock.today()
    permitted = Permitted(
        period_from=today,
        period_until=months_after(today, MONTHS) - timedelta(days=1),
        **asdict(the(goods.public_cost)),
    )
    draft_ceiling(the(dataset_of(goods)).pk, permitted=permitted, by=stage.actor(goods.officer))


def look_submitted(goods: Goods, stage: Stage) -> Done | None:
    ceiling = the(ceiling_of(goods))
    if ceiling.state in BEING_WRITTEN:
        return None
    return Done(_("given to a second person"), f"ceiling:{ceiling.pk}", CeilingSubmitted)


def submit(goods: Goods, stage: Stage) -> None:
    submit_ceiling(the(ceiling_of(goods)).pk, by=stage.actor(goods.officer))


def look_approved(goods: Goods, stage: Stage) -> Done | None:
    ceiling = the(ceiling_of(goods))
    if ceiling.state != CeilingState.IN_FORCE:
        return None
    return Done(
        _("%(price)s %(currency)s a licence at most, until %(day)s")
        % {
            "price": f"{ceiling.price:,}",
            "currency": ceiling.currency,
            "day": ceiling.period_until.isoformat(),
        },
        f"ceiling:{ceiling.pk}",
        CeilingApproved,
    )


def approve(goods: Goods, stage: Stage) -> None:
    """Approve the price ceiling, each point of the checklist ticked."""
    approve_ceiling(
        the(ceiling_of(goods)).pk,
        checklist=points_of(CaseKind.CEILING),
        by=stage.actor(REVIEWER),
    )

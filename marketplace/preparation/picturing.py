"""The picture of treatments: what each keeps, against what the worst attacker reaches then."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from desensitize.treatments import Treatment, Tried, apply_steps
from marketplace.credentials.presentation import attacker_label
from marketplace.preparation.advising import tried_of
from marketplace.preparation.answers import Labels, count
from marketplace.preparation.attack_words import step_sentence
from marketplace.preparation.models import Study, Verdict
from marketplace.web.charts import Weighed, weighed
from marketplace.web.shares import percent

HUNDRED = 100
KIND_OF_VERDICT = {
    Verdict.NO_PERSONAL_INFORMATION: "good",
    Verdict.ANONYMOUS: "good",
    Verdict.DE_IDENTIFIED: "bad",
}


@dataclass(frozen=True)
class Point:
    """A treatment in words; `refusal` says why it could not be made, and has no figures then."""

    place: int
    steps: tuple[str, ...]
    useful: str
    attacker: str
    excess: str
    left_out: str
    verdict: str
    tone: str
    refusal: str
    is_now: bool
    can_be_adopted: bool
    is_synthetic: bool

    @property
    def number(self) -> str:
        """Return what the picture calls it: the policy as it is comes first."""
        return count(self.place + 1)

    @property
    def query(self) -> str:
        """Return the query by which the policy's page adopts it."""
        return urlencode({"treatment": self.place})


@dataclass(frozen=True)
class Picture:
    """The picture: a chart, and its points as a table; `part` says of what part of the rows."""

    chart: SafeString
    points: tuple[Point, ...]
    part: str
    limit: str


def picture_of(study: Study, policy: Policy, labels: Labels) -> Picture | None:
    """Draw an answered study; `policy` is the one to decide now. None where nothing is answered."""
    tried = tried_of(study)
    if tried is None:
        return None
    limit: float = study.question["limits"]["excess"]
    part = ""
    if tried.rows_tried < tried.rows:
        part = _("They were tried on %(tried)s of %(rows)s rows, drawn at random.") % {
            "tried": count(tried.rows_tried),
            "rows": count(tried.rows),
        }
    asked = Policy.from_dict(study.question["policy"])
    return Picture(
        chart=_chart(tried, limit),
        points=tuple(
            _point(place, one, labels, _is_now(asked, one, policy))
            for place, one in enumerate(tried.treatments)
        ),
        part=part,
        limit=percent(limit),
    )


def adopted(study: Study, place: int) -> Policy | None:
    """Return the policy of a treatment of a study; None where no policy makes it."""
    tried = tried_of(study)
    if tried is None or not 0 < place < len(tried.treatments):
        return None
    treatment = tried.treatments[place]
    if treatment.is_synthetic or treatment.refusal:
        return None
    return apply_steps(Policy.from_dict(study.question["policy"]), treatment.steps)


def _is_now(asked: Policy, treatment: Treatment, policy: Policy) -> bool:
    return not treatment.is_synthetic and apply_steps(asked, treatment.steps) == policy


def _chart(tried: Tried, limit: float) -> SafeString:
    return weighed(
        [
            Weighed(
                count(place + 1),
                (one.usefulness or 0.0) * HUNDRED,
                one.excess * HUNDRED,
                KIND_OF_VERDICT.get(Verdict(str(one.verdict)), "unknown"),
            )
            for place, one in enumerate(tried.treatments)
            if one.excess is not None and not one.refusal
        ],
        limit=limit * HUNDRED,
        limit_title=_("what the centre allows"),
        title=_("Usefulness against the worst attacker"),
        x_title=_("Usefulness, in percent"),
        y_title=_("Worst attacker beyond guessing, in percent"),
    )


def _point(place: int, treatment: Treatment, labels: Labels, is_now: bool) -> Point:
    verdict = Verdict(str(treatment.verdict))
    made = not treatment.refusal
    return Point(
        place=place,
        steps=tuple(step_sentence(step, labels) for step in treatment.steps),
        useful=percent(treatment.usefulness) if treatment.usefulness is not None else "",
        attacker=attacker_label(treatment.attacker) if treatment.attacker else "",
        excess=percent(treatment.excess) if treatment.excess is not None else "",
        left_out=percent(treatment.left_out) if treatment.left_out else "",
        verdict=str(verdict.label) if made else "",
        tone=KIND_OF_VERDICT.get(verdict, "warning") if made else "",
        refusal="" if made else _("It cannot be made of these data."),
        is_now=is_now,
        can_be_adopted=made and bool(treatment.steps) and not treatment.is_synthetic,
        is_synthetic=treatment.is_synthetic,
    )

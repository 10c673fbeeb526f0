"""The life of a claim.

A claim follows 国数综政策〔2026〕35号 (数据产权登记工作指引, trial). The centre adds three things:
a claimant may take a claim back before it is deposited; as each certificate has a claim of its own,
a change of the registration ends the earlier claim as superseded; and a deposited cancellation is
cancelled together with the right.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ClaimState(TextChoices):
    DRAFT = "draft", _("In preparation")
    SUBMITTED = "submitted", _("Submitted")
    SUPPLEMENT_ACCEPTANCE = "supplement_acceptance", _("To be completed before acceptance")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    ACCEPTED = "accepted", _("Accepted")
    UNDER_REVIEW = "under_review", _("Under review")
    SUPPLEMENT_REVIEW = "supplement_review", _("To be completed during review")
    TERMINATED = "terminated", _("Terminated")
    PUBLIC_NOTICE = "public_notice", _("In public notice")
    OBJECTION = "objection", _("Objection during notice")
    REFUSED = "refused", _("Refused")
    DEPOSITED = "deposited", _("Deposited")
    CERTIFIED = "certified", _("Certified")
    POST_OBJECTION = "post_objection", _("Objection after certification")
    DISPUTE_EXTERNAL = "dispute_external", _("In dispute before a court or arbitrator")
    EXPIRED = "expired", _("Expired")
    TRANSFERRED = "transferred", _("Transferred")
    CANCELLED = "cancelled", pgettext_lazy("of a right", "Cancelled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Replaced by a newer registration")


_C = ClaimState
CLAIM: StateMachine[ClaimState] = StateMachine(
    "claim",
    ClaimState,
    {
        _C.DRAFT: {_C.SUBMITTED, _C.WITHDRAWN},
        _C.SUBMITTED: {_C.SUPPLEMENT_ACCEPTANCE, _C.ACCEPTED, _C.WITHDRAWN},
        _C.SUPPLEMENT_ACCEPTANCE: {_C.SUBMITTED, _C.NOT_ACCEPTED, _C.WITHDRAWN},
        _C.ACCEPTED: {_C.UNDER_REVIEW, _C.WITHDRAWN},
        _C.UNDER_REVIEW: {
            _C.SUPPLEMENT_REVIEW,
            _C.REFUSED,
            _C.PUBLIC_NOTICE,
            _C.DEPOSITED,
            _C.WITHDRAWN,
        },
        _C.SUPPLEMENT_REVIEW: {_C.UNDER_REVIEW, _C.TERMINATED, _C.WITHDRAWN},
        _C.PUBLIC_NOTICE: {_C.OBJECTION, _C.DEPOSITED, _C.WITHDRAWN},
        _C.OBJECTION: {_C.REFUSED, _C.PUBLIC_NOTICE, _C.WITHDRAWN},
        _C.DEPOSITED: {_C.CERTIFIED, _C.CANCELLED},
        _C.CERTIFIED: {
            _C.CERTIFIED,
            _C.POST_OBJECTION,
            _C.TRANSFERRED,
            _C.EXPIRED,
            _C.CANCELLED,
            _C.SUPERSEDED,
        },
        _C.POST_OBJECTION: {_C.CERTIFIED, _C.CANCELLED, _C.DISPUTE_EXTERNAL},
        _C.DISPUTE_EXTERNAL: {_C.CERTIFIED, _C.CANCELLED},
    },
)


COMPLETABLE = frozenset(
    {_C.DRAFT.value, _C.SUPPLEMENT_ACCEPTANCE.value, _C.SUPPLEMENT_REVIEW.value}
)
"""The states in which the claimant may add evidence and submit."""


PUBLIC = frozenset(
    state.value
    for state in (
        _C.PUBLIC_NOTICE,
        _C.OBJECTION,
        _C.CERTIFIED,
        _C.POST_OBJECTION,
        _C.DISPUTE_EXTERNAL,
        _C.EXPIRED,
        _C.TRANSFERRED,
        _C.CANCELLED,
        _C.SUPERSEDED,
    )
)
"""The states in which everybody may read what the register publishes of a claim."""


RUNNING = frozenset(
    state.value
    for state in (
        _C.DRAFT,
        _C.SUBMITTED,
        _C.SUPPLEMENT_ACCEPTANCE,
        _C.ACCEPTED,
        _C.UNDER_REVIEW,
        _C.SUPPLEMENT_REVIEW,
        _C.PUBLIC_NOTICE,
        _C.OBJECTION,
        _C.DEPOSITED,
    )
)
"""The states in which the register has not finished with a claim."""


ENDED_WITHOUT_RIGHT = frozenset(
    state.value for state in (_C.NOT_ACCEPTED, _C.TERMINATED, _C.REFUSED, _C.WITHDRAWN)
)
"""The states of claims that came to nothing."""


PAST_CLAIM = ENDED_WITHOUT_RIGHT | {
    state.value for state in (_C.EXPIRED, _C.TRANSFERRED, _C.CANCELLED)
}
"""The states after which whoever wants the right claims it anew."""

"""What follows from what: for each kind of fact, the acts that it starts.

A reaction takes the sealed entry, calls one act, and answers nothing. It runs once, in the
transaction that moves the cursor; a test and the page of the pipeline name it by its function.
"""

from __future__ import annotations

from collections.abc import Callable

from marketplace.ledger.models import Entry
from marketplace.pipeline.reactions.cases import tell_reviewers, tell_submitters
from marketplace.pipeline.reactions.emails import send_emails
from marketplace.pipeline.reactions.organizations import (
    tell_administrators,
    tell_organization,
)
from marketplace.pipeline.reactions.preparing import ask_worker, profile_approved, tell_of_run

Reaction = Callable[[Entry], None]

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "accounts.organization_applied": (tell_administrators,),
    "accounts.organization_verified": (tell_organization,),
    "accounts.organization_refused": (tell_organization,),
    "accounts.organization_suspended": (tell_organization,),
    "accounts.organization_reinstated": (tell_organization,),
    "review.case_opened": (tell_reviewers,),
    "review.case_decided": (tell_submitters,),
    "catalog.dataset_approved": (profile_approved,),
    "preparation.run_requested": (ask_worker,),
    "preparation.run_failed": (tell_of_run,),
    "preparation.columns_classified": (tell_of_run,),
    "preparation.masking_finished": (tell_of_run,),
    "notices.people_notified": (send_emails,),
}

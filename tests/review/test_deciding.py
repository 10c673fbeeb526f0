"""Who decides a case is a second person, by the rule and by the database."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor, Door
from marketplace.review.models import Case, CaseKind
from marketplace.review.policies import may_decide

REVIEWER = Actor(
    person_id=uuid4(), organization_id=uuid4(), roles=frozenset({Role.REVIEWER}), door=Door.PAGE
)


def test_who_submits_does_not_decide() -> None:
    """Nor anybody else of the organization that submitted it, whatever their roles."""
    case = Case(kind=CaseKind.RIGHT, submitted_by_id=uuid4(), organization_id=uuid4())
    assert may_decide(REVIEWER, case)
    assert not may_decide(replace(REVIEWER, roles=frozenset({Role.OFFICER})), case)
    assert not may_decide(replace(REVIEWER, person_id=case.submitted_by_id), case)
    assert not may_decide(replace(REVIEWER, organization_id=case.organization_id), case)


def test_the_database_asks_for_four_eyes(db: None) -> None:
    """Should a rule ever be forgotten."""
    person = uuid4()
    about = {"kind": CaseKind.RIGHT, "organization_id": uuid4(), "submitted_by_id": person}
    Case.objects.create(subject="claim:1", decided_by_id=uuid4(), **about)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(subject="claim:2", decided_by_id=person, **about)

"""The pipeline, turned by hand."""

from __future__ import annotations

import pytest
from django.conf import settings

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.services import apply_organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core.actor import NOBODY
from marketplace.ledger.services.sealing import seal_round
from marketplace.pipeline.models import SetAside
from marketplace.pipeline.services import react_to_all
from tests.given.world import PASSWORD, code


def catch_up() -> None:
    """Seal everything and react to it, and to what follows, until nothing is left, as the loop."""
    while seal_round() + react_to_all():
        pass


def newcomer() -> Organization:
    """Let an organization apply, of which the centre's administrators are told."""
    return apply_organization(
        name="Newcomer Ltd",
        kind=OrganizationKind.COMPANY,
        uscc=code("newcomer"),
        contact="3 New Street",
        person_name="Nina",
        email="nina@example.org",
        password=PASSWORD,
        roles=frozenset({Role.BUYER.value}),
        by=NOBODY,
    )


def put_aside() -> SetAside:
    """Return an e-mail that could not be handed to a worker, since there is no broker."""
    catch_up()
    newcomer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "BROKER_URL", "")
        catch_up()
    return SetAside.objects.get(reaction="send_emails", error_code="broker-missing")

"""Notices that somebody has."""

from __future__ import annotations

from django.urls import reverse

from marketplace.core.actor import Actor, Door
from marketplace.notices.models import Notice
from marketplace.notices.services import notify
from tests.given.world import World

PIPELINE = Actor.system(Door.REACTION)


def told(world: World, person: str, *, thing: str = "Bus rides 2025") -> Notice:
    """Tell a person that their organization's dataset was approved."""
    [notice] = notify(
        people=[world.person(person)],
        kind="case_approved",
        subject="case:00000000-0000-0000-0000-000000000001",
        parameters={"case_kind": "content", "thing": thing},
        url=reverse("organization_list"),
        by=PIPELINE,
    )
    return notice

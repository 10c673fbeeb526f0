"""Notices that somebody has."""

from __future__ import annotations

from contextlib import suppress

from django.test import override_settings
from django.urls import reverse

from marketplace.core.actor import Actor, Door
from marketplace.notices.models import Notice
from marketplace.notices.services import email_notice, notify
from tests.given.world import World

PIPELINE = Actor.system(Door.REACTION)


def not_delivered(world: World, person: str) -> Notice:
    """Tell a person of something while no mail server answers."""
    notice = told(world, person)
    with (
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=1,
        ),
        suppress(ConnectionRefusedError),
    ):
        email_notice(notice.pk)
    notice.refresh_from_db()
    return notice


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

"""Remarks on certificates, reached by acts."""

from __future__ import annotations

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.remark.models import Remark
from tests.given.rights import certified
from tests.given.shelf import kept
from tests.given.world import World

COURT = {"authority": "Fuzhou Intermediate Court", "document_number": "(2026) Min 01 Zhi 88"}


@kept
def proposed_freeze(world: World, certificate: Certificate | None = None) -> Remark:
    """Let a reviewer enter a freeze by a court."""
    return enter_remark(
        (certificate or certified(world)).pk,
        kind="judicial_freeze",
        **COURT,
        by=world.actor("reviewer"),
    )


@kept
def judicially_frozen(world: World, certificate: Certificate | None = None) -> Remark:
    """Let a second reviewer confirm it."""
    remark = proposed_freeze(world, certificate)
    return decide_remark(remark.pk, is_confirmed=True, by=world.actor("second_reviewer"))


def lifted_freeze(world: World, remark: Remark) -> Remark:
    """Lift a freeze by two reviewers."""
    lift_remark(remark.pk, **COURT, by=world.actor("reviewer"))
    return decide_remark(remark.pk, is_confirmed=True, by=world.actor("second_reviewer"))

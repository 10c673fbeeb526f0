"""Keep sketches of people, let versions out, and keep what was tried together."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.attacks import Attack
from desensitize.attacks.people import Sketch, same_people
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core.actor import Actor
from marketplace.core.envelope import new_key, unwrap, wrap
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked, visible
from marketplace.preparation.beginnings import request_run
from marketplace.preparation.endings import end_done, keep_compositions
from marketplace.preparation.guards import held_run
from marketplace.preparation.models import (
    PeopleKey,
    PeopleSketch,
    PublishedVersion,
    Run,
    RunKind,
)
from marketplace.preparation.rules import (
    check_decides,
    check_start_composition,
    check_works_on_runs,
)
from marketplace.preparation.selectors import active_run


def people_key(organization_id: UUID) -> bytes:
    """Open the key of an organization's sketches, made now where there is none."""
    wrapped = wrap(new_key(), purpose=people_key_purpose(organization_id))
    kept, _made = PeopleKey.objects.get_or_create(
        organization_id=organization_id, defaults={"wrapped_key": wrapped}
    )
    return unwrap(kept.wrapped_key, purpose=people_key_purpose(organization_id))


def people_key_purpose(organization_id: UUID) -> str:
    """Return for what the key of an organization's sketches is wrapped."""
    return f"preparation:people:{organization_id}"


def locked_people(organization_id: UUID) -> None:
    """Lock what an organization lets out, so that two releases see each other."""
    people_key(organization_id)
    PeopleKey.objects.select_for_update().get(organization_id=organization_id)


@transaction.atomic
def keep_sketch(version_id: UUID, *, sketch: Sketch, person: str | None, by: Actor) -> PeopleSketch:
    """Keep the sketch of a source version, and which other sources share people with it.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_runs(by)
    version = visible(versions_visible_to(by), pk=version_id)
    organization_id = version.dataset.organization_id
    # Of two that are kept at once, the second is compared with the first.
    locked_people(organization_id)
    kept, _made = PeopleSketch.objects.update_or_create(
        version=version,
        defaults={
            "organization_id": organization_id,
            "content": sketch.to_bytes(),
            "person": person or "",
        },
    )
    others = PeopleSketch.objects.filter(organization_id=organization_id).exclude(pk=kept.pk)
    kept.others.set(
        [
            other
            for other in others.iterator(chunk_size=10)
            if same_people(sketch, Sketch.from_bytes(bytes(other.content)))
        ]
    )
    return kept


def let_out(version: DatasetVersion) -> PublishedVersion:
    """Remember that a version's rows go out; what an organization lets out is locked."""
    published, _made = PublishedVersion.objects.get_or_create(
        version=version, defaults={"organization_id": version.dataset.organization_id}
    )
    return published


@transaction.atomic
def start_composition(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to try a masked version together with earlier releases of the same people.

    Tried are those that were let out since it was measured. A run that is under way is answered
    instead.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: no risk report of it is in force (`risk-missing`), all were tried already
            (`composition-tried`), or the raw data was destroyed (`raw-destroyed`).
    """
    version = visible(versions_visible_to(by), pk=version_id)
    check_decides(version, by)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    existing = active_run(version, RunKind.COMPOSE)
    if existing is not None:
        return existing
    check_start_composition(version, by)
    return request_run(version, RunKind.COMPOSE, by=by)


@transaction.atomic
def finish_composition(
    run_id: UUID, *, attempt: int, found: Mapping[UUID, Attack], by: Actor
) -> Run:
    """Keep what an attacker made of a version together with earlier ones, by their ids.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
        Invalid: the run does something else.
    """
    run = held_run(run_id, attempt=attempt, by=by)
    if run.kind != RunKind.COMPOSE:
        raise Invalid(_("This run does something else."))
    keep_compositions(run.version, found, run=run, by=by)
    end_done(run)
    return run

"""What was certified before rights were bound to data is bound by the migration, alike."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db import connection

from marketplace.catalog.models import DatasetVersion
from marketplace.rights.models import Certificate, Claim
from tests.given import rights as given
from tests.given.catalog import approved_dataset, uploaded_version
from tests.given.world import World

STRUCTURE = import_module("marketplace.catalog.migrations.0003_structure_of_versions")
SCOPE = import_module("marketplace.rights.migrations.0002_scope_of_rights")


def test_migrations_compute_what_the_acts_compute(world: World) -> None:
    """For updates and for one version alone, with newer data there and a claim that runs."""
    kept = [
        given.certified(world, dataset=approved_dataset(world, update_frequency=frequency))
        for frequency in ("monthly", "once")
    ]
    running = given.submitted_claim(world)
    uploaded_version(world, kept[1].dataset, table="day,line\n2026-05-01,9\n")
    structures = dict(DatasetVersion.objects.values_list("pk", "structure_sha256"))
    DatasetVersion.objects.update(structure_sha256="")
    for model in (Certificate, Claim):
        model._default_manager.update(scope_sha256="", version=None)

    STRUCTURE.fill(apps, connection.schema_editor())
    SCOPE.bind(apps, connection.schema_editor())

    assert dict(DatasetVersion.objects.values_list("pk", "structure_sha256")) == structures
    for certificate in kept:
        again = Certificate.objects.get(pk=certificate.pk)
        assert (again.version, again.scope_sha256) == (
            certificate.version,
            certificate.scope_sha256,
        )
    for claim in (running, *(certificate.claim for certificate in kept)):
        bound = Claim.objects.get(pk=claim.pk)
        assert (bound.version, bound.scope_sha256) == (claim.version, claim.scope_sha256)

"""Keep which data a right was claimed and certified over."""

import hashlib
from typing import Any

import django.db.models.deletion
import rfc8785
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DESCRIBED = (
    *("title", "asset_kind", "source_kind", "source_description"),
    *("legal_basis", "region", "update_frequency"),
)
IN_DOCUMENT = {
    "title": "name",
    "source_kind": "source",
    "region": "geographic_scope",
}
"""Where a certificate has a name of its own for a field of the description."""


def bind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bind what was certified to what its signed document says, and what runs to the newest data."""
    versions = apps.get_model("catalog", "DatasetVersion").objects.filter(kind="source")
    for certificate in apps.get_model("rights", "Certificate").objects.select_related(
        "claim", "dataset", "credential"
    ):
        document = certificate.credential.document
        # Certificates have become Verifiable Credentials since, which say it of their subject.
        stated = (document.get("claims") or document["credentialSubject"])["data"]
        version = versions.filter(
            dataset_id=certificate.dataset_id, sha256=stated["fingerprint"]
        ).first()
        if version is None:
            continue
        described = {
            name: stated.get(IN_DOCUMENT.get(name, name), getattr(certificate.dataset, name))
            for name in DESCRIBED
        }
        for row in (certificate, certificate.claim):
            row.version, row.scope_sha256 = version, _scope(described, version)
            row.save(update_fields=["version", "scope_sha256"])
    for claim in (
        apps.get_model("rights", "Claim")
        .objects.filter(scope_sha256="")
        .exclude(state="draft")
        .select_related("dataset")
    ):
        version = versions.filter(dataset_id=claim.dataset_id).order_by("-number").first()
        if version is not None:
            described = {name: getattr(claim.dataset, name) for name in DESCRIBED}
            claim.version, claim.scope_sha256 = version, _scope(described, version)
            claim.save(update_fields=["version", "scope_sha256"])


def _scope(described: dict[str, str], version: Any) -> str:
    is_once = described["update_frequency"] == "once"
    scope = {
        "described": described,
        "structure": version.structure_sha256,
        "content": version.sha256 if is_once else "",
    }
    return hashlib.sha256(rfc8785.dumps(scope)).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_structure_of_versions"),
        ("rights", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="catalog.datasetversion",
                verbose_name="version",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="scope_sha256",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="SHA-256 of the scope"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="certificate",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="catalog.datasetversion",
                verbose_name="version",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="scope_sha256",
            field=models.CharField(default="", max_length=64, verbose_name="SHA-256 of the scope"),
            preserve_default=False,
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]

"""Sell a large file. Imports models, so that it is loaded after the settings are."""

from dataclasses import dataclass
from pathlib import Path

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.envelope import wrap
from marketplace.preparation.report.models import RiskReport
from marketplace.vault.incoming import encrypt_path
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from marketplace.vault.services import key_purpose
from tests.campaigns.serving import tokens_of
from tests.given import trading
from tests.given.delivery import granted
from tests.given.world import World, build_world


@dataclass(frozen=True)
class Sold:
    """Where a buyer's program gets what it bought."""

    address: str
    token: str


def sold(file: Path) -> Sold:
    """Sell the bytes of a file.

    They take the place of a small masked table's before the buyer's access opens: masking and
    measuring so many rows would take minutes and make no difference to who downloads them.
    """
    build_world()
    world = World()
    order = trading.paid(world)
    incoming = encrypt_path(file)
    version = order.listing.revision.version
    stored = version.file
    StoredFile.objects.filter(pk=stored.pk).update(
        size=incoming.size,
        sha256=incoming.sha256,
        wrapped_key=wrap(incoming.key, purpose=key_purpose(stored.pk)),
    )
    incoming.move_to(vault_folder() / stored.path)
    DatasetVersion.objects.filter(pk=version.pk).update(size=incoming.size, sha256=incoming.sha256)
    RiskReport.objects.filter(version=version).update(sha256=incoming.sha256)
    grant = granted(world, order)
    return Sold(f"/api/v1/grants/{grant.pk}/download/", tokens_of("buyer")["buyer"])

"""A dataset becomes a product by the policy by which it is prepared."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of, versions_visible_to
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import LONGEST_COLUMN, Names
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.product import rules
from marketplace.trading.listings.product.events import KeyDeclared, ProductRegistered
from marketplace.trading.listings.product.identity import identity_of
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.vault.services import open_stored

MOST_KEYS = 10
KEY_COLUMNS = Names(
    label=gettext_lazy("Key columns"),
    help=gettext_lazy(
        "One name a line. With a key, a row that changed is told to buyers as an update; without "
        "one, as a row that went and a row that came."
    ),
    most=MOST_KEYS,
    longest=LONGEST_COLUMN,
    lines=2,
)


@transaction.atomic
def declare_key(
    product_id: UUID, *, columns: Annotated[Sequence[str], KEY_COLUMNS] = (), by: Actor
) -> Product:
    """Say by which columns the rows of a product are told apart; none takes it back.

    What changed from then on is told with updates. The same again changes nothing.

    Raises:
        NotFound: there is no such product among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        Invalid: a column is none of its newest revision, or two rows of it are the same in these
            columns (`key-not-unique`).
    """
    product = locked(products_visible_to(by), pk=product_id)
    rules.check_declare_key(product, by)
    wanted = list(dict.fromkeys(columns))
    if wanted == product.key_columns:
        return product
    newest = product.revisions.select_related("version__file").order_by("-number").first()
    assert newest is not None, "a product is made with its first revision"
    names = set(columns_of(newest.version).values_list("name", flat=True))
    unknown = [name for name in wanted if name not in names]
    if unknown or len(wanted) > MOST_KEYS:
        sentence = (
            _("The data has no column “%s”.") % unknown[0][:100]
            if unknown
            else _("Name at most %(most)d columns.") % {"most": MOST_KEYS}
        )
        raise Invalid(sentence, fields={"columns": [sentence]})
    if wanted and not _tells_apart(newest.version, wanted):
        sentence = _(
            "Two rows of the newest revision are the same in these columns, or one is empty. Name "
            "columns that tell every row from every other."
        )
        raise Invalid(sentence, code="key-not-unique", fields={"columns": [sentence]})
    product.key_columns = wanted
    product.save(update_fields=["key_columns"])
    record(
        KeyDeclared(subject=f"product:{product.pk}", about=product.concerns, columns=len(wanted)),
        by=by,
    )
    return product


def _tells_apart(version: DatasetVersion, columns: list[str]) -> bool:
    with open_stored(version.file) as file:
        table = pl.from_arrow(pq.read_table(pa.PythonFile(file), columns=columns))
    assert isinstance(table, pl.DataFrame)
    return not sum(table.null_count().row(0)) and table.n_unique() == len(table)


@transaction.atomic
def register_product(version_id: UUID, *, by: Actor) -> Product:
    """Return the product that a desensitized version belongs to, locked; made the first time.

    Of two at once, the second waits and finds what the first has made.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
    """
    version = locked(versions_visible_to(by), pk=version_id)
    rules.check_register_product(version, by)
    digest, treatment = identity_of(version)
    product, is_new = Product.objects.get_or_create(
        dataset_id=version.dataset_id,
        policy_sha256=digest,
        defaults={
            "organization_id": version.dataset.organization_id,
            "treatment": treatment,
        },
    )
    if is_new:
        record(
            ProductRegistered(
                subject=f"product:{product.pk}",
                about=product.concerns,
                policy_sha256=product.policy_sha256,
            ),
            by=by,
        )
        return product
    return locked(Product.objects.all(), pk=product.pk)

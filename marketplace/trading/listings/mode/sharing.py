"""A table that clients of Delta Sharing read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Bought, Mode, Opening, Snippet

SHARE, SCHEMA, TABLE = "centre", "licensed", "data"
"""The names of the one table that a key opens."""


def profile_name(sha256: str) -> str:
    """Return what the file is called that the clients take, by the digest of the bytes."""
    return f"centre-{sha256[:8]}.share"


def _snippets(bought: Bought) -> tuple[Snippet, ...]:
    table = f"{profile_name(bought.sha256)}#{SHARE}.{SCHEMA}.{TABLE}"
    pandas = f'''# pip install delta-sharing
import delta_sharing

table = delta_sharing.load_as_pandas("{table}")
print(table.describe())'''
    duckdb = f'''# pip install delta-sharing duckdb
import delta_sharing, duckdb

bought = delta_sharing.load_as_pandas("{table}")
print(duckdb.sql("SELECT count(*) FROM bought"))'''
    url = bought.address + reverse("sharing_table_metadata", args=[SHARE, SCHEMA, TABLE])
    curl = f'curl --fail --header "Authorization: Bearer {bought.secret}" \\\n  {url}'
    return (
        Snippet("pandas", pandas),
        Snippet("DuckDB", duckdb),
        Snippet(_("The columns, with curl"), curl),
    )


SHARING = Mode(
    name="sharing",
    label=gettext_lazy("Table through Delta Sharing"),
    buyer_then=gettext_lazy("Then you read it as a table by Delta Sharing."),
    contract_note="The shared table, saved as a Parquet file beside this contract.",
    opened_by=Opening.TABLE,
    page="",
    partial="delivery/partials/sharing.html",
    takes_key=True,
    rows_leave=True,
    leaves_whole=True,
    is_counted=True,
    is_for_data=True,
    is_for_models=False,
    is_for_important=False,
    follows=True,
    snippets=_snippets,
)

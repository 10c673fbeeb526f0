"""Rows, asked for page by page through the API."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Bought, Mode, Opening, Snippet


def _snippets(bought: Bought) -> tuple[Snippet, ...]:
    url = bought.address + reverse("api_get_grant_rows", args=[bought.grant_id])
    curl = f'curl --fail --header "Authorization: Bearer {bought.secret}" \\\n  "{url}?limit=10"'
    pandas = f'''import pandas, requests

url, after, rows = "{url}", 0, []
revision = ""  # whatever the grant gives now
while after is not None:
    answer = requests.get(
        url,
        params={{"after": after, "limit": 10_000, "as_of": revision}},
        headers={{"Authorization": "Bearer {bought.secret}"}},
    )
    answer.raise_for_status()
    page = answer.json()
    rows += page["rows"]
    after, revision = page["next_after"], page["revision"]
table = pandas.DataFrame(rows)
print(table.describe())'''
    arrow = f'''import duckdb, pyarrow, requests

url, pages = "{url}", []
while url:
    answer = requests.get(
        url,
        headers={{
            "Authorization": "Bearer {bought.secret}",
            "Accept": "application/vnd.apache.arrow.stream",
        }},
    )
    answer.raise_for_status()
    pages.append(pyarrow.ipc.open_stream(answer.content).read_all())
    url = answer.links.get("next", {{}}).get("url")
bought = pyarrow.concat_tables([page.replace_schema_metadata() for page in pages])
print(duckdb.sql("SELECT count(*) FROM bought"))'''
    return (
        Snippet(_("A first look with curl"), curl),
        Snippet("pandas", pandas),
        Snippet(_("Arrow and DuckDB, for many rows"), arrow),
    )


API = Mode(
    name="api",
    label=gettext_lazy("Rows through the API"),
    buyer_then=gettext_lazy("Then your programs fetch rows with a key."),
    contract_note="All rows of the grant, saved as a Parquet file beside this contract.",
    opened_by=Opening.ROWS,
    page="",
    partial="delivery/partials/api.html",
    takes_key=True,
    rows_leave=True,
    leaves_whole=False,
    is_counted=True,
    is_for_data=True,
    is_for_models=False,
    is_for_important=False,
    follows=True,
    snippets=_snippets,
)

"""What a grant's page says of what was bought, and the programs that a buyer can copy."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, is_open
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.modes import MODES
from marketplace.delivery.grant.rules import check_has_copy_written, check_retry_copy
from marketplace.delivery.sharing.protocol import SCHEMA, SHARE, TABLE, profile_text
from marketplace.delivery.use.services import IssuedKey
from marketplace.preparation.adapters import run_error
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.presentation import FAILURE_LABELS
from marketplace.trading.listings.history.presentation import RuleChangeLine, rule_changes
from marketplace.trading.listings.revision.promises import rules_of_revision
from marketplace.trading.listings.terms.scope import condition_words
from marketplace.trading.orders.order.models import Order

HIDDEN_KEY = "YOUR-KEY"


@dataclass(frozen=True)
class Snippet:
    """A program to copy."""

    title: str | Promise
    code: str


@dataclass(frozen=True)
class Profile:
    """A file that the clients of Delta Sharing take; it holds the key."""

    name: str
    text: str

    @property
    def address(self) -> str:
        """Return the text as an address, so that a page can offer it without keeping it."""
        return f"data:application/json;base64,{base64.b64encode(self.text.encode()).decode()}"


@dataclass(frozen=True)
class Bought:
    """In words, which columns and rows are the buyer's."""

    columns: str
    rows: tuple[str, ...]


def bought_words(grant: Grant) -> Bought:
    kept = grant.projection if grant.copy is None else grant.copy.projection
    return _words(Projection.from_json(kept))


def _words(projection: Projection) -> Bought:
    columns = ", ".join(projection.columns) or _("Every column")
    rows = tuple(condition_words(one) for one in projection.rows)
    if projection.first is not None:
        rows = (_("The first %(number)d rows") % {"number": projection.first}, *rows)
    return Bought(columns, rows)


@dataclass(frozen=True)
class GivenLine:
    """A revision that a grant gave, with what became of the rules before."""

    given: GivenRevision
    changes: list[RuleChangeLine]


def revisions_in_words(rows: Iterable[GivenRevision]) -> list[GivenLine]:
    """Return revisions that `told_revisions` has fetched, in their order."""
    return [GivenLine(one, rule_changes(rules_of_revision(one, one.revision))) for one in rows]


def copy_context(order: Order, copy: Copy, *, by: Actor) -> dict[str, object]:
    """Say how far a buyer's copy is, and why it is not granted where it is not.

    Why a run broke is told to those who can have it done again; it concerns the seller's files.
    """
    run = copy.run
    is_broken = run.is_final and copy.passed is None
    is_told = is_broken and is_open(check_has_copy_written, order, by)
    failures = [FAILURE_LABELS.get(code, code) for code in copy.failures]
    return {
        "order": order,
        "copy": copy,
        "run": run,
        "is_refused": copy.passed is False,
        "is_broken": is_broken,
        "retries": is_open(check_retry_copy, order, by),
        "why_broken": (run_error(run) or _("The run was cancelled.")) if is_told else "",
        "failures": failures,
        "bought": _words(Projection.from_json(copy.projection)),
        "state_url": reverse("order_copy", args=[order.pk]),
    }


def snippets_of(grant: Grant, *, address: str, secret: str) -> tuple[Snippet, ...]:
    """Write programs that have the data as the grant's mode gives it; `address` is the site's."""
    write = SNIPPETS.get(grant.mode)
    return write(grant, address.rstrip("/"), secret or HIDDEN_KEY) if write else ()


def _onnx_program(name: str) -> str:
    return f"""# pip install onnxruntime
import onnxruntime

model = onnxruntime.InferenceSession("{name}")
for one in [*model.get_inputs(), *model.get_outputs()]:
    print(one.name, one.type, one.shape)"""


def _file_snippets(grant: Grant, address: str, secret: str) -> tuple[Snippet, ...]:
    name = MODES[grant.mode].file_name(grant)
    url = address + reverse("api_open_download", args=[grant.pk])
    curl = (
        f"curl --fail --location --continue-at - --output {name} \\\n"
        f'  --header "Authorization: Bearer YOUR-TOKEN" \\\n  {url}\n'
        f"echo '{grant.sha256}  {name}' | sha256sum --check"
    )
    if grant.version.is_model:
        return (
            Snippet(_("Download, or take up a broken download"), curl),
            Snippet("onnxruntime", _onnx_program(name)),
        )
    pandas = f'import pandas\n\ntable = pandas.read_parquet("{name}")\nprint(table.describe())'
    duckdb = f"duckdb -c \"SELECT count(*) FROM '{name}'\""
    return (
        Snippet(_("Download, or take up a broken download"), curl),
        Snippet("pandas", pandas),
        Snippet("DuckDB", duckdb),
    )


def _api_snippets(grant: Grant, address: str, secret: str) -> tuple[Snippet, ...]:
    url = address + reverse("api_get_grant_rows", args=[grant.pk])
    curl = f'curl --fail --header "Authorization: Bearer {secret}" \\\n  "{url}?limit=10"'
    pandas = f'''import pandas, requests

url, after, rows = "{url}", 0, []
revision = ""  # whatever the grant gives now
while after is not None:
    answer = requests.get(
        url,
        params={{"after": after, "limit": 10_000, "as_of": revision}},
        headers={{"Authorization": "Bearer {secret}"}},
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
            "Authorization": "Bearer {secret}",
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


def _scoring_snippets(grant: Grant, address: str, secret: str) -> tuple[Snippet, ...]:
    url = address + reverse("api_score_with_grant", args=[grant.pk])
    names = list(columns_of(grant.version).values_list("name", flat=True))[:-1]
    body = json.dumps({"rows": [dict.fromkeys(names)], "with_reasons": True}, ensure_ascii=False)
    curl = (
        f'curl --fail --header "Authorization: Bearer {secret}" \\\n'
        f'  --header "Content-Type: application/json" \\\n'
        f"  --header 'Idempotency-Key: \"a-text-of-its-own\"' \\\n"
        f"  --data '{body}' \\\n  {url}"
    )
    python = f'''import requests, uuid

row = {json.dumps(dict.fromkeys(names), ensure_ascii=False).replace("null", "None")}
answer = requests.post(
    "{url}",
    json={{"rows": [row], "with_reasons": False}},
    headers={{
        "Authorization": "Bearer {secret}",
        "Idempotency-Key": f'"{{uuid.uuid4()}}"',  # the same again: answered and counted once
    }},
)
answer.raise_for_status()
print(answer.json()["scores"][0])'''
    table = (
        f'curl --fail --header "Authorization: Bearer {secret}" \\\n'
        f'  --header "Content-Type: text/csv" \\\n'
        f"  --header 'Idempotency-Key: \"another-text-of-its-own\"' \\\n"
        f"  --data-binary @rows.csv --output scores.csv \\\n"
        f"  {address + reverse('api_score_table_with_grant', args=[grant.pk])}"
    )
    return (
        Snippet(_("A first row with curl"), curl),
        Snippet("Python", python),
        Snippet(_("Many rows, as a CSV table"), table),
    )


def _sharing_snippets(grant: Grant, address: str, secret: str) -> tuple[Snippet, ...]:
    table = f"{profile_name(grant)}#{SHARE}.{SCHEMA}.{TABLE}"
    pandas = f'''# pip install delta-sharing
import delta_sharing

table = delta_sharing.load_as_pandas("{table}")
print(table.describe())'''
    duckdb = f'''# pip install delta-sharing duckdb
import delta_sharing, duckdb

bought = delta_sharing.load_as_pandas("{table}")
print(duckdb.sql("SELECT count(*) FROM bought"))'''
    url = address + reverse("sharing_table_metadata", args=[SHARE, SCHEMA, TABLE])
    curl = f'curl --fail --header "Authorization: Bearer {secret}" \\\n  {url}'
    return (
        Snippet("pandas", pandas),
        Snippet("DuckDB", duckdb),
        Snippet(_("The columns, with curl"), curl),
    )


def profile_name(grant: Grant) -> str:
    return f"centre-{grant.sha256[:8]}.share"


def profile_of(issued: IssuedKey, *, address: str) -> Profile:
    """Return the profile file of a new key; `address` is the site's."""
    endpoint = address.rstrip("/") + reverse("sharing_shares").removesuffix("/shares")
    text = profile_text(endpoint=endpoint, secret=issued.secret, expires_at=issued.key.expires_at)
    return Profile(profile_name(issued.key.grant), text)


SNIPPETS = {
    "sharing": _sharing_snippets,
    "file": _file_snippets,
    "api": _api_snippets,
    "scoring": _scoring_snippets,
}

"""A trained model that answers the buyer's own rows."""

import json

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.selectors import columns_of
from marketplace.trading.listings.mode.base import Bought, Mode, Opening, Snippet


def _snippets(bought: Bought) -> tuple[Snippet, ...]:
    url = bought.address + reverse("api_score_with_grant", args=[bought.grant_id])
    names = list(columns_of(bought.version).values_list("name", flat=True))[:-1]
    body = json.dumps({"rows": [dict.fromkeys(names)], "with_reasons": True}, ensure_ascii=False)
    curl = (
        f'curl --fail --header "Authorization: Bearer {bought.secret}" \\\n'
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
        "Authorization": "Bearer {bought.secret}",
        "Idempotency-Key": f'"{{uuid.uuid4()}}"',  # the same again: answered and counted once
    }},
)
answer.raise_for_status()
print(answer.json()["scores"][0])'''
    table = (
        f'curl --fail --header "Authorization: Bearer {bought.secret}" \\\n'
        f'  --header "Content-Type: text/csv" \\\n'
        f"  --header 'Idempotency-Key: \"another-text-of-its-own\"' \\\n"
        f"  --data-binary @rows.csv --output scores.csv \\\n"
        f"  {bought.address + reverse('api_score_table_with_grant', args=[bought.grant_id])}"
    )
    return (
        Snippet(_("A first row with curl"), curl),
        Snippet("Python", python),
        Snippet(_("Many rows, as a CSV table"), table),
    )


SCORING = Mode(
    name="scoring",
    label=gettext_lazy("Scoring: the model answers rows"),
    buyer_then=gettext_lazy(
        "Then your programs give rows to the model with a key. The model stays in the centre."
    ),
    contract_note="No rows leave: the model answers the buyer's own rows.",
    opened_by=Opening.SCORE,
    page="",
    partial="delivery/partials/scoring.html",
    takes_key=True,
    rows_leave=False,
    leaves_whole=False,
    is_counted=True,
    is_for_data=False,
    is_for_models=True,
    is_for_important=False,
    follows=True,
    snippets=_snippets,
)

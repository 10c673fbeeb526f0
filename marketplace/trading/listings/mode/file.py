"""The very bytes that were sold, as a file to download."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Bought, Mode, Opening, Snippet


def _snippets(bought: Bought) -> tuple[Snippet, ...]:
    name = bought.file_name
    url = bought.address + reverse("api_open_download", args=[bought.grant_id])
    curl = (
        f"curl --fail --location --continue-at - --output {name} \\\n"
        f'  --header "Authorization: Bearer YOUR-TOKEN" \\\n  {url}\n'
        f"echo '{bought.sha256}  {name}' | sha256sum --check"
    )
    if bought.version.is_model:
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


def _onnx_program(name: str) -> str:
    return f"""# pip install onnxruntime
import onnxruntime

model = onnxruntime.InferenceSession("{name}")
for one in [*model.get_inputs(), *model.get_outputs()]:
    print(one.name, one.type, one.shape)"""


FILE = Mode(
    name="file",
    label=gettext_lazy("File to download"),
    buyer_then=gettext_lazy("Then you download a file."),
    contract_note="The file as it is delivered, beside this contract.",
    opened_by=Opening.DOWNLOAD,
    page="",
    partial="delivery/partials/file.html",
    takes_key=False,
    rows_leave=True,
    leaves_whole=True,
    is_counted=False,
    is_for_data=True,
    is_for_models=True,
    is_for_important=False,
    follows=True,
    snippets=_snippets,
)

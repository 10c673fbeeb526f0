"""What a revision was made from, as events of OpenLineage 2-0-2.

They name datasets, columns, masks and digests: no row, no value, nobody. Namespaces are the address
of this centre, and that of the database a table was drawn from.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from desensitize.policy import Policy
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.catalog.source.models import DatabaseKind, Drawing
from marketplace.catalog.source.selectors import drawing_that_brought
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import visible
from marketplace.ledger.models import Entry
from marketplace.outbound.lineage.selectors import is_told
from marketplace.outbound.lineage.services import keep_lineage
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.revision.selectors import revisions_visible_to
from marketplace.web.mail import absolute

Json = dict[str, object]

SPEC = "https://openlineage.io/spec"
EVENT = f"{SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
FACETS = {
    "schema": ("1-2-0", "SchemaDatasetFacet"),
    "dataSource": ("1-0-1", "DatasourceDatasetFacet"),
    "version": ("1-0-1", "DatasetVersionDatasetFacet"),
    "columnLineage": ("1-2-0", "ColumnLineageDatasetFacet"),
    "outputStatistics": ("1-0-2", "OutputStatisticsOutputDatasetFacet"),
    "jobType": ("2-0-4", "JobTypeJobFacet"),
}
"""The versions of the standard's facets that are told."""
RELEASE = "centre_release"
"""Our own facet of a revision: by which policy it was prepared, and on which proofs it stands."""
RELEASE_SCHEMA = "/static/centre/openlineage-release.json#/$defs/ReleaseDatasetFacet"
SCHEMES = {DatabaseKind.POSTGRESQL: "postgres", DatabaseKind.MYSQL: "mysql"}


def tell_lineage(entry: Entry) -> None:
    """Keep the events of a revision that went live, where somebody is told of lineage."""
    if is_told():
        revision = visible(revisions_visible_to(PIPELINE), pk=id_of(entry.subject))
        events = list(events_of(revision))
        keep_lineage(cause=f"entry:{entry.reference}", events=events, by=PIPELINE)


def events_of(revision: Revision) -> Iterator[Json]:
    """Yield how the data came here, if that is known, and how it was prepared: start and end."""
    source = revision.version.source
    drawing = drawing_that_brought(source)
    if drawing is not None:
        yield from _run(
            drawing.pk,
            job=f"dataset:{source.dataset_id}:draw",
            kind="DRAW",
            times=(drawing.started_at, drawing.ended_at),
            inputs=[_drawn_from(drawing)],
            outputs=[_source(source)],
        )
    above = origins_above(source.dataset_id)
    origins = [origin for origin in above if origin.dataset_id == source.dataset_id]
    if origins:
        yield from _run(
            source.pk,
            job=f"dataset:{source.dataset_id}:derive",
            kind="DERIVE",
            # How long it took is known to who made it: the centre knows when it was there.
            times=(source.created_at, source.created_at),
            inputs=[_origin(origin) for origin in origins],
            outputs=[_source(source)],
        )
    run = revision.run
    if run is None:
        # A model was trained on its origins, which is told above.
        return
    yield from _run(
        run.pk,
        job=f"product:{revision.product_id}:prepare",
        kind="DESENSITIZE",
        times=(run.started_at, run.ended_at),
        inputs=[_source(source)],
        outputs=[_product(revision)],
    )


def _run(
    pk: UUID,
    *,
    job: str,
    kind: str,
    times: tuple[datetime | None, datetime | None],
    inputs: list[Json],
    outputs: list[Json],
) -> Iterator[Json]:
    began, ended = times
    job_type = {"processingType": "BATCH", "integration": "CENTRE", "jobType": kind}
    for event, at in (("START", began or ended), ("COMPLETE", ended)):
        if at is not None:
            yield {
                "eventType": event,
                "eventTime": at.isoformat(),
                "producer": absolute("/"),
                "schemaURL": EVENT,
                "run": {"runId": str(pk), "facets": {}},
                "job": {
                    "namespace": absolute(""),
                    "name": job,
                    "facets": {"jobType": _facet("jobType", job_type)},
                },
                "inputs": inputs,
                "outputs": outputs,
            }


def _facet(name: str, content: Mapping[str, object]) -> Json:
    version, definition = FACETS[name]
    address = f"{SPEC}/facets/{version}/{definition}.json#/$defs/{definition}"
    return {"_producer": absolute("/"), "_schemaURL": address, **content}


def _here(name: str, version: str, facets: Json) -> Json:
    own = {
        "version": _facet("version", {"datasetVersion": version}),
        "dataSource": _facet(
            "dataSource", {"name": absolute("").partition("//")[2], "uri": absolute("/")}
        ),
    }
    return {"namespace": absolute(""), "name": name, "facets": own | facets}


def _schema(version: DatasetVersion) -> Json:
    columns = columns_of(version)
    fields = [{"name": column.name, "type": column.dtype} for column in columns]
    return {"schema": _facet("schema", {"fields": fields})}


def _source(version: DatasetVersion) -> Json:
    return _here(f"dataset:{version.dataset_id}", str(version.number), _schema(version))


def _drawn_from(drawing: Drawing) -> Json:
    source = drawing.source
    address = f"{SCHEMES[DatabaseKind(source.kind)]}://{source.host}:{source.port}"
    data_source = _facet("dataSource", {"name": address, "uri": address})
    return {
        "namespace": address,
        "name": f"{source.database}.{drawing.schema}.{drawing.table}",
        "facets": {"dataSource": data_source},
    }


def _origin(origin: Origin) -> Json:
    """Name what a dataset was made from: a dataset here, or by its declaration what is elsewhere.

    What somebody called data from elsewhere is a free text, and is not told.
    """
    if origin.upstream_id is None:
        return _here(f"origin:{origin.pk}", origin.credential_sha256 or "unknown", {})
    version = origin.upstream_version
    number = "unknown" if version is None else str(version.number)
    return _here(f"dataset:{origin.upstream_id}", number, {})


def _product(revision: Revision) -> Json:
    version = revision.version
    facets = {
        **_schema(version),
        "columnLineage": _facet("columnLineage", {"fields": _column_lineage(revision)}),
        RELEASE: _release(revision),
    }
    statistics = {"rowCount": version.rows, "size": version.size}
    return {
        **_here(f"product:{revision.product_id}", str(revision.number), facets),
        "outputFacets": {"outputStatistics": _facet("outputStatistics", statistics)},
    }


def _column_lineage(revision: Revision) -> Json:
    """Return from which column each one comes, and by which mask."""
    document = revision.prepared_by.followed.document
    masks = {rule["name"]: rule["mask"] for rule in document["columns"]}
    ends = Policy.from_dict(document).ends
    source = revision.version.source
    named = set(columns_of(source).values_list("name", flat=True))
    found: Json = {}
    for column in columns_of(revision.version):
        origin = ends.get(column.name, column.name)
        if origin in named:
            mask = str(masks.get(origin, ""))
            by = {
                "type": "DIRECT",
                "subtype": "TRANSFORMATION" if column.is_altered else "IDENTITY",
                "description": mask,
                "masking": column.is_altered,
            }
            start = {
                "namespace": absolute(""),
                "name": f"dataset:{source.dataset_id}",
                "field": origin,
                "transformations": [by],
            }
            found[column.name] = {"inputFields": [start]}
    return found


def _release(revision: Revision) -> Json:
    listings = listings_visible_to(PIPELINE).filter(revision=revision, certificate__isnull=False)
    numbers = listings.values_list("certificate__number", flat=True)
    return {
        "_producer": absolute("/"),
        "_schemaURL": absolute(RELEASE_SCHEMA),
        "revision": revision.number,
        "verdict": revision.verdict,
        "policySha256": revision.policy_sha256,
        "bytesSha256": revision.sha256,
        "certificates": sorted(set(numbers)),
    }

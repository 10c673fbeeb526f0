"""Croissant 1.1 with the vocabulary of responsible AI (RAI 1.0): a set described for loaders.

Terms are those of docs.mlcommons.org/croissant (format specification; RAI specification), read
2026-11-29. A reader finds who labelled, how, how far annotators agreed, and what the set is not
good for; annotators are counted, and named nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from marketplace.annotation.formats.labelled_set import LabelledSet, Method

VERSION = "http://mlcommons.org/croissant/1.1"
RAI = "http://mlcommons.org/croissant/RAI/1.0"
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
FIELDS = (
    ("item_id", "sc:Text", "The name of the item in this set."),
    ("text", "sc:Text", "What was labelled."),
    ("label", "sc:Text", "The accepted label: a class, several with commas, spans as JSON."),
    ("split", "sc:Text", "The part of the set that the item belongs to."),
)


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of the set: its name or address, and the SHA-256 of its bytes."""

    name: str
    url: str
    sha256: str
    size: int


def croissant(labelled: LabelledSet, file: DataFile) -> dict[str, Any]:
    """Return the description of a set whose items stand in one Parquet file."""
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [VERSION, RAI],
        "name": labelled.title,
        "description": labelled.description,
        "license": labelled.license,
        "version": labelled.version,
        "datePublished": labelled.modified_at.isoformat(),
        "dateCreated": labelled.created_at.isoformat(),
        "inLanguage": "zh",
        "isLiveDataset": False,
        "distribution": [_distribution(file)],
        "recordSet": [_record_set(file)],
        **_responsible(labelled),
    }
    if labelled.keywords:
        told["keywords"] = list(labelled.keywords)
    if labelled.creator:
        told["creator"] = {"@type": "sc:Organization", "name": labelled.creator}
        told["citeAs"] = f"{labelled.creator}: {labelled.title}, {labelled.version}"
    if labelled.url:
        told["url"] = labelled.url
    return told


def _distribution(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.url,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "items",
        "name": "items",
        "key": {"@id": "items/item_id"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"items/{name}",
                "name": name,
                "description": description,
                "dataType": kind,
                "source": {"fileObject": {"@id": file.name}, "extract": {"column": name}},
            }
            for name, kind, description in FIELDS
        ],
    }


def _responsible(labelled: LabelledSet) -> dict[str, Any]:
    scheme = labelled.scheme
    counts = [sum(not one.is_prediction for one in item.labels) for item in labelled.items]
    counts = [count for count in counts if count]
    told: dict[str, Any] = {
        "rai:dataCollection": f"{labelled.source}: {labelled.source_details}",
        "rai:dataAnnotationProtocol": " ".join(
            part
            for part in (
                labelled.protocol,
                f"Guideline, version {scheme.version}: {scheme.guideline}"
                if scheme.guideline
                else "",
                "Classes: " + ", ".join(one.title for one in scheme.classes) + "."
                if scheme.classes
                else "",
            )
            if part
        ),
        "rai:annotationsPerItem": f"{fmean(counts):.2f}" if counts else "0",
        "rai:annotatorDemographics": (
            f"{len(labelled.annotators)} annotators under pseudonyms, {labelled.annotator_kind}."
        ),
        "rai:dataAnnotationAnalysis": _agreement(labelled),
        "rai:dataLimitations": list(labelled.limits),
        "rai:personalSensitiveInformation": labelled.personal,
    }
    machines = _machines(labelled)
    if machines:
        told["rai:machineAnnotationTools"] = list(machines)
    return {name: value for name, value in told.items() if value}


def _agreement(labelled: LabelledSet) -> str:
    found = labelled.agreement
    if found is None:
        return ""
    if found.alpha is None:
        return f"Krippendorff's α is {found.undefined}."
    on = f"on {found.items} items that more than one annotator labelled."
    interval = ""
    if found.low is not None and found.high is not None:
        interval = f", 95 % interval {found.low:.3f} to {found.high:.3f}"
    return f"Krippendorff's α {found.alpha:.3f}{interval}, {on}"


def _machines(labelled: LabelledSet) -> Sequence[str]:
    return sorted(
        {
            one.annotator
            for item in labelled.items
            for one in item.labels
            if one.is_prediction or one.method == Method.AUTOMATIC
        }
    )

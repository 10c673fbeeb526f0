"""Why a column is taken for what it is, as a code with parameters and a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.detectors.contract import Proposal

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "values_and_header": (
            "{share} % of the sampled values have the form of {kind}, and the header says “{word}”."
        ),
        "values": "{share} % of the sampled values have the form of {kind}.",
        "likeness": (
            "{share} % of the sampled values look like {kind}, though their check digits are wrong."
        ),
        "header": "The header says “{word}”.",
        "header_only": (
            "The header says “{word}”, but only {share} % of the values have the form of {kind}."
        ),
        "free_text": "{share} % of the sampled texts hold personal data, most often {kind}.",
        "glued": "{share} % of the sampled values hold {kind} beside other signs.",
        "some_values": "{share} % of the sampled values are personal data, most often {kind}.",
        "found_in_cells": "{rows} cells of the whole column hold {kind}.",
        "coordinates_beside": "Latitudes and longitudes stand side by side.",
        "coordinates_alone": "The numbers are as fine as coordinates and lie within China.",
        "unique_values": "Every value is different, so each may name one person or thing.",
        "record_keys": (
            "Hardly any value occurs twice: whoever knows one finds the "
            "row, as by a record's number."
        ),
        "near_unique": "So few rows share a value that whoever knows one finds them.",
        "date_beside_persons": "Dates beside personal fields can help to single a person out.",
        "birth_dates": "The dates are spread as dates of birth are.",
        "serial_numbers": "The values count up like the numbers of records.",
        "nothing_found": "Neither the header nor the values point to a person.",
        "no_values": "The column is empty.",
    }
)

BY_VALUES = frozenset(
    {
        "values",
        "values_and_header",
        "likeness",
        "free_text",
        "glued",
        "some_values",
        "found_in_cells",
    }
)
"""Evidence that was seen in the values themselves."""


def proposal(
    name: str,
    role: str,
    kind: str | None,
    confidence: float,
    code: str,
    /,
    **parameters: str | int | float,
) -> Proposal:
    """Make a proposal with its evidence in words."""
    return Proposal(
        name=name,
        role=role,
        kind=kind,
        confidence=round(min(1.0, max(0.0, confidence)), 3),
        evidence=EVIDENCE[code].format(**parameters),
        evidence_code=code,
        evidence_parameters=parameters,
    )

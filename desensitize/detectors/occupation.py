"""Occupations and offices."""

import re

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector
from desensitize.detectors.word_lists import any_of, lines

ENDINGS = any_of("chinese_occupation_endings")
LISTED = frozenset((*lines("chinese_occupations"), *lines("english_occupations")))
ENGLISH = re.compile(
    r".*\b(?:engineer|manager|teacher|doctor|nurse|officer|designer|analyst|developer|accountant|"
    r"lawyer|assistant|director|consultant|technician|scientist|administrator|driver|clerk|"
    r"surveyor|therapist|secretary|worker|editor|psychologist|pharmacist|surgeon)\b.*"
)
CHINESE = re.compile(rf".{{0,14}}(?:{ENDINGS})(?:/.{{1,12}})?")


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    jobs = [str(job).lower() for job in hits.unique().to_list()[:300]]
    known = sum(
        job in LISTED or bool(CHINESE.fullmatch(job)) or bool(ENGLISH.fullmatch(job))
        for job in jobs
    )
    return known >= 0.75 * len(jobs)


DETECTOR = Detector(
    kind="OCCUPATION",
    role="quasi",
    pattern=r"[A-Z][A-Za-z,/&() '-]{3,60}|.{0,10}[\u4e00-\u9fff].{0,25}",
    category=True,
    minimum_share=0.9,
    minimum_distinct=3,
    believed=_believed,
    certainty=0.7,
    headers=(
        "职业",
        "岗位",
        "职务",
        "工种",
        "occupation",
        "profession",
        "job",
        "job title",
        "zhiye",
        "zhiwu",
        "gangwei",
    ),
)

"""Diseases and diagnoses: health data, sensitive personal information (GB/T 45574-2025)."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector
from desensitize.detectors.word_lists import any_of

ENDINGS = any_of("diagnoses_zh")
SIGNS = r"[\u4e00-\u9fff0-9A-Za-z ()%./·:-]"
AFTER = (
    r"(?:术后|后遗症|恢复期|急性期|急性发作|急性加重|加重期|急性加重期|早期|晚期|待查|待排|可能|史|并发症)?"
    r"(?:[0-9一二三四ⅠⅡⅢⅣIV+~-]{1,5}(?:级|期|度|型|型糖尿病|个月|年|周|天))?(?:[(][^()]{1,40}[)])?"
)
# A long diagnosis lists several; what follows the last names a treatment or a degree.
CHINESE = rf"(?:{SIGNS}|[,，、;；+]){{0,150}}(?:{ENDINGS}){AFTER}(?:[,，;；]{SIGNS}{{1,40}}){{0,4}}"
TERMS = any_of("diagnoses_en")
BUILT = (
    r"[a-z]{3,}itis|[a-z]+(?:sclerosis|algia|plegia|emia|cytosis)"
    r"|(?:neuro|cardiomyo|retino|nephro|encephalo|myo)pathy"
    r"|(?:carcin|lymph|melan|gli|aden|sarc|fibr|myel|lip|granul)oma"
    r"|(?:heart|cardiac|renal|kidney|liver|hepatic|respiratory) failure"
)
BESIDE = r"[A-Za-z0-9 ,.'()/%-]"
ENGLISH = rf"(?:{BESIDE}{{0,120}}[ (-])?(?:{TERMS}|{BUILT})(?:e?s)?(?:[ ,)-]{BESIDE}{{0,120}})?"
WHOLE = "(?:aids|obesity|flu|cold|fever|pain)"


CODE = r"[A-TV-Z][0-9]{2}(?:\.[0-9xX]{1,8})?"
"""Of ICD-10, with what China adds to it; without a point it may be a seat or a shelf."""


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    bare = hits.str.contains("^[A-Z][0-9]{2}$").mean()
    if isinstance(bare, float) and bare > MOST_BARE:
        return False
    # Sentences of notes and complaints name diseases too.
    told = hits.str.contains(r"[。!?！？]|[.] [A-Z]").mean()
    return isinstance(told, float) and told <= MOST_TOLD


MOST_TOLD, MOST_BARE = 0.2, 0.5

DETECTOR = Detector(
    kind="DIAGNOSIS",
    role="sensitive",
    pattern=rf"{CHINESE}|{CODE}|(?i:{ENGLISH}|{WHOLE})",
    believed=_believed,
    minimum_share=0.85,
    minimum_distinct=2,
    headers=(
        "疾病",
        "诊断",
        "病史",
        "既往史",
        "病种",
        "病",
        "disease",
        "diagnosis",
        "illness",
        "jibing",
        "zhenduan",
        "icd",
    ),
)

"""Names of organizations, Chinese and English."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

CHINESE = (
    r"[^,，。;；!！?？\n]{1,40}(?:公司|集团|企业|厂|大学|学院|医院|卫生院|银行|支行|分行|信用社|中学|小学|学校|幼儿园"
    r"|研究院|研究所|设计院|事务所|合作社|经营部|工作室|协会|学会|基金会|委员会|商行|商店|药店|门诊部|律所"
    r"|人民政府|派出所|法院|检察院|管理局|管理处|服务中心|居委会|村委会)(?:[(][^()]{1,20}[)])?"
)
SUFFIX = (
    r"(?:Inc|LLC|Ltd|Limited|PLC|plc|Corp|Corporation|Company|Co|Co\., ?Ltd|GmbH|AG|SA|NV|BV|Pty|"
    r"LLP|LP|Group|Holdings|and Sons|& Sons|Partners|Associates|University|College|Hospital|Bank|"
    r"Institute|Foundation|Association|School)"
)
ENGLISH = rf"[A-Z][A-Za-z0-9&.,' -]{{1,60}}?,? {SUFFIX}\.?"
# Firms of partners: they count beside names that end as firms do, never alone.
PARTNERS = r"[A-Z][A-Za-z']+, [A-Z][A-Za-z']+ and [A-Z][A-Za-z']+|[A-Z][A-Za-z']+-[A-Z][A-Za-z']+"
CERTAIN = rf"^(?:{CHINESE}|{ENGLISH}|[A-Z][A-Za-z']+, [A-Z][A-Za-z']+ and [A-Z][A-Za-z']+)$"


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    certain = hits.str.contains(CERTAIN).mean()
    # A handful of names that come again and again are kinds of places, not organizations.
    varied = column.distinct >= min(6, max(3, len(column.values) // 4))
    return varied and isinstance(certain, float) and certain >= 0.4


DETECTOR = Detector(
    kind="ORG",
    role="other",
    pattern=rf"(?:{CHINESE}|{ENGLISH}|{PARTNERS})",
    minimum_share=0.7,
    believed=_believed,
    certainty=0.88,
    headers=(
        "单位",
        "公司",
        "公司名称",
        "企业",
        "企业名称",
        "单位名称",
        "工作单位",
        "机构",
        "机构名称",
        "=医院",
        "=学校",
        "company",
        "company name",
        "organization",
        "organization name",
        "organisation",
        "employer",
        "=hospital",
        "=school",
        "gongsi",
        "gongsimingcheng",
        "danwei",
        "danweimingcheng",
        "gongzuodanwei",
        "qiyemingcheng",
        "jigou",
        "gzdw",
        "dwmc",
        "gsmc",
        "qymc",
    ),
)

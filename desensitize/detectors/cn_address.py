"""Postal addresses in China."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

PLACE = r"[\u4e00-\u9fff]{2,9}(?:省|自治区|市|区|县|州|盟|旗|镇|乡|街道|开发区|新区)"
ROAD = r"[路街巷道弄村胡同里坊园苑城庄寨屯湾桥]"
HOUSE = (
    r"[0-9一二三四五六七八九十百]{1,5} ?(?:号|弄|栋|幢|座|单元|室|楼|层|组|户|巷|#)"
    r"|[A-Za-z] ?[座栋幢区]"
)
TAIL = r"[^,;。!?\n]{0,40}"
# Down to a house from a place or a road; or down three steps of administration to a road.
BY_HOUSE = rf"[^。!?\n]{{2,40}}(?:{HOUSE}){TAIL}"
BY_STEPS = rf"(?:{PLACE}){{2,}}[^。!?\n]{{0,20}}(?:{ROAD}|小区|花园|大厦|广场|公寓|社区){TAIL}"
POSTED = r"^(?:.*(?:省|自治区|市|区|县|州|旗|镇|乡|村|路|街|巷|道|弄|里|小区|花园|苑).*)$"
# Sentences about persons hold addresses, and more.
TOLD = "住在|住址|地址|电话|手机|联系|身份证|姓名|客户|患者|[0-9]{11}"


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    # Few addresses again and again are branches or depots, not homes.
    varied = column.distinct >= min(20, max(3, len(column.values) // 3))
    posted = hits.str.contains(POSTED).mean()
    told = int(hits.str.contains(TOLD).sum()) > 0.2 * len(hits)
    return varied and not told and isinstance(posted, float) and posted >= 0.8


DETECTOR = Detector(
    kind="CN_ADDRESS",
    role="direct",
    pattern=rf"(?:{BY_STEPS}|{BY_HOUSE})",
    embedded=(
        rf"(?:{PLACE}){{1,3}}[\u4e00-\u9fff]{{1,10}}(?:路|街|巷|道|弄|小区)"
        r" ?[0-9]{1,5} ?(?:号|弄|栋|幢)"
    ),
    minimum_share=0.6,
    believed=_believed,
    certainty=0.88,
    headers=(
        "住址",
        "地址",
        "居住地",
        "家庭住址",
        "家庭地址",
        "联系地址",
        "收货地址",
        "户籍地",
        "户籍地址",
        "address",
        "home address",
        "residence",
        "street",
        "dizhi",
        "zhuzhi",
        "jiatingzhuzhi",
        "jiatingdizhi",
        "lianxidizhi",
        "=dz",
        "jtzz",
        "lxdz",
        "=zz",
    ),
)

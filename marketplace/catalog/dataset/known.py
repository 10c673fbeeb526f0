"""Know beforehand what a new dataset is likely to say: what the last one said, and where it is."""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor

FROM_THE_LAST = (
    "theme",
    "asset_kind",
    "source_kind",
    "source_description",
    "legal_basis",
    "region",
    "update_frequency",
    "contact",
)
"""What datasets of one organization have in common. On what basis persons are in them is asked of
each anew, and so is what they are."""

PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
        "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
        "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
        "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
        "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
        "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省",
        "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    }
)  # fmt: skip
"""The provinces by the first two digits of GB/T 2260, which a code of GB 32100 holds from its third
character on: where the organization was registered."""


def known_of(by: Actor) -> dict[str, str]:
    """Return what the form of a new dataset shows at first, to be confirmed or corrected."""
    if by.organization_id is None:
        return {}
    organization = Organization.objects.filter(pk=by.organization_id).first()
    if organization is None:
        return {}
    known = {"contact": organization.contact, "region": PROVINCES.get(organization.uscc[2:4], "")}
    last: Dataset | None = (
        datasets_visible_to(by)
        .filter(organization_id=by.organization_id)
        .order_by("-created_at")
        .first()
    )
    return known | ({name: getattr(last, name) for name in FROM_THE_LAST} if last else {})

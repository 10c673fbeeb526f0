"""Who plays in the story. All invented: the codes are of a region that does not exist."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from marketplace.accounts.roles import OrganizationKind, Role

DOMAIN: Final = "example.org"


@dataclass(frozen=True)
class House:
    """An organization of the story; `uscc` is its code with the right check character."""

    name: str
    kind: OrganizationKind
    uscc: str
    contact: str


@dataclass(frozen=True)
class Part:
    """A person of the story, in one role; `key` is how the steps name them."""

    key: str
    name: str
    house: House
    role: Role

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


CENTRE: Final = House(
    "澜湾数据资产交易中心 Lanwan Data Asset Trading Centre",
    OrganizationKind.CENTRE,
    "91990100MADEM0CE1A",
    "澜湾市集市广场 1 号 1 Market Square, Lanwan",
)
BUREAU: Final = House(
    "澜湾市统计局 Lanwan Bureau of Statistics",
    OrganizationKind.GOVERNMENT,
    "11990100MADEM0BU2D",
    "澜湾市登记街 12 号 12 Register Street, Lanwan",
)
PLATFORM: Final = House(
    "澜湾公共数据运营有限公司 Lanwan Public Data Operations Ltd",
    OrganizationKind.PLATFORM,
    "91990100MADEM0P13H",
    "澜湾市港口路 7 号 7 Harbour Road, Lanwan",
)
INSURER: Final = House(
    "海雁互助保险有限公司 Haiyan Mutual Insurance Ltd",
    OrganizationKind.COMPANY,
    "91990100MADEM01N4D",
    "海雁市塔楼街 88 号 88 Tower Street, Haiyan",
)
REGULATOR: Final = House(
    "澜湾市数据局 Lanwan Data Administration",
    OrganizationKind.REGULATOR,
    "11990100MADEM0RE5Q",
    "澜湾市市府巷 3 号 3 Town Hall Lane, Lanwan",
)
PORT: Final = House(
    "澜湾港口集团有限公司 Lanwan Port Group Ltd",
    OrganizationKind.COMPANY,
    "91990100MADEM0PT15",
    "澜湾市码头路 21 号 21 Wharf Road, Lanwan",
)
HEALTH: Final = House(
    "澜湾市卫生健康委员会 Lanwan Health Commission",
    OrganizationKind.GOVERNMENT,
    "11990100MADEM0HC33",
    "澜湾市登记街 30 号 30 Register Street, Lanwan",
)
INSTITUTE: Final = House(
    "海雁数据研究院 Haiyan Data Institute",
    OrganizationKind.SERVICE,
    "91990100MADEM0RA5C",
    "海雁市书院路 5 号 5 Academy Road, Haiyan",
)
LOGISTICS: Final = House(
    "北岬物流有限公司 Beijia Logistics Ltd",
    OrganizationKind.COMPANY,
    "91990100MADEM0BJ7B",
    "澜湾市货运大道 160 号 160 Freight Avenue, Lanwan",
)
BANK: Final = House(
    "雁行银行股份有限公司 Yanhang Bank Ltd",
    OrganizationKind.COMPANY,
    "91990100MADEM0YB96",
    "海雁市金桥路 9 号 9 Golden Bridge Road, Haiyan",
)
FISHERY: Final = House(
    "北岬渔业合作社 Beijia Fishery Co-operative",
    OrganizationKind.COMPANY,
    "91990100MADEM0F15A",
    "澜湾市渔港路 2 号 2 Fishing Harbour Road, Lanwan",
)

ADMINISTRATOR: Final = Part("administrator", "安欣 An Xin", CENTRE, Role.ADMINISTRATOR)
SECOND_ADMINISTRATOR: Final = Part("second-administrator", "安理 An Li", CENTRE, Role.ADMINISTRATOR)
REVIEWER: Final = Part("reviewer", "任桢 Ren Zhen", CENTRE, Role.REVIEWER)
SECOND_REVIEWER: Final = Part("second-reviewer", "龚平 Gong Ping", CENTRE, Role.REVIEWER)
TREASURER: Final = Part("treasurer", "钱清 Qian Qing", CENTRE, Role.FINANCE)
SECOND_TREASURER: Final = Part("second-treasurer", "周核 Zhou He", CENTRE, Role.FINANCE)
OFFICER: Final = Part("officer", "佟纪 Tong Ji", BUREAU, Role.OFFICER)
PLATFORM_OFFICER: Final = Part("platform-officer", "平泰 Ping Tai", PLATFORM, Role.OFFICER)
BUYER: Final = Part("buyer", "鲍贤 Bao Xian", INSURER, Role.BUYER)
CLERK: Final = Part("clerk", "林书 Lin Shu", INSURER, Role.BUYER)
AUDITOR: Final = Part("auditor", "简笃 Jian Du", REGULATOR, Role.AUDITOR)
PORT_OFFICER: Final = Part("port-officer", "江舶 Jiang Bo", PORT, Role.OFFICER)
HEALTH_BUYER: Final = Part("health-buyer", "卫宁 Wei Ning", HEALTH, Role.BUYER)
RESEARCHER: Final = Part("researcher", "文理 Wen Li", INSTITUTE, Role.BUYER)
LOGISTICS_BUYER: Final = Part("logistics-buyer", "罗运 Luo Yun", LOGISTICS, Role.BUYER)
BANK_BUYER: Final = Part("bank-buyer", "殷汇 Yin Hui", BANK, Role.BUYER)
BUREAU_FINANCE: Final = Part("bureau-finance", "金算 Jin Suan", BUREAU, Role.FINANCE)
INSTITUTE_OFFICER: Final = Part("institute-officer", "顾行 Gu Xing", INSTITUTE, Role.OFFICER)
ANNOTATOR: Final = Part("annotator", "柏言 Bai Yan", INSTITUTE, Role.ANNOTATOR)
SECOND_ANNOTATOR: Final = Part("second-annotator", "沈读 Shen Du", INSTITUTE, Role.ANNOTATOR)
THIRD_ANNOTATOR: Final = Part("third-annotator", "陆析 Lu Xi", INSTITUTE, Role.ANNOTATOR)
APPLICANT: Final = Part("applicant", "于帆 Yu Fan", FISHERY, Role.OFFICER)

APPLICANTS: Final = (OFFICER, PLATFORM_OFFICER, BUYER, AUDITOR)
"""Who asks for their organization to be let in."""
NEWCOMERS: Final = (PORT_OFFICER, HEALTH_BUYER, RESEARCHER, LOGISTICS_BUYER, BANK_BUYER)
"""Who asks for the same a little later."""
ADMINISTRATORS: Final = (ADMINISTRATOR, SECOND_ADMINISTRATOR)
"""Who is named at the founding."""
SIGNING_LIMIT: Final = Decimal("10000.00")
"""For what the buyer's owner lets the clerk sign alone: less than the survey costs."""
COLLEAGUES: Final = (REVIEWER, SECOND_REVIEWER, TREASURER, SECOND_TREASURER)
"""Whom one administrator proposes, and the other has invited."""
LABELLERS: Final = (ANNOTATOR, SECOND_ANNOTATOR, THIRD_ANNOTATOR)
"""Who labels messages; the institute invites them."""
EVERYBODY: Final = (
    *(*ADMINISTRATORS, *COLLEAGUES, *APPLICANTS, CLERK, *NEWCOMERS),
    *(BUREAU_FINANCE, INSTITUTE_OFFICER, *LABELLERS),
    APPLICANT,
)

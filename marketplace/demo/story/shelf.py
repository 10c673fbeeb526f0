"""A dozen small products, in every mode of delivery, way of paying and state of the market."""

from decimal import Decimal
from typing import Final

from desensitize.privacy.sandbox import Declaration, Number
from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import Theme
from marketplace.demo.story.cast import PLATFORM_OFFICER, PORT_OFFICER
from marketplace.demo.story.small_goods import Small, days, goods_of, number, one_of
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.plans import (
    Band,
    Due,
    Free,
    Instalments,
    Menu,
    Metered,
    Subscription,
    Tier,
    Unit,
)
from marketplace.trading.listings.sale.values import Sale, Visibility
from marketplace.trading.listings.sandbox.services import SandboxOffer
from marketplace.trading.listings.terms.terms import Terms

_BERTHS: Final = ("东一 East 1", "西二 West 2")
_ROUTES: Final = ("1", "2", "7", "12", "23")
_STATIONS: Final = ("港口 Harbour", "老城 Old Town")


FOR_GOVERNMENT: Final = Sale(
    visibility=Visibility.KINDS.value, visible_kinds=(OrganizationKind.GOVERNMENT.value,)
)


def terms(
    purpose: str, months: int = 12, *, is_exclusive: bool = False, public_purpose: bool = False
) -> Terms:
    return Terms(
        purpose=purpose,
        licence_months=months,
        is_exclusive=is_exclusive,
        public_purpose=public_purpose,
    )


CONTAINERS: Final = goods_of(
    Small(
        PORT_OFFICER,
        "集装箱吞吐量 Containers by berth",
        "各泊位每日集装箱装卸量。 Containers that each berth loads and unloads a day.",
        Theme.TRANSPORT,
        (
            days(),
            one_of("berth", "泊位 Berth", "Berth of the port", _BERTHS),
            number("loaded", "装船 Loaded", "Containers loaded", "TEU", 80, 900),
            number("unloaded", "卸船 Unloaded", "Containers unloaded", "TEU", 80, 900),
        ),
        Offer(
            title="集装箱吞吐量（文件） Containers by berth, as a file",
            summary="每日各泊位装卸量。 What each berth loads and unloads a day.",
            price=Decimal("1200.00"),
            terms=terms("物流规划与研究 Planning of logistics, and research"),
        ),
    )
)
BUSES: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "公交线路客流 Bus boardings by route",
        "各公交线路每日上车人次与准点率。 Boardings and punctuality of each route a day.",
        Theme.TRANSPORT,
        (
            days(),
            one_of("route", "线路 Route", "Number of the route", _ROUTES),
            number("boardings", "上车人次 Boardings", "Boardings of the day", "", 900, 9000),
            number("punctual", "准点率 Punctual", "Journeys that were on time", "%", 70, 99),
        ),
        Offer(
            title="公交线路客流（文件） Bus boardings by route, as a file",
            summary="每日各线路上车人次与准点率。 Boardings and punctuality of each route a day.",
            price=Decimal("860.00"),
            terms=terms("选址、规划与研究 Choice of places, planning and research"),
        ),
    )
)
SHOPPING: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "商圈活跃指数 Index of shopping areas",
        "各商圈每日活跃指数，以2024年为100。 Activity of shopping areas a day; 2024 is 100.",
        Theme.COMMERCE,
        (
            days(),
            one_of("area", "商圈 Area", "Shopping area", _STATIONS),
            number("activity", "活跃指数 Activity", "Activity; 2024 is 100", "", 60, 150),
        ),
        Offer(
            title="商圈活跃指数（按月订阅） Index of shopping areas, by the month",
            summary="接口按月订阅。 Through the API, for a price a month.",
            plan=Subscription(amount=Decimal("100.00"), period_months=1, periods=24),
            delivery_mode="api",
            terms=terms("信贷与零售分析 Analysis of credit and trade", 24),
        ),
        industry="F",
    )
)
ARRIVALS: Final = goods_of(
    Small(
        PORT_OFFICER,
        "船舶到港 Arrivals of ships",
        "每日到港船舶数与平均在泊时长。 Ships that arrive a day, and how long they stay.",
        Theme.TRANSPORT,
        (
            days(),
            one_of("berth", "泊位 Berth", "Berth of the port", _BERTHS),
            number("ships", "到港船舶 Ships", "Ships that arrived", "", 0, 9),
            number("stay", "在泊时长 Stay", "Mean stay at the berth", "h", 8, 60),
        ),
        Offer(
            title="船舶到港（按次计费） Arrivals of ships, by the call",
            summary="接口按调用次数计费，每月有上限。 Through the API, by the call, with a cap.",
            plan=Metered(
                unit=Unit.CALL.value,
                bands=(Band(0, Decimal("0.80")), Band(1000, Decimal("0.50"))),
                cap=Decimal("500.00"),
            ),
            delivery_mode="api",
            terms=terms("航运调度 Planning of voyages"),
        ),
    )
)
AIR: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "空气质量 Air quality",
        "各监测站每日PM2.5与臭氧。 Fine dust and ozone at each station a day.",
        Theme.ENVIRONMENT,
        (
            days(),
            one_of("station", "监测站 Station", "Station that measures", _STATIONS),
            number("dust", "细颗粒物 Fine dust", "PM2.5", "µg/m³", 5, 120),
            number("ozone", "臭氧 Ozone", "Ozone", "µg/m³", 20, 200),
        ),
        Offer(
            title="空气质量（政府免费） Air quality, free for government",
            summary="仅供政府用于公共治理。 For government bodies and public governance alone.",
            plan=Free(),
            sale=FOR_GOVERNMENT,
            terms=terms("公共卫生预警 Warnings of public health", public_purpose=True),
        ),
        industry="N",
    )
)
COLD_CHAIN: Final = goods_of(
    Small(
        PORT_OFFICER,
        "冷链仓温湿度 Climate of cold stores",
        "冷链仓每日平均温湿度。 Mean climate of the cold stores a day.",
        Theme.COMMERCE,
        (
            days(),
            one_of("store", "冷库 Store", "Cold store of the port", ("A", "B", "C")),
            number("temperature", "温度 Temperature", "Mean temperature", "°C", -24, 4),
            number("humidity", "湿度 Humidity", "Mean humidity", "%", 40, 95),
        ),
        Offer(
            title="冷链仓温湿度（独家） Climate of cold stores, exclusive",
            summary="仅售予一家。 Sold to one buyer alone.",
            price=Decimal("5200.00"),
            terms=terms("冷链服务设计 Design of cold chains", is_exclusive=True),
        ),
    )
)
ANSWERS: Final = SandboxOffer(
    declaration=Declaration(
        numbers={"load": Number(Decimal(0), Decimal(2000))}, categories={"area": _STATIONS}
    ),
    epsilon_question=Decimal("0.5"),
    epsilon=Decimal(1),
    epsilon_all=Decimal(3),
)
POWER: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "楼宇用电负荷 Load of buildings",
        "公共楼宇每日用电量。 Electricity that public buildings take a day.",
        Theme.ENERGY,
        (
            days(),
            one_of("area", "片区 Area", "Part of the town", _STATIONS),
            number("load", "用电量 Load", "Electricity of the day", "kWh", 100, 2000),
        ),
        Offer(
            title="楼宇用电负荷（沙箱问答） Load of buildings, answers of a sandbox",
            summary="只回答统计问题，原始数据不出域。 Answers to questions; no row leaves.",
            price=Decimal("300.00"),
            delivery_mode="sandbox",
            terms=terms("节能研究 Research on saving energy"),
        ),
        industry="D",
        answers=ANSWERS,
    )
)
PARKING: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "停车场余位 Free places of car parks",
        "各停车场每日平均余位。 Mean free places of each car park a day.",
        Theme.TRANSPORT,
        (
            days(),
            one_of("car_park", "停车场 Car park", "Car park", _STATIONS),
            number("free", "余位 Free", "Mean free places", "", 0, 300),
        ),
        Offer(
            title="停车场余位（多规格） Free places of car parks, in two sizes",
            summary="按行数选购。 In two sizes, by the number of rows.",
            plan=Menu(
                tiers=(
                    Tier(code="half", label="一半 Half", rows=30, amount=Decimal("90.00")),
                    Tier(code="all", label="全部 All", rows=60, amount=Decimal("150.00")),
                )
            ),
            terms=terms("出行服务 Services for drivers"),
        ),
    )
)
SIGHTS: Final = goods_of(
    Small(
        PORT_OFFICER,
        "游船客流 Passengers of tour boats",
        "各游船航线每日客流。 Passengers of each tour a day.",
        Theme.EDUCATION,
        (
            days(),
            one_of("tour", "航线 Tour", "Tour of the boats", ("内港 Inner", "外岛 Islands")),
            number("passengers", "客流 Passengers", "Passengers of the day", "", 50, 2000),
        ),
        Offer(
            title="游船客流（分期付款） Passengers of tour boats, in instalments",
            summary="总价分两期支付。 One price, paid in two parts.",
            plan=Instalments(parts=(Due(0, Decimal(400)), Due(3, Decimal(400)))),
            terms=terms("旅游规划 Planning of tourism"),
        ),
        industry="R",
    )
)
FUEL: Final = goods_of(
    Small(
        PORT_OFFICER,
        "船用油价 Prices of ships' fuel",
        "每日船用油结算价。 Price of ships' fuel a day.",
        Theme.ENERGY,
        (
            days(),
            one_of("kind", "油品 Kind", "Kind of fuel", ("低硫 Low sulphur", "柴油 Diesel")),
            number("price", "价格 Price", "Price of a tonne", "CNY/t", 3800, 6200),
        ),
        Offer(
            title="船用油价（按月订阅） Prices of ships' fuel, by the month",
            summary="共享表按月订阅。 As a shared table, for a price a month.",
            plan=Subscription(amount=Decimal("80.00"), period_months=1, periods=12),
            delivery_mode="sharing",
            terms=terms("航运成本核算 Cost accounts of shipping"),
        ),
    )
)

"""Small products that are not on the market: a draft, a case, and what was sent back."""

from decimal import Decimal
from typing import Final

from marketplace.catalog.dataset.choices import Theme
from marketplace.demo.story.cast import PLATFORM_OFFICER, PORT_OFFICER
from marketplace.demo.story.shelf import BUSES, CONTAINERS, terms
from marketplace.demo.story.small_goods import Small, days, goods_of, number
from marketplace.trading.listings.listing.services import Offer

WATER: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "水质监测 Quality of water",
        "各断面每日水质。 Quality of the water at each point a day.",
        Theme.ENVIRONMENT,
        (days(), number("oxygen", "溶解氧 Oxygen", "Dissolved oxygen", "mg/L", 4, 12)),
        BUSES.offer,
        industry="N",
    )
)
NOISE: Final = goods_of(
    Small(
        PORT_OFFICER,
        "港区噪声 Noise of the port",
        "港区每日噪声均值。 Mean noise of the port a day.",
        Theme.ENVIRONMENT,
        (days(), number("noise", "噪声 Noise", "Mean noise of the day", "dB", 40, 90)),
        CONTAINERS.offer,
    )
)
DUST: Final = goods_of(
    Small(
        PLATFORM_OFFICER,
        "工地扬尘 Dust of building sites",
        "各工地每日扬尘。 Dust of building sites a day.",
        Theme.ENVIRONMENT,
        (days(), number("dust", "扬尘 Dust", "Dust of the day", "µg/m³", 20, 400)),
        BUSES.offer,
        industry="E",
    )
)
UNCLEAR: Final = Offer(
    title="公交线路客流（含班次） Bus boardings with the shifts of drivers",
    summary="每日各线路上车人次与司机班次。 Boardings of each route, and the shifts of drivers.",
    price=Decimal("980.00"),
    terms=terms("排班优化 Better shifts"),
)
"""What a reviewer sent back: it promises what is not in the table."""

"""The weather that the public data platform brings to market: nothing in it is about people."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.demo.story.cast import PLATFORM, PLATFORM_OFFICER
from marketplace.demo.story.goods import Goods, Proof, Rule
from marketplace.demo.story.weather import write_weather
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.terms.clauses.results import OnwardTransfer
from marketplace.trading.listings.terms.terms import Terms

_CONDITIONS: Final = (
    "drizzle = drizzle\nfog = fog\nrain = rain\nsnow = snow\nsun = neither rain, snow nor fog"
)

WEATHER_ANNOTATIONS: Final = (
    ColumnAnnotation("date", "日期 Day", "Day of the observation"),
    ColumnAnnotation(
        "precipitation", "降水量 Precipitation", "Rain and melted snow of the day", "mm"
    ),
    ColumnAnnotation("temp_max", "最高气温 Highest temperature", "Highest air temperature", "°C"),
    ColumnAnnotation("temp_min", "最低气温 Lowest temperature", "Lowest air temperature", "°C"),
    ColumnAnnotation("wind", "风速 Wind", "Average speed of the wind", "m/s"),
    ColumnAnnotation("weather", "天气现象 Weather", "Main kind of weather", code_list=_CONDITIONS),
)
_NOT_PERSONAL: Final[Rule] = {"role": "other", "mask": "keep", "options": {}}


def write(target: Path, rows: int | None) -> None:
    """Write all of the observations: they are few enough for any story."""
    write_weather(target)


WEATHER: Final = Goods(
    officer=PLATFORM_OFFICER,
    description=DatasetDescription(
        title="逐日气象 Daily weather, Seattle 2012–2015",
        abstract=(
            "西雅图站四年逐日降水、气温、风速与天气现象；不涉及任何个人。 "
            "Precipitation, temperatures, wind and kind of weather of each day of four years at "
            "one station, as published by NOAA. There is no personal information in it."
        ),
        theme=Theme.WEATHER,
        asset_kind=AssetKind.MARKET,
        source_kind=SourceKind.AUTHORIZED_COLLECTION,
        source_description="NOAA National Centers for Environmental Information, station Seattle.",
        legal_basis="Work of the United States government, in the public domain (17 U.S.C. 105).",
        region="Seattle",
        time_scope="2012 to 2015",
        update_frequency=UpdateFrequency.ONCE,
        contact=PLATFORM.contact,
        personal_basis=PersonalBasis.NONE,
    ),
    file_name="daily-weather.csv",
    write=write,
    annotations=WEATHER_ANNOTATIONS,
    impacts=(),
    rules={annotation.name: _NOT_PERSONAL for annotation in WEATHER_ANNOTATIONS},
    proof=Proof(
        kind=EvidenceKind.AUTHORIZATION,
        title="Statement on the public domain",
        file_name="public-domain.txt",
        text=(
            "The observations are a work of NOAA, an agency of the United States government, and "
            "in the public domain (17 U.S.C. 105). Anybody may use and pass them on.\n"
        ),
    ),
    industry="M",
    rights=frozenset({Right.USE.value, Right.OPERATE.value}),
    term_years=3,
    waiver="The observations are in the public domain: a notice could reveal no better right.",
    costs={
        "components": {"preliminary": "400.00", "direct": "2600.00", "indirect": "300.00"},
        "cost_basis": "replacement",
        "remaining_life_years": "2",
        "total_life_years": "3",
        "sources": {
            "components.preliminary": "Planning record of the platform, 2025",
            "components.direct": "Working hours of the platform, 2025",
            "components.indirect": "Cost accounts of the platform, 2025",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="西雅图逐日气象 Daily weather of Seattle",
        summary="1,461 天的降水、气温与风速，不涉及个人。 "
        "1,461 days with precipitation, temperatures and wind. Nothing about people.",
        price=Decimal("18.00"),
        terms=Terms(
            purpose="不限 Any use",
            licence_months=60,
            onward_transfer=OnwardTransfer.ALLOWED.value,
        ),
    ),
)

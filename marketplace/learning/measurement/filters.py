from marketplace.learning.measurement.models import Measurement
from marketplace.web.lists import Facet, ListFilters, Words


class MeasurementFilters(ListFilters):
    q = Words("listing__title")
    state = Facet.of(Measurement, "state")

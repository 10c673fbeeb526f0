from marketplace.web.lists import ListFilters, Words


class PayFilters(ListFilters):
    q = Words("project__title")

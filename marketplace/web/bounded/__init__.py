"""Django's forms and the API's serializers, with numbers and days within bounds.

Whoever imports `forms` or `serializers` takes them from here, so that no field can be forgotten.
"""

"""The words for the kinds of fields and the evidence that the library names by codes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

KIND_LABELS: Mapping[str, Promise] = {
    "CN_ID": gettext_lazy("Chinese identity number"),
    "CN_ID_PARTIAL": gettext_lazy("Chinese identity number of which a digit or two are hidden"),
    "CN_USCC": gettext_lazy("unified social credit code"),
    "BANK_CARD": gettext_lazy("bank card number"),
    "IMEI": gettext_lazy("device number (IMEI)"),
    "IBAN": gettext_lazy("international bank account number"),
    "US_SSN": gettext_lazy("US social security number"),
    "CN_MOBILE": gettext_lazy("mobile number"),
    "CN_MOBILE_PARTIAL": gettext_lazy("mobile number of which a digit is hidden"),
    "CN_LANDLINE": gettext_lazy("landline number"),
    "PHONE": gettext_lazy("telephone number"),
    "EMAIL": gettext_lazy("e-mail address"),
    "MAC": gettext_lazy("hardware address (MAC)"),
    "IP": gettext_lazy("internet address (IP)"),
    "CN_PLATE": gettext_lazy("number plate"),
    "VIN": gettext_lazy("vehicle identification number (VIN)"),
    "CN_OFFICER": gettext_lazy("officer's licence number"),
    "HK_MO_TW_ID": gettext_lazy("identity card of Hong Kong, Macau or Taiwan"),
    "CN_PASSPORT": gettext_lazy("passport number"),
    "BORDER_PERMIT": gettext_lazy("travel permit number"),
    "CN_DRIVER": gettext_lazy("file number of a driving licence"),
    "RECORD_KEY": gettext_lazy("number by which a person's record is kept"),
    "DATE": gettext_lazy("date"),
    "GEO": gettext_lazy("coordinate"),
    "GENDER": gettext_lazy("gender"),
    "ETHNICITY": gettext_lazy("ethnic group"),
    "RELIGION": gettext_lazy("religion"),
    "BLOOD_TYPE": gettext_lazy("blood type"),
    "MARITAL_STATUS": gettext_lazy("marital status"),
    "POLITICAL_STATUS": gettext_lazy("political status"),
    "EDUCATION": gettext_lazy("degree of education"),
    "DIAGNOSIS": gettext_lazy("diagnosis"),
    "CN_ADDRESS": gettext_lazy("address"),
    "ADDRESS": gettext_lazy("address in English"),
    "ORG": gettext_lazy("name of an organization"),
    "CN_NAME": gettext_lazy("person's name"),
    "EN_NAME": gettext_lazy("person's name in Latin letters"),
    "OCCUPATION": gettext_lazy("occupation"),
    "REGION": gettext_lazy("place"),
    "POSTCODE": gettext_lazy("postcode"),
    "FREE_TEXT_PII": gettext_lazy("text with personal data"),
}

EVIDENCE_SENTENCES: Mapping[str, Promise] = {
    "values_and_header": gettext_lazy(
        "By their form %(share)s %% of the sampled values are of the kind “%(kind)s”, and the "
        "header says “%(word)s”."
    ),
    "values": gettext_lazy(
        "By their form %(share)s %% of the sampled values are of the kind “%(kind)s”."
    ),
    "likeness": gettext_lazy(
        "%(share)s %% of the sampled values look like the kind “%(kind)s”, though their check "
        "digits are wrong."
    ),
    "header": gettext_lazy("The header says “%(word)s”."),
    "header_only": gettext_lazy(
        "The header says “%(word)s”, but by their form only %(share)s %% of the values are of the "
        "kind “%(kind)s”."
    ),
    "free_text": gettext_lazy(
        "%(share)s %% of the sampled texts hold personal data inside, most often of the kind "
        "“%(kind)s”."
    ),
    "glued": gettext_lazy(
        "%(share)s %% of the sampled values hold something of the kind “%(kind)s” beside other "
        "signs."
    ),
    "some_values": gettext_lazy(
        "%(share)s %% of the sampled values are personal data, most often of the kind “%(kind)s”."
    ),
    "found_in_cells": gettext_lazy(
        "%(rows)s cells of the whole column hold something of the kind “%(kind)s”."
    ),
    "coordinates_beside": gettext_lazy("Latitudes and longitudes stand side by side."),
    "coordinates_alone": gettext_lazy(
        "The numbers are as fine as coordinates and lie within China."
    ),
    "unique_values": gettext_lazy(
        "Every value is different, so each may name one person or thing."
    ),
    "record_keys": gettext_lazy(
        "Hardly any value occurs twice: whoever knows one finds the row, as by a record's number."
    ),
    "near_unique": gettext_lazy("So few rows share a value that whoever knows one finds them."),
    "date_beside_persons": gettext_lazy(
        "Dates beside personal fields can help to single a person out."
    ),
    "birth_dates": gettext_lazy("The dates are spread as dates of birth are."),
    "serial_numbers": gettext_lazy("The values count up like the numbers of records."),
    "nothing_found": gettext_lazy("Neither the header nor the values point to a person."),
    "no_values": gettext_lazy("The column is empty."),
}

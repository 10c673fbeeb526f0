"""What the accounting rules say: arithmetic on given figures, no models and no database.

Money is `Decimal` in one currency, computed exactly and rounded to cents once, at the end. Ratios
are percent to four places. An appraised value is an input of the rule that refuses it.
"""

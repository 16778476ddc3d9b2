"""Pure functions for what is printed: characters, figures, periods, units, labels.

Figures are ``Decimal``, never floats. Nothing here reads files of a user or guesses without a
reason; what a text does not say stays open.
"""

"""What printed figures can mean and how they can hang together.

``interval``    a printed figure as the set of values that it stands for
``expression``  formulas over named roles: computed, solved for one role, written out
``evidence``    how well a hypothesis fits a set of cells, counted in bits
``relation``    the kinds of relation that figures can stand in; ``relations`` holds one file each
``slips``       how a figure comes to be misprinted, and how likely that is

Pure functions on ``Decimal``; nothing here knows of documents or wording of findings.
"""

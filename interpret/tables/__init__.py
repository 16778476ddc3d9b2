"""One grid understood: its header and stub, what each row and column stands for, its figures.

A cell gets its meaning from the labels on its row and its column; no layout has a branch.

    content   what one cell holds            view      a grid as positions, lines and edges
    regions   header rows, bands, rows       stubs     which columns hold labels, which figures
    columns   column paths → attributes      rows      row paths and levels → attributes
    axes      which axis names the indicator values    cell × row × column → observations
    brackets  what stands in brackets        forms     labels beside their values
    joins     tables over several pages      captions  title, unit and notes around a table
"""

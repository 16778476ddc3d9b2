"""Who plays which role: from the observations of a report to pools of questions.

One module per kind of relation; each has ``find_pools(report, …)``.
"""

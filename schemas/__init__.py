"""The shapes that data takes in kenzan: what is read, what it means, what was checked.

``geometry`` and ``document`` hold what extraction finds on the page, ``report`` what it means,
``audit`` what the sums say, ``tables`` the published tables (the data contract).
Models only; behaviour lives in the other folders.
"""

"""Hypothesis without a clock: the tests share their machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "untimed",
    parent=settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("untimed"), max_examples=3000)
settings.load_profile("untimed")

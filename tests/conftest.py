"""One Hypothesis profile for the whole suite: the same examples on every run and no clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("partnermatch", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("partnermatch")

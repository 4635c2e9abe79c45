"""One Hypothesis profile for the whole suite: the same examples on every run and no clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("partnermatch", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("partnermatch")


@pytest.fixture(autouse=True, scope="session")
def _keep_nothing_in_the_users_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield

"""Tests of recordings in a library that is locked, and in one that is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fakes.vaults import open_vault


@pytest.fixture
def vault_public() -> Iterator[bytes]:
    """The public key of a vault that this process can open; plans of this test are sealed to it."""
    with open_vault() as public:
        yield public


@pytest.fixture(params=["plain", "sealed"])
def either_library(request: pytest.FixtureRequest) -> bytes | None:
    """Once without a vault, once with one."""
    if request.param == "plain":
        return None
    public: bytes = request.getfixturevalue("vault_public")
    return public

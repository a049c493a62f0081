"""Packs of the sample, each made once for all tests that only read it."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analytics.periods import HalfYear
from reports.content import Kind, Pack, State
from reports.pack import make_pack
from reports.package import read_members, write_zip
from tests.reports.quick_writers import QUICK

PERIOD, CUT_OFF = HalfYear(2025, 2), date(2026, 1, 15)


@pytest.fixture(scope="session")
def sample_pack(sample_builds: Path) -> Callable[..., Pack]:
    """The pack of the sample in a language, of a kind and in a state."""
    @cache
    def made(language: str = "es", kind: Kind = "restricted", state: State = "borrador") -> Pack:
        return make_pack(sample_builds, PERIOD, CUT_OFF, language, kind, state)
    return made


@pytest.fixture(scope="session")
def sample_zip(sample_pack: Callable[..., Pack]) -> Callable[..., bytes]:
    """The same as it goes out, with its real documents."""
    return cache(lambda *asked: write_zip(sample_pack(*asked)))


@pytest.fixture(scope="session")
def sample_members(sample_zip: Callable[..., bytes]) -> Callable[..., dict[str, bytes]]:
    return cache(lambda *asked: read_members(sample_zip(*asked)))


@pytest.fixture(scope="session")
def quick_sample_zip(sample_pack: Callable[..., Pack]) -> Callable[..., bytes]:
    """The same with documents that take no time."""
    return cache(lambda *asked: write_zip(sample_pack(*asked), QUICK))

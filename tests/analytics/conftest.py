"""What tests of the figures share: worked examples."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest


@pytest.fixture
def example(tmp_path: Path) -> Callable:
    """Make a worked example of tables of editions, teaching, enrolments and endorsements."""
    from tests.oracle.worked import Example

    return partial(Example, tmp_path)

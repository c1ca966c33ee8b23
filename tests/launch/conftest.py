"""Data folders of launched stacks: where the servers' own user can walk, and gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bizcenter.launch.places import DataFolder


@pytest.fixture
def data() -> Iterator[DataFolder]:
    """A data folder that is made and empty."""
    base = Path(tempfile.mkdtemp(prefix="understudy-test-"))
    base.chmod(0o711)
    folder = DataFolder(base / "data")
    folder.make()
    yield folder
    shutil.rmtree(base)

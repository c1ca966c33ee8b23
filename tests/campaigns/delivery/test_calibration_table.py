"""The figures in the docs are what the practice market really gives."""

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from campaigns.management import calibration
from campaigns.management.commands import calibrate

DOCS = Path(settings.BASE_DIR) / "docs" / "delivery.md"


def printed(**options: object) -> str:
    out = StringIO()
    call_command("calibrate", stdout=out, **options)
    return out.getvalue().strip()


def test_the_table_in_the_docs_is_what_the_command_prints() -> None:
    assert calibrate.between(DOCS.read_text()) == printed(), "manage.py calibrate --write tells why"


def test_the_table_is_replaced_and_all_around_it_stays(tmp_path: Path) -> None:
    document = tmp_path / "market.md"
    document.write_text(f"before\n{calibrate.BEGIN}\nold\n{calibrate.END}\nafter\n")

    for _ in range(2):
        call_command("calibrate", accounts=1, ads=3, write=document)
        text = document.read_text()

        assert text.startswith("before\n")
        assert text.endswith("\nafter\n")
        assert "old" not in text
        assert calibrate.between(text) == printed(accounts=1, ads=3)


def test_another_seed_is_another_market() -> None:
    assert printed(seed=2, accounts=1, ads=3) != printed(accounts=1, ads=3)


def test_a_document_without_a_place_for_the_table_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "market.md"
    document.write_text("nothing here")

    with pytest.raises(CommandError, match="no place"):
        call_command("calibrate", accounts=1, ads=3, write=document)

    assert document.read_text() == "nothing here"


def test_spend_that_follows_the_supply_has_no_gap_and_spend_all_at_once_has() -> None:
    run = calibration.a_day(calibration.WAYS[0], 1, 3)
    (followed,) = calibration.gap(run)
    for outcome in run.outcomes[:-1]:
        outcome.facts["cost_micros"] = 0
    (late,) = calibration.gap(run)

    assert followed < 0.06
    assert late > 0.9
    assert np.isfinite(late)

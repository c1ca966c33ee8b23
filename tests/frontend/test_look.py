"""What the template tags print: money's neighbours, statuses, sparklines, links of a table."""

from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from bizcenter.lib import looks
from bizcenter.lib.charts import Chart, Series
from bizcenter.lib.tables import page_links, sort_state
from bizcenter.lib.templatetags import ui


def printed(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("primary", "secondary", "tone"),
    [
        ("Active", "", "green"),
        ("Active", "Learning", "amber"),
        ("Not delivering", "In review", "amber"),
        ("Not delivering", "Not approved", "red"),
        ("Not delivering", "Campaign out of budget", "red"),
        ("Inactive", "", "grey"),
        ("Completed", "", "grey"),
        ("Deactivating", "", "amber"),
        ("Deactivated", "", "dark"),
        ("Something new", "", "grey"),
    ],
)
def test_the_colour_of_a_status_follows_its_words(primary: str, secondary: str, tone: str) -> None:
    assert looks.status_look(primary, secondary)[0] == tone


def test_a_badge_shows_both_levels_and_escapes_what_people_wrote() -> None:
    badge = ui.status_badge("Active", "Learning", "<b>why</b>")
    assert "Active</span>" in badge
    assert "Learning</span>" in badge
    assert "&lt;b&gt;why&lt;/b&gt;" in badge


def test_a_switch_says_what_it_switches_and_passes_attributes_on() -> None:
    markup = ui.switch(True, 'Shoes "new"', hx_get="/stop/?a=1&b=2", words="")
    assert 'aria-checked="true"' in markup
    assert 'hx-get="/stop/?a=1&amp;b=2"' in markup
    assert "Shoes &quot;new&quot;" in markup
    assert ">On<" not in markup


def test_a_sparkline_spans_its_box_and_needs_two_values() -> None:
    assert 'points="0.0,22.0 50.0,2.0 100.0,12.0"' in ui.sparkline([1, 3, 2])
    assert ui.sparkline([5]) == ""
    assert "style=" not in ui.sparkline([1, 2])


def test_undefined_numbers_are_dashes_and_zero_is_not() -> None:
    assert printed("{{ a|number }} {{ b|number }}", a=None, b=0) == "– 0"
    assert printed("{{ a|number }} {{ b|number:2 }}", a=12345, b=Decimal("1234.5")) == (
        "12,345 1,234.50"
    )
    assert printed("{{ a|signed_percent }} {{ b|signed_percent }}", a=-3.94, b=None) == "−3.9 % –"


@pytest.mark.parametrize(
    ("delta", "good", "verdict"),
    [
        (8.1, "up", "good"),
        (-3.9, "down", "good"),
        (-1.6, "up", "bad"),
        (5, "", "flat"),
        (0, "up", "flat"),
    ],
)
def test_a_change_is_good_when_it_goes_the_wanted_way(
    delta: float, good: str, verdict: str
) -> None:
    assert ui.verdict(delta, good) == verdict


def test_numbers_sort_with_the_largest_first_and_a_second_click_turns_round() -> None:
    assert sort_state("", "spend", "1").next == "-spend"
    assert sort_state("-spend", "spend", "1").next == "spend"
    assert sort_state("-spend", "spend", "1").direction == "descending"
    assert sort_state("", "name").next == "name"


def test_the_row_of_pages_has_arrows_numbers_and_gaps() -> None:
    links = page_links(Paginator(range(5000), 25).get_page(3))
    shown = [link.label or ("…" if not link.icon else "-") for link in links]
    assert shown == [
        "Previous page", "Page 1", "Page 2", "Page 3", "Page 4", "…", "Page 200", "Next page",
    ]  # fmt: skip


def test_a_chart_prints_the_numbers_it_draws() -> None:
    chart = Chart(
        labels=["1 Nov", "2 Nov"],
        unit="money",
        currency="JPY",
        series=[
            Series(name="Spend", values=[Decimal(1200), None]),
            Series(name="CTR", values=[Decimal("1.5"), 2], unit="percent"),
        ],
    )
    assert list(chart.rows) == [("1 Nov", ["¥1,200", "1.50 %"]), ("2 Nov", ["–", "2.00 %"])]
    assert chart.payload["series"][0]["values"] == [1200.0, None]


def test_a_chart_with_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        Chart(labels=["a", "b"], series=[Series(name="x", values=[1])])

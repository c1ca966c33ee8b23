"""What the head and the foot of a table link to: sorting by a column, and the other pages."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.template import Context


@dataclass(frozen=True)
class SortState:
    """How a column is sorted now, and what a click on its header asks for."""

    direction: str
    next: str
    icon: str


def sort_state(current: str | None, name: str, number: object = "") -> SortState:
    """`sort=spend` is ascending, `sort=-spend` descending; numbers start with the largest."""
    if current == name:
        return SortState("ascending", f"-{name}", "chevron-up")
    if current == f"-{name}":
        return SortState("descending", name, "chevron-down")
    return SortState("", f"-{name}" if number else name, "selector")


@dataclass(frozen=True)
class PageLink:
    """A place in the row of page numbers; without a number it is a gap or a dead arrow."""

    number: int | None
    label: str = ""
    icon: str = ""
    current: bool = False


def page_links(page: "Page[Any]") -> list[PageLink]:
    """Previous, the numbers with gaps, next."""
    before = page.previous_page_number() if page.has_previous() else None
    after = page.next_page_number() if page.has_next() else None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    middle = [
        PageLink(None)
        if n == Paginator.ELLIPSIS
        else PageLink(int(n), f"Page {n}", current=n == page.number)
        for n in numbers
    ]
    return [
        PageLink(before, "Previous page", "chevron-left"),
        *middle,
        PageLink(after, "Next page", "chevron-right"),
    ]


def page_address(context: Context, name: str, number: int) -> str:
    """This page's address with `name`, under which the list's page is asked for, at `number`."""
    params = context["request"].GET.copy()
    params[name] = str(number)
    return f"?{params.urlencode()}"

"""The tours of a first visit: which page has one, and the parts of the page it points at.

A part is named by `data-tour` in the templates. Parts that a page does not show are left out: an
Analyst has fewer of them, and on a phone the menu is behind a button, which stands in for it.
"""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Step:
    part: str
    title: str
    text: str
    instead: str = ""


@dataclass(frozen=True)
class Tour:
    key: str
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def payload(self) -> list[dict[str, str]]:
        """For the script of the page."""
        return [asdict(step) for step in self.steps]


HOME = Tour(
    "home",
    (
        Step(
            "switcher",
            "Where you are",
            "The Business Center or ad account you are working in. Open it to go to another one.",
            instead="drawer",
        ),
        Step(
            "menu",
            "The menu",
            "Business Center is about the company: people, assets, money, settings. In an ad "
            "account, Ads Manager stands above it: campaigns, creatives, reports. You see what "
            "your role allows.",
            instead="drawer",
        ),
        Step(
            "clock",
            "The practice clock",
            "Ads deliver, reviews are decided and invoices fall due by this clock. A trainer sets "
            "its speed, or jumps ahead.",
        ),
        Step(
            "bell",
            "Notifications",
            "A rejected ad, a stop that is done, a balance that runs low: it is told here.",
        ),
        Step(
            "dates",
            "The days you look at",
            "All figures of the page are about them. Choose other days here.",
        ),
        Step(
            "help",
            "Help about every page",
            "What a page is for, what you can do there, and who may. This tour is there too.",
        ),
    ),
)

CAMPAIGNS = Tour(
    "campaigns",
    (
        Step(
            "create",
            "Begin here",
            "A campaign says what is to be achieved, an ad group who sees it and for how much, an "
            "ad what they see. You are led through all three.",
        ),
        Step(
            "levels",
            "Three levels",
            "The same table for campaigns, ad groups and ads. Click a name to go one level down.",
        ),
        Step(
            "search",
            "Find one among many",
            "Search by name or ID; the key / puts the cursor here. The buttons beside it show only "
            "what is in one state.",
        ),
        Step(
            "switch",
            "On and off",
            "Switch a campaign off, and you first read what that means: pause it, or deactivate it "
            "for good.",
        ),
        Step(
            "dates",
            "The days of the figures",
            "Spend, results and totals below are about these days, by the ad account's own clock.",
        ),
    ),
)

TOURS = {"reporting:business_overview": HOME, "campaigns:campaign_list": CAMPAIGNS}
TOUR_KEYS = {tour.key for tour in TOURS.values()}

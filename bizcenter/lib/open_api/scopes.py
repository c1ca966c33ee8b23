"""Which scope a call needs, by the first part of its address; the numbers are the wire's.

Every family of addresses stands here (a test insists), so a new one cannot be left open.
"""

from collections.abc import Collection

from .envelope import ApiError, Code

AD_ACCOUNTS, ADS, REPORTING, BUSINESS_CENTERS = 1, 2, 4, 8

SCOPE_OF_FAMILY: dict[str, int | None] = {
    "ad": ADS,
    "adgroup": ADS,
    "advertiser": AD_ACCOUNTS,
    "bc": BUSINESS_CENTERS,
    "campaign": ADS,
    "changelog": BUSINESS_CENTERS,
    "creative": ADS,
    "file": ADS,
    "oauth2": AD_ACCOUNTS,
    "report": REPORTING,
    "user": None,
}


def family_of(path: str) -> str:
    """ "campaign" of "/open_api/v1.3/campaign/get/"."""
    return path.removeprefix("/open_api/").removeprefix("v1.3/").split("/", 1)[0]


def check_scope(path: str, granted: Collection[int]) -> None:
    """Raises ApiError when a token with these scopes may not make the call."""
    needed = SCOPE_OF_FAMILY[family_of(path)]
    if needed is not None and needed not in granted:
        raise ApiError(
            Code.SCOPE_NOT_AUTHORISED,
            f"The access token lacks the scope {needed}. Authorise the app again with it.",
        )

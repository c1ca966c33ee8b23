"""The words of the trade, spelt as the Business API spells them, with the labels people read."""

from django.db.models import IntegerChoices, TextChoices


class Objective(TextChoices):
    REACH = "REACH", "Reach"
    TRAFFIC = "TRAFFIC", "Traffic"
    VIDEO_VIEWS = "VIDEO_VIEWS", "Video views"
    ENGAGEMENT = "ENGAGEMENT", "Community interaction"
    APP_PROMOTION = "APP_PROMOTION", "App promotion"
    LEAD_GENERATION = "LEAD_GENERATION", "Lead generation"
    WEB_CONVERSIONS = "WEB_CONVERSIONS", "Website conversions"
    PRODUCT_SALES = "PRODUCT_SALES", "Product sales"


class OperationStatus(TextChoices):
    ENABLE = "ENABLE", "On"
    DISABLE = "DISABLE", "Off"
    DELETE = "DELETE", "Deleted"


class BudgetMode(TextChoices):
    INFINITE = "BUDGET_MODE_INFINITE", "No limit"
    DAY = "BUDGET_MODE_DAY", "Daily"
    TOTAL = "BUDGET_MODE_TOTAL", "Lifetime"


class BillingEvent(TextChoices):
    """The four bidding strategies."""

    CPC = "CPC", "CPC – pay per click"
    CPM = "CPM", "CPM – pay per 1,000 impressions"
    OCPM = "OCPM", "oCPM – pay per impression, optimised for conversions"
    CPV = "CPV", "CPV – pay per 6-second view"


class OptimizationGoal(TextChoices):
    CLICK = "CLICK", "Clicks"
    REACH = "REACH", "Reach"
    SHOW = "SHOW", "Impressions"
    VIDEO_VIEW = "VIDEO_VIEW", "2-second views"
    ENGAGED_VIEW = "ENGAGED_VIEW", "6-second views"
    CONVERT = "CONVERT", "Conversions"
    LEAD_GENERATION = "LEAD_GENERATION", "Leads"
    INSTALL = "INSTALL", "App installs"
    TRAFFIC_LANDING_PAGE_VIEW = "TRAFFIC_LANDING_PAGE_VIEW", "Landing page views"
    FOLLOWERS = "FOLLOWERS", "Followers"
    PROFILE_VIEWS = "PROFILE_VIEWS", "Profile visits"
    VALUE = "VALUE", "Purchase value"


class BidType(TextChoices):
    """Bid control: none spends the budget, custom keeps to a bid or cost cap."""

    NO_BID = "BID_TYPE_NO_BID", "Maximum delivery"
    CUSTOM = "BID_TYPE_CUSTOM", "Bid or cost cap"


class Pacing(TextChoices):
    SMOOTH = "PACING_MODE_SMOOTH", "Standard"
    FAST = "PACING_MODE_FAST", "Accelerated"


class ScheduleType(TextChoices):
    FROM_NOW = "SCHEDULE_FROM_NOW", "Run continuously"
    START_END = "SCHEDULE_START_END", "Start and end"


class AgeGroup(TextChoices):
    A13 = "AGE_13_17", "13–17"
    A18 = "AGE_18_24", "18–24"
    A25 = "AGE_25_34", "25–34"
    A35 = "AGE_35_44", "35–44"
    A45 = "AGE_45_54", "45–54"
    A55 = "AGE_55_100", "55+"


class Gender(TextChoices):
    ANY = "GENDER_UNLIMITED", "All"
    FEMALE = "GENDER_FEMALE", "Women"
    MALE = "GENDER_MALE", "Men"


class AdFormat(TextChoices):
    VIDEO = "SINGLE_VIDEO", "In-feed video"
    IMAGE = "SINGLE_IMAGE", "In-feed image"


class CallToAction(TextChoices):
    LEARN_MORE = "LEARN_MORE", "Learn more"
    SHOP_NOW = "SHOP_NOW", "Shop now"
    SIGN_UP = "SIGN_UP", "Sign up"
    DOWNLOAD_NOW = "DOWNLOAD_NOW", "Download now"
    CONTACT_US = "CONTACT_US", "Contact us"
    APPLY_NOW = "APPLY_NOW", "Apply now"
    BOOK_NOW = "BOOK_NOW", "Book now"
    GET_QUOTE = "GET_QUOTE", "Get quote"
    SUBSCRIBE = "SUBSCRIBE", "Subscribe"
    WATCH_NOW = "WATCH_NOW", "Watch now"
    ORDER_NOW = "ORDER_NOW", "Order now"
    VIEW_NOW = "VIEW_NOW", "View now"


class ReviewState(TextChoices):
    PENDING = "pending", "In review"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Not approved"


class StopKind(TextChoices):
    DEACTIVATE = "deactivate", "Deactivate (final)"
    PAUSE = "pause", "Pause (can be switched on again)"


class StopState(TextChoices):
    REQUESTED = "requested", "Requested"
    PROCESSING = "processing", "Processing"
    DEACTIVATED = "deactivated", "Deactivated"
    PAUSED = "paused", "Paused"
    FAILED = "failed", "Failed"


class ProcessingDelay(IntegerChoices):
    """Minutes by which a trainer can hold up processing."""

    TEN_MINUTES = 10, "10 minutes"
    AN_HOUR = 60, "1 hour"
    THREE_HOURS = 180, "3 hours"
    TWELVE_HOURS = 720, "12 hours"
    A_DAY = 1440, "24 hours"


class StopReason(TextChoices):
    UNAVAILABLE = "product_unavailable", "Product no longer available"
    PERFORMANCE = "below_expectation", "Results below expectation"
    CONTENT = "content_update", "Content must be updated"
    MARKET = "market_change", "The market has changed"
    BUDGET = "budget", "Budget needed elsewhere"
    OTHER = "other", "Other"

"""The Business API's words for the first level of a status."""

from .causes import Primary

ALL, NOT_DELETED = "STATUS_ALL", "STATUS_NOT_DELETE"
PRIMARY_BY_CODE = {
    "STATUS_DELIVERY_OK": Primary.ACTIVE,
    "STATUS_DISABLE": Primary.INACTIVE,
    "STATUS_NOT_DELIVERY": Primary.NOT_DELIVERING,
    "STATUS_TIME_DONE": Primary.COMPLETED,
    "STATUS_DELETE": Primary.DELETED,
}
# Documented states that nothing here can be in.
NEVER = frozenset({"STATUS_FROZEN", "STATUS_RF_CLOSED", "STATUS_DELIVERY_PARTIAL"})
PRIMARY_CODES = frozenset({ALL, NOT_DELETED, *PRIMARY_BY_CODE, *NEVER})

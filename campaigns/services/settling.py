"""Everything that falls due by itself: review decisions and stops.

Asked before every hour, and mostly there is nothing, nobody having anything due:
that is asked first, since it is answered from two short indexes.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from bizcenter.lib.prepared import Prepared

from ..models import Ad, AdReview, Campaign, StopRequest
from .review import decide_review
from .stopping import process_stop

_ANYTHING = Prepared(
    f"""
    SELECT EXISTS (SELECT FROM {AdReview._meta.db_table} review
                    WHERE review.outcome = 'pending' AND review.due_at <= $1)
        OR EXISTS (SELECT FROM {StopRequest._meta.db_table} stop
                    WHERE stop.state IN ('requested', 'processing')
                      AND (stop.effective_at <= $1 OR stop.requested_at < $1))
    """,
    "timestamptz",
)
_DUE = f"""
    SELECT true AS is_review, review.id, review.due_at AS at
      FROM {AdReview._meta.db_table} review
      JOIN {Ad._meta.db_table} ad ON ad.id = review.ad_id
     WHERE review.outcome = 'pending' AND review.due_at <= %(until)s
       AND (%(accounts)s::bigint[] IS NULL OR ad.ad_account_id = ANY(%(accounts)s))
    UNION ALL
    SELECT false, stop.id, stop.effective_at
      FROM {StopRequest._meta.db_table} stop
      JOIN {Campaign._meta.db_table} campaign ON campaign.id = stop.campaign_id
     WHERE stop.state IN ('requested', 'processing')
       AND (stop.effective_at <= %(until)s
            OR (stop.state = 'requested' AND stop.requested_at < %(until)s))
       AND (%(accounts)s::bigint[] IS NULL OR campaign.ad_account_id = ANY(%(accounts)s))
    ORDER BY at, id
"""


def settle_due(*, ad_account_ids: Sequence[int] | None, until: datetime) -> int:
    """Reviews due by `until` are decided and stops effective by then are finished, in the order in
    which they fell due; of some ad accounts or of all. Returns how many; again returns 0."""
    ((is_anything,),) = _ANYTHING.rows(until)
    if not is_anything:
        return 0
    accounts = None if ad_account_ids is None else list(ad_account_ids)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"until": until, "accounts": accounts})
        due = cursor.fetchall()
    for is_review, key, _ in due:
        if is_review:
            decide_review(review_id=key, until=until)
        else:
            process_stop(stop_request_id=key, at=until)
    return len(due)

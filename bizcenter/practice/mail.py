"""The e-mail backend of the practice environment: keeps messages for the practice mailbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from bizcenter.clock import queries as clock
from bizcenter.practice.models import PracticeMessage


class PracticeMailbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each message can be read in the practice mailbox, dated in practice time."""
        at = clock.now()
        rows = [
            PracticeMessage(
                recipients=[address.lower() for address in message.recipients()],
                sender=message.from_email[:200],
                subject=str(message.subject)[:300],
                body=str(message.body),
                at=at,
            )
            for message in email_messages
            if message.recipients()
        ]
        PracticeMessage.objects.bulk_create(rows)
        return len(rows)

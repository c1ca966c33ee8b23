"""Loads the person of a session."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.queries.sign_ins import owes_two_step


class SignInBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """With `owes_two_step`, for `signed_in`: asked along, it costs no query of its own."""
        found = User.objects.annotate(owes_two_step=owes_two_step()).filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None

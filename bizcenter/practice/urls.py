"""Addresses of the trainer's desk."""

from django.urls import path

from .web import account_states, clock, desk, mailbox, processing

app_name = "practice"

urlpatterns = [
    path("clock/", clock.clock_page, name="clock"),
    path("clock/speed/", clock.change_speed, name="change_speed"),
    path("clock/jump/", clock.jump, name="jump"),
    path("clock/jump/<int:jump_id>/cancel/", clock.cancel, name="cancel_jump"),
    path("clock/progress/", clock.progress, name="progress"),
    path("clock/chip/", clock.chip, name="chip"),
    path("desk/", desk.desk, name="desk"),
    path(
        "desk/verifications/<int:verification_id>/",
        desk.decide_verification,
        name="decide_verification",
    ),
    path("desk/ad-accounts/<int:ad_account_id>/", desk.decide_account, name="decide_ad_account"),
    path(
        "desk/ad-accounts/<int:ad_account_id>/state/",
        account_states.change_state,
        name="change_account_state",
    ),
    path(
        "desk/ad-accounts/<int:ad_account_id>/over-delivery/",
        account_states.switch_over_delivery,
        name="switch_over_delivery",
    ),
    path("desk/processing/delay/", processing.hold_up, name="delay_processing"),
    path(
        "desk/ad-accounts/<int:ad_account_id>/delay/",
        processing.hold_up,
        name="delay_processing_of",
    ),
    path("desk/processing/<int:fault_id>/lift/", processing.lift, name="lift_delay"),
    path("desk/documents/<int:document_id>/", desk.document, name="document"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:message_id>/", mailbox.message, name="message"),
]

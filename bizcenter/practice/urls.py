"""Addresses of the trainer's desk."""

from django.urls import path

from .web import clock, mailbox

app_name = "practice"

urlpatterns = [
    path("clock/", clock.clock_page, name="clock"),
    path("clock/speed/", clock.change_speed, name="change_speed"),
    path("clock/jump/", clock.jump, name="jump"),
    path("clock/jump/<int:jump_id>/cancel/", clock.cancel, name="cancel_jump"),
    path("clock/progress/", clock.progress, name="progress"),
    path("clock/chip/", clock.chip, name="chip"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:message_id>/", mailbox.message, name="message"),
]

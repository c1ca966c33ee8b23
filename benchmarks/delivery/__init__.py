"""Delivery: what an hour, a day and a worker cost, each against a baseline of the same run.

`manage.py bench delivery` runs every part, `manage.py bench delivery.volume` the one named. Every
part makes sure that at least nine in ten ads deliver: an account that has run dry is fast.
"""

"""The wire conventions of the Business API: envelope, errors, lenient paths and parameters.

Nothing here knows what a campaign is; the apps' `api` rooms are built on `endpoint.Endpoint`.
"""

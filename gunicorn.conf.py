"""Read by gunicorn from the folder it starts in; what is given on its command line comes on top."""

# Report tools send a hundred metric names in one address; the default limit of 4,094 cuts them off.
limit_request_line = 0

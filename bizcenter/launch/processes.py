"""The processes the product consists of: the one home of their commands.

`manage.py up` runs them with the environment's Python in front; docker-compose.yml repeats them
word for word, and a test compares the two.
"""

WEB = (
    "-m gunicorn bizcenter.wsgi --worker-class gthread --workers 2 --threads 4 --preload "
    "--graceful-timeout 10 --no-control-socket"
)
WORKER = "-m celery -A bizcenter.celery worker --loglevel WARNING"
BEAT = "-m celery -A bizcenter.celery beat --loglevel WARNING"

COMMANDS = {"web": WEB, "worker": WORKER, "beat": BEAT}


def command(name: str, python: str) -> list[str]:
    """The argument list of one process; gunicorn's address comes from GUNICORN_CMD_ARGS."""
    return [python, *COMMANDS[name].split()]

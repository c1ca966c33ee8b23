# Front end: packages from the lock file, bundled once.
FROM node:22-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend frontend
RUN node frontend/build.mjs

# Python packages: the very environment that `manage.py up` builds.
FROM python:3.12-slim AS packages
WORKDIR /app
COPY manage.py requirements.txt ./
COPY bizcenter/__init__.py bizcenter/__init__.py
COPY bizcenter/launch bizcenter/launch
RUN python manage.py bootstrap --no-frontend \
    && .venv/bin/python -m compileall -q -j 0 .venv

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /app understudy \
    && mkdir /data /var/cache/understudy \
    && chown understudy /data /var/cache/understudy
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY . .
COPY --from=frontend /app/static/dist static/dist
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=bizcenter.settings \
    DATA_DIR=/data \
    NUMBA_CACHE_DIR=/var/cache/understudy \
    NUMBA_CPU_NAME=generic \
    GUNICORN_CMD_ARGS="--bind 0.0.0.0:8000 --worker-tmp-dir /dev/shm"
USER understudy
# The engine's compiled loops; they run on every processor of the image's architecture.
RUN python -c "from campaigns.delivery import compiled; compiled.compile_all()"
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-m", "bizcenter.launch.health", "web"]
CMD ["python", "-m", "gunicorn", "bizcenter.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "10", "--no-control-socket"]

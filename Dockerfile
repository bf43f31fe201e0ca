# One image for web, worker, beat and management commands. Nothing is downloaded when it runs.
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.13-slim-bookworm AS program
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production PATH=/app/.venv/bin:$PATH
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 gettext fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin styringsdialog
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv && pip install --require-hashes -r requirements.lock
COPY --from=packages /app/node_modules node_modules
COPY manage.py pyproject.toml ./
COPY config config
COPY core core
COPY agencies agencies
COPY governance governance
COPY assignments assignments
COPY reporting reporting
COPY templates templates
COPY static static
COPY fixtures fixtures
COPY locale locale
COPY docs docs
# The values are needed to start Django and used for nothing else; none of them is in the image afterwards.
RUN SECRET_KEY=build ALLOWED_HOSTS=build BASE_URL=https://build DATABASE_URL=postgres://build@build/build \
    REDIS_URL=redis://build SMTP_URL=smtp://build DEFAULT_FROM_EMAIL=build@build.invalid STORED_FILES_ROOT=/srv/files \
    sh -c 'python manage.py compilemessages --verbosity 0 && python manage.py collectstatic --noinput --verbosity 0' \
    && mkdir -p /srv/files && chown 10001 /srv/files
USER 10001
VOLUME /srv/files
EXPOSE 8000
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi:application"]

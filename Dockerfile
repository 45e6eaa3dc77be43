# Two stages: the first installs the locked dependencies, the second runs the server as an ordinary user.
# Migrating is a separate command: docker run ... intersession migrate

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.lock ./
RUN /app/.venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY server ./server
RUN /app/.venv/bin/pip install --no-deps -e .

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Intersession" \
      org.opencontainers.image.description="Collaboration server for the maintenance of an international standard"
ENV PATH="/app/.venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    INTERSESSION_DATABASE="sqlite:////data/intersession.db" INTERSESSION_PRODUCTION=true
RUN useradd --system --uid 10001 --home-dir /data --create-home intersession
WORKDIR /app
COPY --from=build /app /app
COPY alembic ./alembic
COPY frontend-contracts ./frontend-contracts
USER intersession
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["intersession", "serve", "--host", "0.0.0.0", "--port", "8000"]

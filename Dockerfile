# Two stages: the first installs the locked dependencies, the second runs the server as an ordinary user. Only /data is
# written to, so the root file system may be read-only: docker run --read-only --tmpfs /tmp ...
# Migrating is a separate command: docker run ... intersession migrate

# A tag is built anew whenever Debian mends something; the digest says which build is meant. `docker build --pull` with
# another --build-arg BASE=python:3.11-slim-bookworm takes the mends before this line is raised.
ARG BASE=python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d

FROM $BASE AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
# Without pip, which would bring setuptools: the base's own pip installs what is locked, by hash, and nothing else.
RUN python -m venv --without-pip /app/.venv
COPY requirements.lock ./
RUN python -m pip --python /app/.venv/bin/python install --no-deps --only-binary :all: --require-hashes \
        -r requirements.lock \
    && python -m pip --python /app/.venv/bin/python check
COPY intersession ./
COPY server ./server
# The image writes no bytecode when it runs, so it is written here.
RUN ln -s ../../intersession /app/.venv/bin/intersession && /app/.venv/bin/python -m compileall -q server

FROM $BASE
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
# Asks /readyz. An overloaded server counts as healthy, because replacing it would make matters worse.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-m", "server.web.healthcheck"]
CMD ["intersession", "serve", "--host", "0.0.0.0", "--port", "8000"]

# syntax=docker/dockerfile:1
# docker build -t carecue .      One image for every process: `web`, `worker`, `run`, `migrate`, `doctor`, …
# The Python that the tests run on. For a build that is the same next year, name a digest: python:3.11-slim@sha256:…
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
# requirements-traces.lock brings OpenTelemetry's exporter along.
ARG LOCK=requirements.lock
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements-build.lock ${LOCK} ./
# Wheels alone: nothing that is installed runs code of its own here.
RUN python -m venv /build \
 && /build/bin/python -m pip install --require-hashes --only-binary=:all: -r requirements-build.lock \
 && python -m venv --without-pip /opt/carecue \
 && python -m pip --python /opt/carecue/bin/python install --require-hashes --only-binary=:all: -r ${LOCK}
COPY LICENSE README.md pyproject.toml ./
COPY bot bot
COPY handlers handlers
COPY jobs jobs
RUN /build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
 && python -m pip --python /opt/carecue/bin/python install --no-deps --no-index /wheel/*.whl

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="CareCue" org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 carecue \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin carecue \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/carecue /opt/carecue
# Nothing is written but in /data, where SQLite's file is if there is no other database. Health is asked for at 9090.
ENV PATH=/opt/carecue/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 CARECUE_METRICS_PORT=9090
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request; \
urllib.request.urlopen('http://127.0.0.1:' + os.environ['CARECUE_METRICS_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["carecue"]
CMD ["run"]

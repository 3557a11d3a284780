# syntax=docker/dockerfile:1
# Handover in one image: the web pages, then the server that carries them, then nothing but the binary.

FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm
COPY web ./
RUN npm run build

FROM rust:1.95-bookworm AS server
WORKDIR /src
COPY . .
COPY --from=web /src/web/dist web/dist
# The caches keep what was downloaded and compiled from one build to the next; the binary is taken out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin handover && \
    install -D target/release/handover /out/handover

FROM debian:bookworm-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin handover && \
    install -d -o handover -g handover -m 0700 /data
COPY --from=server /out/handover /usr/local/bin/handover
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/handover/

USER handover
WORKDIR /data
VOLUME /data
ENV HANDOVER_LISTEN=0.0.0.0:8080 \
    HANDOVER_DATA_DIR=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["handover", "health"]
ENTRYPOINT ["handover"]
CMD ["serve"]

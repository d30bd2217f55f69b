# One image for migrate, API and workers. The same Node.js as the `node` package in package.json.
FROM node:24.21.0-bookworm-slim
WORKDIR /srv/nenrin
COPY package.json package-lock.json .npmrc ./
COPY dev/patch-postgres.mjs dev/
# No package's install script is needed: what is compiled comes as a package of its own for each platform.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
# What npm would run itself, were it not told to run no script.
RUN node dev/patch-postgres.mjs
COPY tsconfig.json config.ts worker.ts ./
COPY activities activities
COPY api api
COPY audit audit
COPY codec codec
COPY db db
COPY domain domain
COPY plans plans
COPY worker worker
COPY workflows workflows
COPY dev/bundle-workflows.ts dev/
RUN node dev/bundle-workflows.ts workflows.js
ENV NODE_ENV=production
# The key that signs the record, and the copies for its witness.
RUN install -d -o node -m 0700 /var/lib/nenrin
USER node
CMD ["node", "--import", "tsx", "api/server.ts"]

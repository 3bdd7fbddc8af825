# syntax=docker/dockerfile:1

# Builds with everything, runs with what running needs, as nobody in particular.
FROM node:24-bookworm-slim AS build
RUN npm install --global pnpm@12.21.0
WORKDIR /src
COPY . .
RUN pnpm install --frozen-lockfile \
 && pnpm exec turbo run build --filter=@latchkey/admin... --filter=@latchkey/api... \
 && pnpm --filter @latchkey/api deploy --prod --legacy /app/apps/api \
 && rm -r /app/apps/api/src /app/apps/api/test \
 && mkdir -p /app/apps/admin && cp -r apps/admin/dist /app/apps/admin/dist \
 && mkdir /app/data

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATABASE_URL=sqlite:/app/data/latchkey.db
WORKDIR /app
COPY --from=build /app ./
RUN chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/api/dist/command-line/latchkey.js"]
CMD ["start"]

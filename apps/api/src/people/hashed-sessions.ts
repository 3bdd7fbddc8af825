import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth';

/** Hashes a session's token. A token is 190 random bits, so a plain hash is one that nobody turns around. */
type Hash = (token: string) => string;

function hashWhere(hash: Hash, { model, where }: { model: string; where?: Where[] | undefined }) {
  return where?.map((one) =>
    model === 'session' && one.field === 'token' && typeof one.value === 'string'
      ? { ...one, value: hash(one.value) }
      : one,
  );
}

/** The token that a query for one session asks for. */
function soughtToken({ model, where }: { model: string; where: Where[] }): string | undefined {
  const value =
    model === 'session' ? where.find(({ field }) => field === 'token')?.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function wrap<Adapter extends DBTransactionAdapter>(adapter: Adapter, hash: Hash): Adapter {
  const hashed = <Query extends { model: string; where?: Where[] | undefined }>(query: Query) => ({
    ...query,
    ...(query.where && { where: hashWhere(hash, query) }),
  });
  return {
    ...adapter,
    async create(query) {
      const token: unknown = query.model === 'session' ? query.data['token'] : undefined;
      if (typeof token !== 'string') return adapter.create(query);
      const data = { ...query.data, token: hash(token) };
      return { ...(await adapter.create({ ...query, data })), token };
    },
    async findOne(query) {
      const found = await adapter.findOne(hashed(query));
      const token = soughtToken(query);
      return found && token !== undefined ? { ...found, token } : found;
    },
    findMany: (query) => adapter.findMany(hashed(query)),
    count: (query) => adapter.count(hashed(query)),
    update: (query) => adapter.update(hashed(query)),
    updateMany: (query) => adapter.updateMany(hashed(query)),
    delete: (query) => adapter.delete(hashed(query)),
    deleteMany: (query) => adapter.deleteMany(hashed(query)),
    consumeOne: (query) => adapter.consumeOne(hashed(query)),
    incrementOne: (query) => adapter.incrementOne(hashed(query)),
  };
}

/**
 * Keeps of every session's token only a hash, so that nobody who reads the database can be somebody else. The sign-in library itself
 * knows tokens as they are.
 */
export function withHashedSessions(adapter: DBAdapter, hash: Hash): DBAdapter {
  return {
    ...wrap(adapter, hash),
    transaction: async (work) =>
      adapter.transaction(async (transaction) => work(wrap(transaction, hash))),
  };
}

// Chooses Prisma's driver adapter by the form of DATABASE_URL: the same code on SQLite and on PostgreSQL.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The directory that relative `file:` URLs start from: that of schema.prisma, as with Prisma's own engines. */
export const SCHEMA_DIR = path.join(SERVER_DIR, 'prisma');

/** Returns `sqlite` or `postgresql` for a DATABASE_URL, or throws naming the scheme (never the URL, it holds a password). */
export function providerOf(url) {
  if (/^file:/.test(url ?? '')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url ?? '')) return 'postgresql';
  throw new Error(`DATABASE_URL: unknown scheme "${String(url ?? '').split(':')[0]}"`);
}

/** Path of the SQLite file that a `file:` URL names. */
export function sqlitePath(url) {
  const name = url.replace(/^file:(\/\/)?/, '').split('?')[0];
  return path.resolve(SCHEMA_DIR, name);
}

/** Splits a PostgreSQL URL of Prisma's form into what `pg` takes and what Prisma adds (schema, limits). */
export function postgresConfig(url) {
  const parsed = new URL(url);
  const take = (name) => {
    const value = parsed.searchParams.get(name);
    parsed.searchParams.delete(name);
    return value;
  };
  const schema = take('schema') ?? 'public';
  const limit = take('connection_limit');
  const timeout = take('pool_timeout') ?? take('connect_timeout');
  const socketDir = take('host');
  const config = {
    user: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    host: socketDir ?? parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(parsed.port || 5432),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    max: limit ? Number(limit) : 10,
    connectionTimeoutMillis: timeout ? Number(timeout) * 1000 : 10_000,
    ssl: ['require', 'verify-ca', 'verify-full'].includes(parsed.searchParams.get('sslmode') ?? '')
      ? { rejectUnauthorized: parsed.searchParams.get('sslmode') !== 'require' }
      : undefined,
  };
  return { config, schema };
}

/**
 * Driver adapter factory for the Prisma Client.
 *
 * `intMode: 'bigint'` because SQLite hands out 64-bit integers (milliseconds of a DateTime among them).
 * SQLITE_TIMESTAMPS=unixepoch-ms makes the adapter store dates as Prisma's native engine did; the default is ISO text.
 */
export async function clientAdapter(url) {
  if (providerOf(url) === 'sqlite') {
    const { PrismaLibSQL } = await import('@prisma/adapter-libsql');
    const timestampFormat = process.env.SQLITE_TIMESTAMPS || 'iso8601';
    return new PrismaLibSQL({ url: `file:${sqlitePath(url)}`, intMode: 'bigint' }, { timestampFormat });
  }
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { config, schema } = postgresConfig(url);
  return new PrismaPg(config, { schema });
}

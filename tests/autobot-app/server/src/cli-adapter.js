// Driver adapter for the Prisma CLI (migrate, db push, db pull); both adapters need mending for it.
import { randomUUID } from 'node:crypto';
import { clientAdapter, postgresConfig, providerOf } from './database.js';

/** Driver adapter factory for the Prisma CLI (`engine: 'js'`). */
export async function cliAdapter(url) {
  if (providerOf(url) === 'sqlite') return withWholeScripts(await clientAdapter(url));
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { default: pg } = await import('pg');
  const { config, schema } = postgresConfig(url);
  return new CliFactory(PrismaPg, pg.Pool, config, schema);
}

/**
 * adapter-libsql 6.19 is handed a whole migration as one statement where the shadow database is built, and runs only
 * the first of its statements.
 */
function withWholeScripts(factory) {
  const connect = factory.connectToShadowDb.bind(factory);
  factory.connectToShadowDb = async () => {
    const adapter = await connect();
    const executeRaw = adapter.executeRaw.bind(adapter);
    adapter.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  };
  return factory;
}

/**
 * adapter-pg 6.19 as a schema engine: it knows neither of the types `name` and `"char"`, splits scripts at every `;`,
 * drops the shadow database while connected to it, and its idle sockets keep the process alive.
 */
class CliFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';

  constructor(PrismaPg, Pool, config, schema) {
    Object.assign(this, { PrismaPg, Pool, config, schema });
  }

  async connect() {
    return this.open(this.config, async () => {});
  }

  async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    await this.once(`CREATE DATABASE "${database}"`);
    return this.open({ ...this.config, database }, () => this.once(`DROP DATABASE "${database}"`));
  }

  async once(sql) {
    const pool = new this.Pool({ ...this.config, max: 1 });
    try {
      await pool.query(sql);
    } finally {
      await pool.end();
    }
  }

  async open(config, afterwards) {
    const pool = new this.Pool({ ...config, allowExitOnIdle: true, idleTimeoutMillis: 200 });
    const query = pool.query.bind(pool);
    pool.query = async (...words) => asText(await query(...words));
    const adapter = await new this.PrismaPg(pool, { schema: this.schema }).connect();
    // One call of the simple protocol runs the whole script, so that the server does the splitting.
    adapter.executeScript = async (script) => {
      try {
        await query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
    adapter.dispose = async () => {
      await pool.end();
      await afterwards();
    };
    return adapter;
  }
}

/** Types that adapter-pg refuses though they arrive as plain text: `"char"` and `name`, by their fixed numbers. */
const TEXT_LIKE = new Set([18, 19]);
const TEXT = 25;

/** Relabels the columns of a result, so that the adapter takes them for text. */
function asText(result) {
  for (const field of result.fields ?? []) if (TEXT_LIKE.has(field.dataTypeID)) field.dataTypeID = TEXT;
  return result;
}

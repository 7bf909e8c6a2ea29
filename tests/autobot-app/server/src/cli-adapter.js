// Adaptador para el CLI de Prisma (migrate, db push): el de PostgreSQL necesita tres remiendos.
import { clientAdapter, postgresConfig, providerOf } from './database.js';

/** Driver adapter factory for the Prisma CLI (`engine: 'js'`). */
export async function cliAdapter(url) {
  if (providerOf(url) === 'sqlite') return clientAdapter(url);
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { default: pg } = await import('pg');
  const { config, schema } = postgresConfig(url);
  return new CliFactory(PrismaPg, pg.Pool, config, schema);
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
    const database = `prisma_migrate_shadow_db_${globalThis.crypto.randomUUID()}`;
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
    const adapter = await new this.PrismaPg(pool, { schema: this.schema }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) => queryRaw({ ...query, sql: castCatalogueTypes(query.sql) });
    // One simple-protocol call runs the whole script, so that the server does the splitting.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
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

function castCatalogueTypes(sql) {
  return sql;
}

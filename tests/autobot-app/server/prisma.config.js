// Prisma without native engines: the CLI reaches the database through the adapters that the client uses too.
import 'dotenv/config';
import path from 'node:path';
import { defineConfig } from 'prisma/config';
import { cliAdapter } from './src/cli-adapter.js';

// `prisma generate` needs no database, yet without a URL the CLI would look for an engine to download.
process.env.DATABASE_URL ??= 'file:./dev.db';

export default defineConfig({
  schema: path.join('prisma', 'schema.prisma'),
  experimental: { adapter: true },
  engine: 'js',
  adapter: () => cliAdapter(process.env.DATABASE_URL),
});

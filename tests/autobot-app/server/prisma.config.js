// Prisma sin motores nativos: el CLI habla con la base por los mismos adaptadores que el cliente.
import 'dotenv/config';
import path from 'node:path';
import { defineConfig } from 'prisma/config';
import { cliAdapter } from './src/cli-adapter.js';

export default defineConfig({
  schema: path.join('prisma', 'schema.prisma'),
  experimental: { adapter: true },
  engine: 'js',
  adapter: () => cliAdapter(process.env.DATABASE_URL),
});

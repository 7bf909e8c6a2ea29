// Starts AutoBOT: database, default user, HTTP server; stops it in good order.
import 'dotenv/config';
import { createApp } from './app.js';
import { createDefaultUser } from './users.js';
import { errorLine } from './errors.js';
import { clientAdapter, providerOf } from './database.js';

const { PrismaClient } = await import('@prisma/client').then((module) => module.default ?? module);

async function start() {
  const prisma = new PrismaClient({ adapter: await clientAdapter(process.env.DATABASE_URL) });
  if (await createDefaultUser(prisma)) {
    console.log('[Auth] Default user created: admin / admin123');
  }
  const app = createApp({ prisma, provider: providerOf(process.env.DATABASE_URL), secret: process.env.JWT_SECRET });
  const server = app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', (error) => {
    if (error) fail(error);
    else console.log(`Server running on port ${server.address().port}`);
  });
  const stop = (signal) => {
    console.log(`[Server] ${signal}: stopping`);
    server.close(() => prisma.$disconnect().finally(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  };
  process.once('SIGINT', () => stop('SIGINT'));
  process.once('SIGTERM', () => stop('SIGTERM'));
}

function fail(error) {
  console.error(errorLine(error));
  process.exit(1);
}

start().catch(fail);

// The HTTP interface: which route is whose.
import express from 'express';
import { authentication } from './auth.js';
import { botRoutes, ownBot } from './bots.js';
import { clientRoutes } from './clients.js';
import { errorHandler, notFound } from './errors.js';
import { messageRoutes } from './messages.js';
import { reminderRoutes } from './reminders.js';
import { userRoutes } from './users.js';
import { Sessions, whatsappRoutes } from './whatsapp.js';

/** Builds the application over an open Prisma Client; `secret` signs the tokens. */
export function createApp({ prisma, provider, secret }) {
  const app = express();
  const sessions = new Sessions();
  const context = { prisma, provider, sessions };
  const auth = authentication(prisma, secret);

  app.disable('x-powered-by');
  app.use(express.json({ limit: '2mb' }));
  app.get('/api/health', async (_request, response) => {
    await prisma.$queryRaw`SELECT 1`;
    response.json({ status: 'ok', database: provider });
  });
  app.use('/api/auth', auth.routes);
  app.use('/api/users', auth.required, userRoutes(context));
  app.use('/api', auth.required, ownBot(prisma));
  app.use('/api', botRoutes(context));
  app.use('/api/clients', clientRoutes(context));
  app.use('/api/messages', messageRoutes(context));
  app.use('/api/reminders', reminderRoutes(context));
  app.use('/api/whatsapp', whatsappRoutes(context));
  app.use((request, _response, next) => next(notFound(request.path)));
  app.use(errorHandler);
  return app;
}

// The bot: configuration, system prompt, API key, silenced chats. Kept as JSON in text columns.
import express from 'express';
import { adminOnly } from './auth.js';
import { HttpError, badRequest, notFound } from './errors.js';

const DEFAULTS = { systemPrompt: 'Sos un asistente amable.', openaiApiKey: '', model: 'gpt-4o-mini', temperature: 0.7 };
const TEXTS = ['systemPrompt', 'openaiApiKey', 'model'];

/** Middleware: puts the caller's bot into `request.bot`; an administrator may name another with `?bot=ID`. */
export function ownBot(prisma) {
  return async (request, _response, next) => {
    const other = request.query.bot;
    if (other && request.user.role !== 'admin') throw new HttpError(403, 'solo el propio bot');
    const bot = await prisma.bot.findUnique({ where: other ? { id: String(other) } : { userId: request.user.id } });
    if (!bot) throw notFound('bot');
    request.bot = bot;
    next();
  };
}

/** The bot's configuration, with defaults for what was never set. */
export function configOf(bot) {
  return { ...DEFAULTS, ...parse(bot.config, {}) };
}

function parse(text, otherwise) {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function publicBot(bot) {
  const { id, userId, createdAt, updatedAt } = bot;
  return { id, userId, config: configOf(bot), silencedChats: parse(bot.silencedChats, []), createdAt, updatedAt };
}

function checkConfig(changes) {
  if (changes === null || typeof changes !== 'object' || Array.isArray(changes)) throw badRequest('config: falta un objeto');
  for (const name of TEXTS) {
    if (name in changes && typeof changes[name] !== 'string') throw badRequest(`config.${name}: falta un texto`);
  }
}

/** Routes below /api: the bot itself, and the list of all bots. */
export function botRoutes({ prisma }) {
  const routes = express.Router();

  routes.get('/bots', adminOnly, async (_request, response) => {
    const bots = await prisma.bot.findMany({ orderBy: { id: 'asc' }, include: { user: { select: { username: true } } } });
    response.json(bots.map((bot) => ({ ...publicBot(bot), username: bot.user.username })));
  });

  routes.get('/bot', (request, response) => response.json(publicBot(request.bot)));

  routes.put('/bot/config', async (request, response) => {
    checkConfig(request.body);
    const config = JSON.stringify({ ...parse(request.bot.config, {}), ...request.body });
    response.json(publicBot(await prisma.bot.update({ where: { id: request.bot.id }, data: { config } })));
  });

  routes.put('/bot/silenced', async (request, response) => {
    const chats = request.body?.silencedChats;
    if (!Array.isArray(chats) || chats.some((chat) => typeof chat !== 'string')) throw badRequest('silencedChats: falta una lista');
    const silencedChats = JSON.stringify([...new Set(chats)]);
    response.json(publicBot(await prisma.bot.update({ where: { id: request.bot.id }, data: { silencedChats } })));
  });

  routes.get('/stats', async (request, response) => {
    const where = { botId: request.bot.id };
    const [clients, messages, reminders, media, byStatus] = await Promise.all([
      prisma.client.count({ where }),
      prisma.message.count({ where }),
      prisma.reminder.count({ where }),
      prisma.message.count({ where: { ...where, hasMedia: true } }),
      prisma.client.groupBy({ by: ['status'], where, _count: { _all: true }, orderBy: { status: 'asc' } }),
    ]);
    const statuses = Object.fromEntries(byStatus.map((group) => [group.status, group._count._all]));
    response.json({ clients, messages, reminders, media, statuses });
  });

  return routes;
}

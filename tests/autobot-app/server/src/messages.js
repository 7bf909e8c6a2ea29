// Messages: stored as they come, listed newest first, sent by hand.
import express from 'express';
import { badRequest, notFound } from './errors.js';
import { count } from './paging.js';

const ROLES = ['user', 'assistant', 'system'];
const FLAGS = ['isBroadcast', 'isReminder', 'isManual', 'hasMedia'];
const OPTIONAL_TEXTS = ['whatsappId', 'mediaUrl', 'mediaType', 'status'];

/** Stores a message and makes its sender a client where it is a stranger. */
export async function store(prisma, botId, message) {
  return prisma.$transaction(async (transaction) => {
    await transaction.client.upsert({
      where: { botId_chatId: { botId, chatId: message.chatId } },
      create: { botId, chatId: message.chatId },
      update: {},
    });
    return transaction.message.create({ data: { ...message, botId } });
  });
}

/** The message of a request, checked; unknown fields are left out. */
function messageOf(body) {
  const { chatId, role, content } = body ?? {};
  if (typeof chatId !== 'string' || !chatId) throw badRequest('falta chatId');
  if (!ROLES.includes(role)) throw badRequest(`role: uno de ${ROLES.join(', ')}`);
  if (typeof content !== 'string') throw badRequest('falta content');
  const message = { chatId, role, content };
  for (const name of FLAGS) if (typeof body[name] === 'boolean') message[name] = body[name];
  for (const name of OPTIONAL_TEXTS) if (typeof body[name] === 'string') message[name] = body[name];
  if (body.timestamp !== undefined) message.timestamp = dateOf(body.timestamp, 'timestamp');
  return message;
}

/** A date of a request, checked. */
export function dateOf(text, name) {
  const date = new Date(text);
  if (typeof text !== 'string' || Number.isNaN(date.getTime())) throw badRequest(`${name}: falta una fecha`);
  return date;
}

/** Routes below /api/messages. */
export function messageRoutes({ prisma, sessions }) {
  const routes = express.Router();

  routes.get('/', async (request, response) => {
    const where = { botId: request.bot.id };
    if (request.query.chatId) where.chatId = String(request.query.chatId);
    const before = count(request.query, 'before', undefined);
    if (before) where.id = { lt: before };
    const take = count(request.query, 'limit', 50, 1000);
    response.json(await prisma.message.findMany({ where, take, orderBy: { id: 'desc' } }));
  });

  routes.get('/chats', async (request, response) => {
    const chats = await prisma.message.groupBy({
      by: ['chatId'],
      where: { botId: request.bot.id },
      _count: { _all: true },
      _max: { id: true },
    });
    chats.sort((one, other) => other._max.id - one._max.id);
    response.json(chats.map((chat) => ({ chatId: chat.chatId, messages: chat._count._all, lastId: chat._max.id })));
  });

  routes.get('/:id', async (request, response) => {
    const message = await prisma.message.findFirst({ where: { id: Number(request.params.id) || 0, botId: request.bot.id } });
    if (!message) throw notFound('mensaje');
    response.json(message);
  });

  routes.post('/', async (request, response) => {
    response.status(201).json(await store(prisma, request.bot.id, messageOf(request.body)));
  });

  routes.post('/manual', async (request, response) => {
    const connected = (await sessions.status(request.bot.id)).state === 'CONNECTED';
    const message = messageOf({ ...request.body, role: 'assistant' });
    const sent = { ...message, isManual: true, status: connected ? 'SENT' : 'PENDING' };
    response.status(201).json(await store(prisma, request.bot.id, sent));
  });

  return routes;
}

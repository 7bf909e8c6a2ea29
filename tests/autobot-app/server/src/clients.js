// CRM: clients of a bot.
import express from 'express';
import { badRequest, notFound } from './errors.js';
import { paging } from './paging.js';

const STATUSES = ['LEAD', 'PROSPECT', 'CLIENT', 'VIP', 'BLOCKED'];

function publicClient(client) {
  let tags;
  try {
    tags = JSON.parse(client.tags);
  } catch {
    tags = client.tags;
  }
  return { ...client, tags };
}

/** Takes from a request what may be changed, checked. */
function changes(body) {
  const data = {};
  for (const name of ['name', 'notes', 'profilePicUrl']) {
    if (body?.[name] === undefined) continue;
    if (body[name] !== null && typeof body[name] !== 'string') throw badRequest(`${name}: falta un texto`);
    data[name] = body[name];
  }
  if (body?.isBotPaused !== undefined) {
    if (typeof body.isBotPaused !== 'boolean') throw badRequest('isBotPaused: sí o no');
    data.isBotPaused = body.isBotPaused;
  }
  if (body?.tags !== undefined) {
    if (!Array.isArray(body.tags)) throw badRequest('tags: falta una lista');
    data.tags = JSON.stringify(body.tags);
  }
  if (body?.status !== undefined) data.status = checkStatus(body.status);
  return data;
}

function checkStatus(status) {
  if (!STATUSES.includes(status)) throw badRequest(`status: uno de ${STATUSES.join(', ')}`);
  return status;
}

/** Routes below /api/clients. */
export function clientRoutes({ prisma, provider }) {
  const routes = express.Router();
  // SQLite's LIKE is blind to case by itself (for ASCII); PostgreSQL has to be told.
  const contains = (text) => ({ contains: text, ...(provider === 'postgresql' && { mode: 'insensitive' }) });

  async function find(request) {
    const client = await prisma.client.findFirst({ where: { id: request.params.id, botId: request.bot.id } });
    if (!client) throw notFound('cliente');
    return client;
  }

  async function update(request, response, data) {
    const { id } = await find(request);
    response.json(publicClient(await prisma.client.update({ where: { id }, data })));
  }

  routes.get('/', async (request, response) => {
    const { page, pageSize, skip, take } = paging(request.query);
    const where = { botId: request.bot.id };
    if (request.query.status) where.status = String(request.query.status);
    if (request.query.search) {
      const search = contains(String(request.query.search));
      where.OR = [{ name: search }, { chatId: search }, { notes: search }];
    }
    const [total, clients] = await Promise.all([
      prisma.client.count({ where }),
      prisma.client.findMany({ where, skip, take, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] }),
    ]);
    response.json({ total, page, pageSize, items: clients.map(publicClient) });
  });

  routes.post('/', async (request, response) => {
    const { chatId } = request.body ?? {};
    if (typeof chatId !== 'string' || !chatId) throw badRequest('falta chatId');
    const data = { ...changes(request.body), chatId, botId: request.bot.id };
    response.status(201).json(publicClient(await prisma.client.create({ data })));
  });

  routes.get('/:id', async (request, response) => response.json(publicClient(await find(request))));
  routes.patch('/:id', (request, response) => update(request, response, changes(request.body)));
  routes.put('/:id/status', (request, response) =>
    update(request, response, { status: checkStatus(request.body?.status) }));
  routes.put('/:id/notes', (request, response) => update(request, response, changes({ notes: request.body?.notes ?? null })));

  routes.delete('/:id', async (request, response) => {
    const { id } = await find(request);
    await prisma.client.delete({ where: { id } });
    response.status(204).end();
  });

  return routes;
}

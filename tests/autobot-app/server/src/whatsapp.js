// Stand-in for WhatsApp: connecting stores a session on disk as whatsapp-web.js does, and nothing leaves this machine.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { configOf } from './bots.js';
import { HttpError, badRequest } from './errors.js';
import { store } from './messages.js';

const DEFAULT_DIR = fileURLToPath(new URL('../../sessions', import.meta.url));

/** Sessions on disk, a directory for each bot: `sessions/session-<bot id>/session.json` and a browser profile. */
export class Sessions {
  constructor(dir = process.env.SESSIONS_DIR ?? DEFAULT_DIR) {
    this.dir = dir;
  }

  of(botId) {
    return path.join(this.dir, `session-${botId}`);
  }

  async status(botId) {
    try {
      const { state, phone, connectedAt } = JSON.parse(await readFile(path.join(this.of(botId), 'session.json'), 'utf8'));
      return { state, phone, connectedAt };
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
      return { state: 'DISCONNECTED', phone: null, connectedAt: null };
    }
  }

  async connect(botId, phone) {
    const storage = path.join(this.of(botId), 'Default', 'Local Storage', 'leveldb');
    await mkdir(storage, { recursive: true, mode: 0o700 });
    await writeFile(path.join(storage, 'CURRENT'), 'MANIFEST-000001\n');
    await writeFile(path.join(storage, '000003.log'), randomBytes(4096));
    const session = { botId, state: 'CONNECTED', phone, connectedAt: new Date().toISOString() };
    const file = path.join(this.of(botId), 'session.json');
    await writeFile(`${file}.new`, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
    return this.status(botId);
  }

  async remove(botId) {
    await rm(this.of(botId), { recursive: true, force: true });
  }
}

/** Routes below /api/whatsapp. */
export function whatsappRoutes({ prisma, sessions }) {
  const routes = express.Router();

  routes.get('/status', async (request, response) => response.json(await sessions.status(request.bot.id)));

  // In the real application a person scans a QR code here.
  routes.post('/connect', async (request, response) => {
    const phone = String(request.body?.phone ?? '5491100000000');
    if (!/^\d{8,15}$/.test(phone)) throw badRequest('phone: solo cifras');
    response.json(await sessions.connect(request.bot.id, phone));
  });

  routes.post('/disconnect', async (request, response) => {
    await sessions.remove(request.bot.id);
    response.status(204).end();
  });

  // A message arrives; the bot answers unless the chat is silenced or the bot is paused for the client.
  routes.post('/incoming', async (request, response) => {
    const { chatId, content } = request.body ?? {};
    if (typeof chatId !== 'string' || typeof content !== 'string') throw badRequest('faltan chatId y content');
    if ((await sessions.status(request.bot.id)).state !== 'CONNECTED') throw new HttpError(409, 'WhatsApp no está conectado');
    const botId = request.bot.id;
    const whatsappId = `false_${chatId}_${randomUUID()}`;
    const received = await store(prisma, botId, { chatId, role: 'user', content, whatsappId });
    const client = await prisma.client.findUnique({ where: { botId_chatId: { botId, chatId } } });
    const silent = client.isBotPaused || JSON.parse(request.bot.silencedChats).includes(chatId);
    const reply = silent
      ? null
      : await store(prisma, botId, { chatId, role: 'assistant', content: `${configOf(request.bot).systemPrompt} → ${content}` });
    response.status(201).json({ received, reply });
  });

  return routes;
}

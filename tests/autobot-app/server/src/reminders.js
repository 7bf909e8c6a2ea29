// Reminders: a chat, a date, and how many days later again.
import express from 'express';
import { badRequest, notFound } from './errors.js';
import { dateOf } from './messages.js';

/** Routes below /api/reminders. */
export function reminderRoutes({ prisma }) {
  const routes = express.Router();

  routes.get('/', async (request, response) => {
    const where = { botId: request.bot.id };
    response.json(await prisma.reminder.findMany({ where, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] }));
  });

  routes.post('/', async (request, response) => {
    const { chatId, dueDate, recurrenceDays = null } = request.body ?? {};
    if (typeof chatId !== 'string' || !chatId) throw badRequest('falta chatId');
    if (recurrenceDays !== null && (!Number.isInteger(recurrenceDays) || recurrenceDays < 1)) {
      throw badRequest('recurrenceDays: un número de días');
    }
    const data = { botId: request.bot.id, chatId, dueDate: dateOf(dueDate, 'dueDate'), recurrenceDays };
    response.status(201).json(await prisma.reminder.create({ data }));
  });

  routes.delete('/:id', async (request, response) => {
    const { count } = await prisma.reminder.deleteMany({ where: { id: request.params.id, botId: request.bot.id } });
    if (count === 0) throw notFound('recordatorio');
    response.status(204).end();
  });

  return routes;
}

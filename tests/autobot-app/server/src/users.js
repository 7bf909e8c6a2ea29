// Users: the default one, list, create, change password, delete. Each user owns one bot.
import bcrypt from 'bcryptjs';
import express from 'express';
import { adminOnly } from './auth.js';
import { HttpError, badRequest, notFound } from './errors.js';

const BCRYPT_COST = 10;
const PASSWORD_MIN = 6;

/** A user as the interface shows it: everything but the hash. */
export function publicUser({ id, username, role, createdAt, updatedAt }) {
  return { id, username, role, createdAt, updatedAt };
}

/** Creates admin / admin123 with a bot where there is no user at all; says whether it did. */
export async function createDefaultUser(prisma) {
  if ((await prisma.user.count()) > 0) return false;
  await createUser(prisma, { username: 'admin', password: 'admin123', role: 'admin' });
  return true;
}

async function createUser(prisma, { username, password, role }) {
  const passwordHash = await bcrypt.hash(password, BCRYPT_COST);
  return prisma.user.create({
    data: { username, passwordHash, role, bot: { create: {} } },
    include: { bot: { select: { id: true } } },
  });
}

function checkPassword(password) {
  if (typeof password !== 'string' || password.length < PASSWORD_MIN) {
    throw badRequest(`la contraseña necesita ${PASSWORD_MIN} caracteres`);
  }
}

/** Routes below /api/users. */
export function userRoutes({ prisma, sessions }) {
  const routes = express.Router();

  routes.get('/', adminOnly, async (_request, response) => {
    const users = await prisma.user.findMany({ orderBy: [{ username: 'asc' }] });
    response.json(users.map(publicUser));
  });

  routes.post('/', adminOnly, async (request, response) => {
    const { username, password, role = 'user' } = request.body ?? {};
    if (typeof username !== 'string' || !username.trim()) throw badRequest('falta el nombre de usuario');
    if (!['user', 'admin'].includes(role)) throw badRequest('rol desconocido');
    checkPassword(password);
    const user = await createUser(prisma, { username, password, role });
    response.status(201).json({ ...publicUser(user), botId: user.bot.id });
  });

  // One's own with the current password; an administrator may set anybody's.
  routes.put('/:id/password', async (request, response) => {
    const { currentPassword, newPassword } = request.body ?? {};
    const own = request.params.id === request.user.id;
    if (!own && request.user.role !== 'admin') throw new HttpError(403, 'solo la propia contraseña');
    if (own && !(await bcrypt.compare(String(currentPassword ?? ''), request.user.passwordHash))) {
      throw new HttpError(403, 'la contraseña actual no es esa');
    }
    checkPassword(newPassword);
    const passwordHash = await bcrypt.hash(newPassword, BCRYPT_COST);
    const user = await prisma.user.update({ where: { id: request.params.id }, data: { passwordHash } });
    response.json(publicUser(user));
  });

  routes.delete('/:id', adminOnly, async (request, response) => {
    if (request.params.id === request.user.id) throw badRequest('nadie se borra a sí mismo');
    const user = await prisma.user.findUnique({ where: { id: request.params.id }, include: { bot: true } });
    if (!user) throw notFound('usuario');
    await prisma.user.delete({ where: { id: user.id } });
    if (user.bot) await sessions.remove(user.bot.id);
    response.status(204).end();
  });

  return routes;
}

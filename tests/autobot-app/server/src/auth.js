// Login with bcrypt and JWT; logout takes the token out of use until the server restarts or it expires.
import { randomUUID } from 'node:crypto';
import bcrypt from 'bcryptjs';
import express from 'express';
import jwt from 'jsonwebtoken';
import { HttpError, badRequest } from './errors.js';
import { publicUser } from './users.js';

const LIFETIME_SECONDS = 12 * 3600;

/** Returns the routes below /api/auth and the middleware that lets only known users pass. */
export function authentication(prisma, secret) {
  if (!secret) throw new Error('JWT_SECRET is not set');
  const revoked = new Set();

  async function required(request, _response, next) {
    const token = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    if (!token || revoked.has(token)) throw new HttpError(401, 'sesión no iniciada');
    let claims;
    try {
      claims = jwt.verify(token, secret, { algorithms: ['HS256'] });
    } catch {
      throw new HttpError(401, 'sesión vencida');
    }
    const user = await prisma.user.findUnique({ where: { id: claims.sub } });
    if (!user) throw new HttpError(401, 'usuario borrado');
    request.user = user;
    request.token = token;
    next();
  }

  const routes = express.Router();
  routes.post('/login', async (request, response) => {
    const { username, password } = request.body ?? {};
    if (typeof username !== 'string' || typeof password !== 'string') throw badRequest('faltan usuario y contraseña');
    const user = await prisma.user.findUnique({ where: { username } });
    if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new HttpError(401, 'usuario o contraseña incorrectos');
    }
    const token = jwt.sign({ role: user.role, jti: randomUUID() }, secret, {
      subject: user.id,
      expiresIn: LIFETIME_SECONDS,
    });
    response.json({ token, user: publicUser(user) });
  });
  routes.post('/logout', required, (request, response) => {
    revoked.add(request.token);
    response.status(204).end();
  });
  routes.get('/me', required, (request, response) => response.json(publicUser(request.user)));
  return { routes, required };
}

/** Middleware: administrators only. */
export function adminOnly(request, _response, next) {
  if (request.user.role !== 'admin') throw new HttpError(403, 'solo para administradores');
  next();
}

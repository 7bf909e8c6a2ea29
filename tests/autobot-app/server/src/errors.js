// Errors that routes throw, what a client is told about them, and what the log says.

/** An answer other than success, thrown by a route: status and what the caller is told. */
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const badRequest = (message) => new HttpError(400, message);
export const notFound = (what) => new HttpError(404, `${what}: no existe`);

/** Prisma's error codes that mean a wrong request rather than a broken database. */
const EXPECTED = new Map([
  ['P2002', [409, 'ya existe']],
  ['P2025', [404, 'no existe']],
  ['P2003', [409, 'referencia a algo que no existe']],
]);

/**
 * One log line for an error, beginning with Prisma's class name where the database is at fault:
 * `[DB] PrismaClientKnownRequestError P2021: The table ... does not exist`.
 */
export function errorLine(error) {
  const name = error?.constructor?.name ?? 'Error';
  const said = String(error?.message ?? error).split('\n').map((line) => line.trim()).filter(Boolean);
  const message = said.at(-1) ?? String(error?.code ?? '');
  if (name.startsWith('PrismaClient')) return `[DB] ${[name, error.code ?? error.errorCode].filter(Boolean).join(' ')}: ${message}`;
  if (name === 'DriverAdapterError') return `[DB] PrismaClientDriverError: ${error.cause?.kind ?? ''} ${message}`;
  return `[Server] ${name}: ${message}`;
}

/** Express's error handler: expected errors become their status, all others are logged and become 500. */
export function errorHandler(error, _request, response, _next) {
  const [status, message] = error instanceof HttpError
    ? [error.status, error.message]
    : EXPECTED.get(error?.code) ?? [error?.type === 'entity.parse.failed' ? 400 : 500, 'error interno'];
  if (status === 500) console.error(errorLine(error));
  if (response.headersSent) response.end();
  else response.status(status).json({ error: message });
}

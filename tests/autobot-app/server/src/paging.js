// Page numbers and limits as they come in queries.
import { badRequest } from './errors.js';

/** Page size that nobody may exceed. */
const SIZE_MAX = 500;

/** A whole number of a query from 1 to `max`, or `otherwise` where it is missing. */
export function count(query, name, otherwise, max = Number.MAX_SAFE_INTEGER) {
  if (query[name] === undefined) return otherwise;
  const value = Number(query[name]);
  if (!Number.isInteger(value) || value < 1 || value > max) throw badRequest(`${name}: un número de 1 a ${max}`);
  return value;
}

/** `page` and `pageSize` of a query, with what Prisma calls them. */
export function paging(query) {
  const page = count(query, 'page', 1, 1_000_000);
  const pageSize = count(query, 'pageSize', 20, SIZE_MAX);
  return { page, pageSize, skip: (page - 1) * pageSize, take: pageSize };
}

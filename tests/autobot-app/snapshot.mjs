// Reads every route that reads, as the administrator and for every bot, and prints one canonical JSON document.
// Two documents are equal byte for byte when the application answers alike, on whichever database it runs.
//
//   node snapshot.mjs --url http://127.0.0.1:3000 [--user admin] [--password admin123] [--ordered] [--messages 100000]
//
// Keys are sorted. Lists are sorted by id, since SQLite sorts a column of dates in several encodings by encoding first;
// with --ordered they stay as the server sorted them. --messages limits the messages read of each bot.
import { Api, options } from './api.mjs';

const PAGE = 500;
const SEARCHES = ['jo', 'higgins', '549', '@c.us', 'whatsapp.net', '%', '_'];

const chosen = options({
  url: 'http://127.0.0.1:3000', user: 'admin', password: 'admin123', ordered: false, messages: 100_000,
});

function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key])]));
}

function sorted(list) {
  if (chosen.ordered) return list;
  const key = (item) => item.id ?? item.chatId;
  return [...list].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

async function clientPages(api, query) {
  const found = [];
  for (let page = 1; ; page += 1) {
    const answer = await api.get(`/api/clients?${query}&page=${page}&pageSize=${PAGE}`);
    found.push(...answer.items);
    if (answer.items.length < PAGE) return { total: answer.total, items: sorted(found) };
  }
}

async function messagePages(api, query) {
  const found = [];
  for (let before = ''; found.length < chosen.messages; ) {
    const page = await api.get(`/api/messages?${query}&limit=${PAGE}${before}`);
    found.push(...page);
    if (page.length < PAGE) break;
    before = `&before=${page.at(-1).id}`;
  }
  return sorted(found);
}

async function botSnapshot(api, id) {
  const of = `bot=${id}`;
  const clients = await clientPages(api, of);
  const chats = sorted(await api.get(`/api/messages/chats?${of}`));
  const messages = await messagePages(api, of);
  const searches = {};
  for (const search of SEARCHES) {
    const { total, items } = await clientPages(api, `${of}&search=${encodeURIComponent(search)}`);
    searches[search] = { total, ids: items.map((client) => client.id) };
  }
  const statuses = {};
  for (const status of new Set(clients.items.map((client) => client.status))) {
    const { total, items } = await clientPages(api, `${of}&status=${encodeURIComponent(status)}`);
    statuses[status] = { total, ids: items.map((client) => client.id) };
  }
  const single = async (path, ids) => {
    const answers = [];
    for (const one of ids) answers.push(await api.get(`${path}/${one}?${of}`));
    return answers;
  };
  const few = (list) => [...list.slice(0, 5), ...list.slice(5).slice(-5)];
  const conversations = {};
  for (const { chatId } of few(chats)) {
    conversations[chatId] = (await messagePages(api, `${of}&chatId=${encodeURIComponent(chatId)}`)).map((message) => message.id);
  }
  return {
    bot: await api.get(`/api/bot?${of}`),
    stats: await api.get(`/api/stats?${of}`),
    clients, searches, statuses,
    client: await single('/api/clients', few(clients.items.map((client) => client.id))),
    chats, messages, conversations,
    message: await single('/api/messages', few(messages.map((message) => message.id))),
    reminders: sorted(await api.get(`/api/reminders?${of}`)),
    whatsapp: await api.get(`/api/whatsapp/status?${of}`),
  };
}

const api = await Api.login(chosen.url, chosen.user, chosen.password);
const bots = sorted(await api.get('/api/bots'));
const document = {
  me: await api.get('/api/auth/me'),
  users: sorted(await api.get('/api/users')),
  bots,
  ofBot: {},
};
for (const bot of bots) document.ofBot[bot.id] = await botSnapshot(api, bot.id);
process.stdout.write(`${JSON.stringify(canonical(document), null, 1)}\n`);

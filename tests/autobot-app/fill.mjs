// Fills a running AutoBOT over HTTP, through every route that writes.
//
//   node fill.mjs --url http://127.0.0.1:3000 [--users 3] [--clients 20] [--messages 120] [--reminders 6] [--seed 1]
//
// Numbers are per user. What is written depends on the seed alone, but for ids and dates, which the application gives. Fills once: a second time the names are taken.
import { Api, options } from './api.mjs';

const TEXTS = [
  'hola, quería consultar el precio del envío a Córdoba',
  'perfecto 👍 gracias señor 👨‍👩‍👧 🇦🇷',
  'Línea 1\nLínea 2\n- ítem',
  'C:\\Users\\bot\\N \\n \\t \\',
  'col1\tcol2\r\nfin',
  'dijo "mañana", ok? it\'s $1 %s ${x}',
  '{"text": "json en un mensaje", "ok": true}',
  '',
  'NULL',
  '\\N',
  '\\.',
  '  espacios  ',
  '0012345678901234567890',
  "Robert'); DROP TABLE \"Message\";--",
  'e\u0301 no es é; \u2028 separa líneas; \u{10ffff}',
  'x'.repeat(9000),
];
const STATUSES = ['LEAD', 'PROSPECT', 'CLIENT', 'VIP', 'BLOCKED'];
const NAMES = ['María José', 'Ñandú', "O'Higgins", 'Zoë Björn', '', 'Jose\u0301'];

const chosen = options({
  url: 'http://127.0.0.1:3000', user: 'admin', password: 'admin123',
  users: 3, clients: 20, messages: 120, reminders: 6, seed: 1,
});

/** mulberry32: the same numbers for the same seed. */
function random(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

const below = random(chosen.seed);
const pick = (items) => items[below(items.length)];
// Of another form than the chats of a sample, which may be filled up too.
const chatId = (number) => `54911${String(number).padStart(8, '0')}@s.whatsapp.net`;

async function configure(api, name) {
  await api.put('/api/bot/config', {
    systemPrompt: `Sos el asistente "amable" de ${name} ñ 🤖\nLínea 2\\`,
    openaiApiKey: `sk-proj-${String(below(1e9)).padStart(12, '0')}`,
    temperature: below(100) / 100,
    hours: { from: '09:00', to: null },
  });
  await api.put('/api/bot/silenced', { silencedChats: [chatId(0), chatId(1)] });
  await api.post('/api/whatsapp/connect', { phone: `54911${String(below(1e8)).padStart(8, '0')}` });
}

async function clients(api) {
  for (let i = 0; i < chosen.clients; i += 1) {
    const client = await api.post('/api/clients', {
      chatId: chatId(i),
      name: i % 4 === 0 ? null : pick(NAMES),
      profilePicUrl: i % 3 === 0 ? `https://pps.whatsapp.net/v/t61/${below(1e9)}?oh=${below(1e9)}` : null,
      tags: i % 2 === 0 ? ['frecuente', `año ${2022 + (i % 3)}`] : [],
    });
    if (i % 3 === 1) await api.put(`/api/clients/${client.id}/status`, { status: pick(STATUSES) });
    if (i % 4 === 1) await api.put(`/api/clients/${client.id}/notes`, { notes: pick(TEXTS) });
    if (i % 5 === 1) await api.patch(`/api/clients/${client.id}`, { isBotPaused: true, name: pick(NAMES) });
  }
  const gone = await api.post('/api/clients', { chatId: 'borrado@s.whatsapp.net' });
  await api.delete(`/api/clients/${gone.id}`);
}

async function messages(api) {
  for (let i = 0; i < chosen.messages; i += 1) {
    const chat = chatId(below(chosen.clients + 3));
    const content = i < TEXTS.length ? TEXTS[i] : pick(TEXTS);
    if (i % 10 === 3) await api.post('/api/messages/manual', { chatId: chat, content });
    else if (i % 10 === 7) await api.post('/api/whatsapp/incoming', { chatId: chat, content });
    else {
      await api.post('/api/messages', {
        chatId: chat,
        role: pick(['user', 'assistant', 'system']),
        content,
        isBroadcast: i % 11 === 0,
        isReminder: i % 13 === 0,
        ...(i % 6 === 0 && { hasMedia: true, mediaUrl: `/uploads/foto ñ ${i}.jpg`, mediaType: 'image/jpeg' }),
        ...(i % 5 === 0 && { status: pick(['DELIVERED', 'READ', '']), whatsappId: `true_${chat}_3EB0${i}` }),
        ...(i % 9 === 0 && { timestamp: new Date(Date.UTC(1969 + (i % 80), i % 12, 1 + (i % 28), 23, 59, 59, i % 1000)).toISOString() }),
      });
    }
  }
}

async function reminders(api) {
  for (let i = 0; i < chosen.reminders; i += 1) {
    const dueDate = new Date(Date.UTC(2025, below(24), 1 + below(28), below(24), below(60), below(60), below(1000)));
    const reminder = { chatId: chatId(below(chosen.clients + 1)), dueDate: dueDate.toISOString() };
    const made = await api.post('/api/reminders', { ...reminder, recurrenceDays: i % 2 ? 1 + below(30) : null });
    if (i % 5 === 4) await api.delete(`/api/reminders/${made.id}`);
  }
}

async function everythingOf(api, name) {
  await configure(api, name);
  await clients(api);
  await messages(api);
  await reminders(api);
}

const admin = await Api.login(chosen.url, chosen.user, chosen.password);
await everythingOf(admin, chosen.user);
for (let i = 1; i < chosen.users; i += 1) {
  const username = i === 1 ? 'ñandú.pérez' : `vendedor_${i}`;
  const user = await admin.post('/api/users', { username, password: 'secreto1' });
  await (await Api.login(chosen.url, username, 'secreto1')).put(`/api/users/${user.id}/password`, {
    currentPassword: 'secreto1',
    newPassword: 'secreto2',
  });
  await everythingOf(await Api.login(chosen.url, username, 'secreto2'), username);
}
// A user who came and went: the newest message numbers are given out and gone.
const passing = await admin.post('/api/users', { username: 'de paso', password: 'secreto1' });
const guest = await Api.login(chosen.url, 'de paso', 'secreto1');
for (let i = 0; i < 5; i += 1) await guest.post('/api/messages', { chatId: chatId(i), role: 'user', content: `${i}` });
await admin.delete(`/api/users/${passing.id}`);
console.error(`filled: ${chosen.users} users with ${chosen.clients} clients and ${chosen.messages} messages each`);

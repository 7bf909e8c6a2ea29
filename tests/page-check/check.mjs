// Holds report pages against html-validate, against axe in a real Chromium, and against their own report.json:
// node check.mjs FILE.html... with FILE.json beside each.
//
// Chromium is CHROMIUM, by default `chromium`. Ends with 1 when anything is found; each finding is a line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import puppeteer from "puppeteer-core";
import { plots } from "./plots.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Every width, colour scheme and medium that a reader may have; A4 at 96 dots per inch is 794 wide.
const looks = [
  { name: "desktop, light", width: 1280, scheme: "light", media: "screen" },
  { name: "desktop, dark", width: 1280, scheme: "dark", media: "screen" },
  { name: "phone, light", width: 390, scheme: "light", media: "screen" },
  { name: "phone, dark", width: 390, scheme: "dark", media: "screen" },
  { name: "narrowest, light", width: 320, scheme: "light", media: "screen" },
  { name: "print", width: 794, scheme: "light", media: "print" },
];

// As root and without a graphics card, and asking nothing of the network.
const switches = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "no-inline-style": "error", "long-title": "off", "no-trailing-whitespace": "off" },
});

let found = 0;
const report = (file, what) => {
  found += 1;
  console.log(`${file}: ${what}`);
};

async function validate(file) {
  const { results } = await validator.validateFile(file);
  for (const { messages } of results) {
    for (const one of messages) report(file, `${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
  }
}

async function open(browser, file, look) {
  const page = await browser.newPage();
  await page.emulateMediaType(look.media);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
  await page.setViewport({ width: look.width, height: 900 });
  const address = pathToFileURL(file).href;
  page.on("request", (request) => request.url() === address || report(file, `asks for ${request.url()}`));
  page.on("console", (message) => report(file, `${look.name}: console: ${message.text()}`));
  page.on("pageerror", (error) => report(file, `${look.name}: a script ran and failed: ${error}`));
  page.on("dialog", (dialog) => {
    report(file, `a script ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(address);
  return page;
}

async function look_at(browser, file, look) {
  const page = await open(browser, file, look);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) report(file, `${look.name}: ${wide} pixels wider than the screen`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  for (const one of violations) {
    const where = one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    report(file, `${look.name}: ${one.id} (${one.impact}), ${one.nodes.length} times: ${one.help}\n  ${where.join("\n  ")}`);
  }
  await page.close();
}

async function hold_against_data(browser, file) {
  const data = JSON.parse(readFileSync(file.replace(/\.html$/, ".json"), "utf8"));
  const page = await open(browser, file, looks[0]);
  for (const what of await plots(page, data)) report(file, what);
  await page.close();
}

const files = process.argv.slice(2).map((file) => resolve(file));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: switches,
  pipe: true,
});
for (const file of files) {
  await validate(file);
  for (const look of looks) await look_at(browser, file, look);
  await hold_against_data(browser, file);
}
await browser.close();
console.log(`${files.length} pages in ${looks.length} looks: ${found} findings`);
process.exit(found ? 1 : 0);

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

// Every width, colour scheme and medium that a reader may have; A4 at 96 dots per inch is 794 wide. All are looked at for
// their width; axe, which takes its time, sees each layout, each scheme and the print once.
const looks = [
  { name: "desktop, light", width: 1280, scheme: "light", media: "screen", axe: true },
  { name: "desktop, dark", width: 1280, scheme: "dark", media: "screen" },
  { name: "phone, light", width: 390, scheme: "light", media: "screen" },
  { name: "phone, dark", width: 390, scheme: "dark", media: "screen", axe: true },
  { name: "narrowest, light", width: 320, scheme: "light", media: "screen" },
  { name: "print", width: 794, scheme: "light", media: "print", axe: true },
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

/** A page that reports whatever it asks for, says or runs. */
async function open(browser, file) {
  const page = await browser.newPage();
  const address = pathToFileURL(file).href;
  page.on("request", (request) => request.url() === address || report(file, `asks for ${request.url()}`));
  page.on("console", (message) => report(file, `console: ${message.text()}`));
  page.on("pageerror", (error) => report(file, `a script ran and failed: ${error}`));
  page.on("dialog", (dialog) => {
    report(file, `a script ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  // A machine at work on other tests may be slow; that is no finding.
  page.setDefaultTimeout(0);
  await page.setViewport({ width: looks[0].width, height: 900 });
  await page.goto(address);
  return page;
}

async function look_at(page, file, look) {
  await page.emulateMediaType(look.media);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
  await page.setViewport({ width: look.width, height: 900 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) report(file, `${look.name}: ${wide} pixels wider than the screen`);
  if (!look.axe) return;
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  for (const one of violations) {
    const where = one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    report(file, `${look.name}: ${one.id} (${one.impact}), ${one.nodes.length} times: ${one.help}\n  ${where.join("\n  ")}`);
  }
}

async function check(browser, file) {
  await validate(file);
  const page = await open(browser, file);
  const data = JSON.parse(readFileSync(file.replace(/\.html$/, ".json"), "utf8"));
  for (const what of await plots(page, data)) report(file, what);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  for (const look of looks) await look_at(page, file, look);
  await page.close();
}

const files = process.argv.slice(2).map((file) => resolve(file));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: switches,
  pipe: true,
  protocolTimeout: 0,
});
for (const file of files) await check(browser, file);
await browser.close();
console.log(`${files.length} pages in ${looks.length} looks: ${found} findings`);
process.exit(found ? 1 : 0);

// Holds report pages against html-validate and axe in a real Chromium: node check-html.mjs FILE.html...
//
// Needs the npm packages html-validate, axe-core and puppeteer-core in a node_modules folder above the working
// directory, and a Chromium (CHROMIUM, by default /usr/bin/chromium). Ends with 1 when anything is found.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("check-html.js"));
const { HtmlValidate } = require("html-validate");
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const looks = [
  { name: "desktop light", width: 1280, scheme: "light" },
  { name: "desktop dark", width: 1280, scheme: "dark" },
  { name: "phone light", width: 390, scheme: "light" },
  { name: "phone dark", width: 390, scheme: "dark" },
];

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "no-inline-style": "error", "long-title": "off", "no-trailing-whitespace": "off" },
});
const files = process.argv.slice(2).map((file) => resolve(file));
let found = 0;
const report = (file, what) => {
  found += 1;
  console.error(`${file}: ${what}`);
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const file of files) {
  const result = await validator.validateFile(file);
  for (const { messages } of result.results) {
    for (const one of messages) report(file, `${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
  }
  for (const look of looks) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
    await page.setViewport({ width: look.width, height: 900 });
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => report(file, `console: ${message.text()}`));
    page.on("dialog", (dialog) => {
      report(file, `a script ran: ${dialog.message()}`);
      dialog.dismiss();
    });
    const address = pathToFileURL(file).href;
    await page.goto(address);
    for (const url of requests.filter((url) => url !== address)) report(file, `asks for ${url}`);
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
}
await browser.close();
console.log(`${files.length} pages, ${found} findings`);
process.exit(found ? 1 : 0);

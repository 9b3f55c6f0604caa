// Open pages in Chromium as readers do, narrow and wide, light and dark, and print for each page one line: a JSON list of
// complaints. axe must find no violation, with every <details> closed and open; the page must ask for no other file, say
// nothing wrong on the console, and not be wider than a narrow screen. run.py starts this.
//
//   node pages.mjs NODE_MODULES CHROMIUM FILE_URL...

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, executablePath, ...addresses] = process.argv.slice(2);
const require = createRequire(join(modules, "here.js"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const SIZES = { narrow: { width: 320, height: 640 }, wide: { width: 1440, height: 900 } };
const SCHEMES = ["light", "dark"];
// Nothing here needs a network; a browser that looks for updates only writes noise into a closed one.
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({ executablePath, args: QUIET });
try {
  for (const address of addresses) {
    const complaints = new Map(); // each with the circumstances it was seen in
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of SCHEMES) {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
        for (const complaint of await visit(await context.newPage(), address, size === "narrow")) {
          complaints.set(complaint, [...(complaints.get(complaint) ?? []), `${size} ${colorScheme}`]);
        }
        await context.close();
      }
    }
    console.log(JSON.stringify([...complaints].map(([complaint, seen]) => `${complaint} [${seen.join(", ")}]`)));
  }
} finally {
  await browser.close();
}

async function visit(page, address, isNarrow) {
  const complaints = new Set();
  const requested = (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) complaints.add(`asks for another file: ${url}`);
  };
  const said = (message) => {
    if (message.type() === "error") complaints.add(`console: ${message.text()}`);
  };
  const thrown = (error) => complaints.add(`script error: ${error.message}`);
  page.on("request", requested);
  page.on("console", said);
  page.on("pageerror", thrown);

  await page.goto(address, { waitUntil: "load" });
  await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)"); // what is loaded lazily is asked for now
  await page.waitForTimeout(100);
  await page.evaluate("scrollTo(0, 0)");
  page.off("request", requested); // from here on it is axe that works in the page
  page.off("console", said);
  page.off("pageerror", thrown);

  await page.evaluate(axeSource);
  for (const open of [false, true]) {
    if (open) await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
    if (isNarrow) (await tooWide(page)).forEach((complaint) => complaints.add(complaint));
    (await violations(page)).forEach((complaint) => complaints.add(complaint));
  }
  return complaints;
}

// What makes the page scroll sideways, outermost first.
async function tooWide(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wanted = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
    if (wanted <= width) return [];
    const culprits = [...document.body.querySelectorAll("*")]
      .filter((each) => each.getBoundingClientRect().right > width + 0.5 || each.scrollWidth > width)
      .slice(0, 5)
      .map((each) => each.outerHTML.slice(0, 80));
    return [`scrolls sideways, ${wanted} px on a screen of ${width}: ${culprits.join(" | ")}`];
  });
}

async function violations(page) {
  const found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary.split("\n").slice(1).map((line) => line.trim()).join("; ")}`),
  );
}

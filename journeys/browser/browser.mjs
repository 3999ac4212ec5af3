// Starting Debian's Chromium, and the words every walk needs.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

// As root Chromium has no sandbox; the rest keeps it from calling home.
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The two widths every page is looked at: a phone and a desk. */
export const WIDTHS = [390, 1280];

/** The portal's address, given by the test. */
export const ADDRESS = process.argv[2];
assert.ok(ADDRESS, 'usage: node SCRIPT http://127.0.0.1:PORT');

/** Runs a walk in a fresh browser; a failure says where the browser stood. */
export async function inBrowser(walk) {
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: root ? ['--no-sandbox', ...QUIET] : QUIET,
  });
  try {
    await walk(browser);
  } catch (error) {
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      console.error(`停在 ${decodeURI(page.url())} 「${await page.title().catch(() => '')}」`);
    }
    console.error(error.message ?? error);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Opens an address of the portal and expects an answer. */
export async function open(page, path, expected = 200) {
  const answer = await page.goto(new URL(path, ADDRESS).href, { waitUntil: 'load' });
  assert.equal(answer.status(), expected, `${path} 答 ${answer.status()}`);
  return answer;
}

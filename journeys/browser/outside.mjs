// What other people's programs say of every type of page: pa11y (HTML CodeSniffer, WCAG 2 AA) in a browser of its
// own, and the Nu validator over the same pages as the server sends them. Feeds and site maps are handed on to
// feeds.py, which asks feedparser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pa11y from 'pa11y';
import puppeteer from 'puppeteer';
import vnu from 'vnu-jar';
import { ADDRESS, inBrowser } from './browser.mjs';
import { Pages, pageTypes, statusOf } from './types.mjs';

const run = promisify(execFile);
const WIDTH = 1280;

/** The cookies of a visitor, as one header. */
async function cookiesOf(page) {
  const cookies = await page.context().cookies(ADDRESS);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The browser pa11y drives. */
const launch = () => puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
});

/** What pa11y calls an error on one page, told; answers how many. */
async function sniffed(browser, { type, path }, headers) {
  const { issues } = await pa11y(new URL(path, ADDRESS).href, {
    browser, headers, standard: 'WCAG2AA', runners: ['htmlcs'], timeout: 60_000, viewport: { width: WIDTH, height: 900 },
  });
  for (const { code, message, selector, context } of issues) {
    console.log(`✗ ${type} ${path}: ${code} ${message}\n    ${selector}  ${context.slice(0, 160)}`);
  }
  return issues.length;
}

/** The page as the server sends it. */
async function sourceOf({ type, path }, headers) {
  const answer = await fetch(new URL(path, ADDRESS), { headers });
  assert.equal(answer.status, statusOf({ type }), `${type} ${path} 答 ${answer.status}`);
  return answer.text();
}

/** What the Nu validator calls an error in the saved pages, told by type; answers how many. */
async function validated(folder, types) {
  const options = ['-jar', vnu, '--format', 'json', '--errors-only', '--exit-zero-always', '--stdout', folder];
  const { stdout } = await run('java', options, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stdout);
  for (const { url, lastLine, message, extract } of messages) {
    const type = types[Number(/(\d+)\.html$/.exec(url)?.[1])];
    console.log(`✗ ${type?.type} ${type?.path}:${lastLine}: ${message}\n    ${extract?.slice(0, 160)}`);
  }
  return messages.length;
}

/** The addresses of Atom feeds a page offers. */
const feedsOf = (source) => [...source.matchAll(/<link\b[^>]*application\/atom\+xml[^>]*>/g)]
  .map(([link]) => /href="([^"]+)"/.exec(link)?.[1].replaceAll('&amp;', '&'))
  .filter(Boolean);

await inBrowser(async (browser) => {
  const pages = new Pages(browser);
  const types = await pageTypes(browser, pages);
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-outside-'));
  const judge = await launch();
  const feeds = new Set();
  let errors = 0;
  try {
    for (const [index, type] of types.entries()) {
      const cookies = await cookiesOf(await pages.for(type));
      const headers = cookies ? { Cookie: cookies } : {};
      const source = await sourceOf(type, headers);
      for (const feed of feedsOf(source)) feeds.add(new URL(feed, new URL(type.path, ADDRESS)).href);
      await writeFile(join(folder, `${index}.html`), source);
      errors += await sniffed(judge, type, headers);
    }
    console.log(`pa11y: ${types.length} page types, ${errors} errors`);
    const invalid = await validated(folder, types);
    console.log(`vnu: ${types.length} page types, ${invalid} errors`);
    assert.ok(feeds.size > 0, '没有一页说有订阅源');
    const python = process.env.PYTHON ?? 'python3';
    const { stdout } = await run(python, [new URL('feeds.py', import.meta.url).pathname, ADDRESS, ...feeds], { maxBuffer: 1 << 26 });
    console.log(stdout.trimEnd());
    if (errors + invalid > 0) process.exitCode = 1;
  } catch (error) {
    if (error.stdout) console.log(error.stdout);
    throw error;
  } finally {
    await judge.close();
    await rm(folder, { recursive: true });
  }
});

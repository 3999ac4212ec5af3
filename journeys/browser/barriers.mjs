// Looks for barriers on every type of page: axe-core at two widths in four modes, and no sideways
// scrolling on the narrowest phone. The list of types comes from the program itself, so a new page
// type without an address to look at fails here.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ADDRESS, WIDTHS, inBrowser, open } from './browser.mjs';

const MODES = [
  { name: '标准' },
  { name: '大字', cookie: ['size', 'lg'] },
  { name: '长辈版', cookie: ['mode', 'elder'] },
  { name: '高对比', cookie: ['contrast', 'high'] },
];
const NARROWEST = 320;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page types of the program, each with an address that shows one. */
async function pageTypes() {
  const answer = await fetch(new URL('/_pages', ADDRESS));
  assert.equal(answer.status, 200, `/_pages 答 ${answer.status}`);
  const types = await answer.json();
  assert.ok(types.length > 0, '/_pages 是空的');
  const bare = types.filter(({ path }) => !path).map(({ type }) => type);
  assert.deepEqual(bare, [], `没有样例地址的页面类型: ${bare.join(', ')}`);
  return types;
}

/** A page that shows a refusal is named after it. */
const REFUSALS = { 'not found': 404, gone: 410, unavailable: 503 };
const statusOf = ({ type }) => REFUSALS[type] ?? 200;

async function contextFor(browser, width, mode) {
  // The page's own policy forbids foreign script, axe included.
  const context = await browser.newContext({ viewport: { width, height: 844 }, bypassCSP: true });
  if (mode.cookie) {
    const [name, value] = mode.cookie;
    await context.addCookies([{ name, value, url: ADDRESS }]);
  }
  return context;
}

async function violationsOn(page, type, width, mode) {
  await open(page, type.path, statusOf(type));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    RULES,
  );
  for (const violation of violations) {
    console.log(`✗ ${type.type} ${type.path} ${width} px ${mode.name}: ${violation.id} (${violation.impact}) ${violation.help}`);
    for (const node of violation.nodes.slice(0, 3)) {
      console.log(`    ${node.target.join(' ')}  ${node.html.slice(0, 160)}  ${node.any[0]?.message ?? ''}`);
    }
  }
  return violations.length;
}

async function sidewaysOn(page, type) {
  await open(page, type.path, statusOf(type));
  const widest = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const wide = [...document.body.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > limit + 1);
    return `${document.documentElement.scrollWidth} px: ${wide?.outerHTML.slice(0, 120) ?? ''}`;
  });
  if (widest) console.log(`✗ ${type.type} ${type.path} 在 ${NARROWEST} px 要横向滚动: ${widest}`);
  return widest ? 1 : 0;
}

await inBrowser(async (browser) => {
  const types = await pageTypes();
  let violations = 0;
  for (const width of WIDTHS) {
    for (const mode of MODES) {
      const context = await contextFor(browser, width, mode);
      const page = await context.newPage();
      for (const type of types) violations += await violationsOn(page, type, width, mode);
      await context.close();
    }
  }
  const context = await contextFor(browser, NARROWEST, MODES[0]);
  const page = await context.newPage();
  for (const type of types) violations += await sidewaysOn(page, type);
  console.log(`${types.length} page types × ${WIDTHS.length} widths × ${MODES.length} modes, ${violations} violations`);
  if (violations > 0) process.exitCode = 1;
});

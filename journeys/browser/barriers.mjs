// Looks for barriers on every type of page, at the workbench as a clerk: axe-core at two widths in four
// modes, and no sideways scrolling on the narrowest phone. The list of types comes from the program
// itself, so a new page type without an address to look at fails here.
import assert from 'node:assert/strict';
import { ADDRESS, WIDTHS, barriersOn, contextFor, inBrowser, open, sidewaysOn, signIn, signInAs } from './browser.mjs';
import { filings } from './filings.mjs';

const MODES = [
  { name: '标准' },
  { name: '大字', cookie: ['size', 'lg'] },
  { name: '长辈版', cookie: ['mode', 'elder'] },
  { name: '高对比', cookie: ['contrast', 'high'] },
];
const NARROWEST = 320;

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
const REFUSALS = { 'not found': 404, 'machine: not here': 404, gone: 410, unavailable: 503 };
const statusOf = ({ type }) => REFUSALS[type] ?? 200;

/** One page for everybody, one for each visitor with something of his own under way, and one for each
 *  invented person who may open pages of the workbench. */
class Pages {
  constructor(browser) {
    this.browser = browser;
    this.open = new Map();
  }

  async for({ login = '', role = '', visitor = '' }) {
    const key = `${login} ${role} ${visitor}`;
    if (!this.open.has(key)) {
      const page = await (await contextFor(this.browser, WIDTHS[1])).newPage();
      if (login) await signInAs(page, login, role);
      this.open.set(key, page);
    }
    return this.open.get(key);
  }

  /** Looks at every page type at one width in one mode. */
  async each(types, width, mode, look) {
    for (const type of types) {
      const page = await this.for(type);
      await page.setViewportSize({ width, height: 844 });
      for (const name of ['size', 'mode', 'contrast']) await page.context().clearCookies({ name });
      const [name, value] = mode.cookie ?? [];
      if (name) await page.context().addCookies([{ name, value, url: ADDRESS }]);
      await look(page, type);
    }
  }
}

/** Some pages of the workbench exist only while there is a draft. */
async function beginDraft(browser, types) {
  const draft = types.find(({ type }) => type === 'catalogue desk draft');
  if (!draft) return types;
  const context = await contextFor(browser, WIDTHS[1]);
  const page = await context.newPage();
  await signIn(page, draft.organ);
  await open(page, draft.path);
  const begin = page.getByRole('button', { name: '起草下一版' });
  if (await begin.count()) await Promise.all([page.waitForURL(/done=begun/), begin.click()]);
  await context.close();
  return [...types, { ...draft, type: 'catalogue desk release', path: `${draft.path}/fabu` }];
}

async function barriersAt(page, type, width, mode) {
  await open(page, type.path, statusOf(type));
  return barriersOn(page, `${type.type} ${type.path} ${width} px ${mode.name}`);
}

async function sidewaysAt(page, type) {
  await open(page, type.path, statusOf(type));
  const widest = await sidewaysOn(page);
  if (widest) console.log(`✗ ${type.type} ${type.path} 在 ${NARROWEST} px 要横向滚动: ${widest}`);
  return widest ? 1 : 0;
}

await inBrowser(async (browser) => {
  const pages = new Pages(browser);
  const named = await beginDraft(browser, await pageTypes());
  const types = [...named, ...await filings(pages)];
  let violations = 0;
  for (const width of WIDTHS) {
    for (const mode of MODES) {
      await pages.each(types, width, mode, async (page, type) => { violations += await barriersAt(page, type, width, mode); });
    }
  }
  await pages.each(types, NARROWEST, MODES[0], async (page, type) => { violations += await sidewaysAt(page, type); });
  console.log(`${types.length} page types × ${WIDTHS.length} widths × ${MODES.length} modes, ${violations} violations`);
  if (violations > 0) process.exitCode = 1;
});

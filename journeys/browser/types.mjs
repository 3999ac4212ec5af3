// The types of pages: the program names its own, each with an address that shows one; others come into being
// only while something is under way. And who sees which.
import assert from 'node:assert/strict';
import { ADDRESS, WIDTHS, contextFor, open, signIn, signInAs } from './browser.mjs';
import { filings } from './filings.mjs';

/** The page types of the program, each with an address that shows one. */
async function named() {
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
export const statusOf = ({ type }) => REFUSALS[type] ?? 200;

/** One page for everybody, one for each visitor with something of his own under way, and one for each
 *  invented person who may open pages of the workbench. */
export class Pages {
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
async function withDraft(browser, types) {
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

/** Every page type there is, those included that exist only while something is under way. */
export async function pageTypes(browser, pages) {
  const types = await withDraft(browser, await named());
  return [...types, ...await filings(pages)];
}

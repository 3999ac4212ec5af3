// Starting Debian's Chromium, and the words every walk needs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
      const told = await page.locator('.errsum, .msg').allInnerTexts().catch(() => []);
      if (told.length) console.error(`页面说: ${told.join(' / ')}`);
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

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A context that lets axe in: the page's own policy forbids foreign script. */
export function contextFor(browser, width, cookies = []) {
  return browser.newContext({ viewport: { width, height: 844 }, bypassCSP: true }).then(async (context) => {
    for (const [name, value] of cookies) await context.addCookies([{ name, value, url: ADDRESS }]);
    return context;
  });
}

/** The barriers axe finds on the page as it stands, each told under `label`; answers how many. */
export async function barriersOn(page, label) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    RULES,
  );
  for (const violation of violations) {
    console.log(`✗ ${label}: ${violation.id} (${violation.impact}) ${violation.help}`);
    for (const node of violation.nodes.slice(0, 3)) {
      console.log(`    ${node.target.join(' ')}  ${node.html.slice(0, 160)}  ${node.any[0]?.message ?? ''}`);
    }
  }
  return violations.length;
}

/** What is wider than the window, if one has to scroll sideways; null otherwise. */
export function sidewaysOn(page) {
  return page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const wide = [...document.body.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > limit + 1);
    return `${document.documentElement.scrollWidth} px: ${wide?.outerHTML.slice(0, 120) ?? ''}`;
  });
}

const DEMO = '/gongzuo/denglu/yanshi';
const press = (page, name) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).first().click()]);

/** Login, password and the code of now of an invented person, as the list of the demo shows them. */
async function published(page, login) {
  await open(page, `${DEMO}?login=${login}`);
  const values = await page.locator('dl.kv dd').allInnerTexts();
  assert.equal(values.length, 3, `没有演示人员 ${login}`);
  return values;
}

/** Signs in at the workbench as an invented person, in one of the person's roles: password, then code.
 *  A code works once, so whoever signed in moments ago waits for the next. */
export async function signInAs(page, login, role) {
  let [, password, code] = await published(page, login);
  await open(page, `/gongzuo/denglu?login=${login}`);
  await page.fill('#password', password);
  await press(page, '下一步');
  for (let tries = 0; /yanzheng/.test(page.url()); tries += 1) {
    assert.ok(tries < 40, `${login} 的验证码没有被接受`);
    await page.fill('#code', code);
    await press(page, '验证');
    if (!/yanzheng/.test(page.url())) break;
    const beside = await page.context().newPage();
    for (const used = code; code === used; await beside.waitForTimeout(1000)) [, , code] = await published(beside, login);
    await beside.close();
  }
  if (/shenfen/.test(page.url()) || role) {
    await open(page, '/gongzuo/shenfen');
    const form = page.locator('form', { has: page.getByText(role, { exact: true }) }).first();
    await Promise.all([page.waitForURL(/\/gongzuo$/), form.getByRole('button').click()]);
  }
}

/** Signs in as whoever compiles an organ's catalogues. */
export const signIn = (page, organ) => signInAs(page, `${organ.toLowerCase()}.a`, '目录编制员');

/** An organ's people: the letter of the login, and the role in which each takes a step of a review. */
export const PEOPLE = {
  editor: ['a', '目录编制员'],
  drafter: ['a', '经办人'],
  reviewer: ['b', '初审人（业务科室负责人）'],
  secrecy: ['c', '保密审查员'],
  approver: ['d', '签发人（负责人）'],
  publisher: ['e', '发布员'],
};

/** Signs in as one of an organ's people. */
export function signInFor(page, organ, part) {
  const [letter, role] = PEOPLE[part];
  return signInAs(page, `${organ.toLowerCase()}.${letter}`, role);
}

/** The steps of every review, and what is pressed at each. */
const STEPS = [
  ['reviewer', '通过', 'passed'],
  ['secrecy', '通过', 'passed'],
  ['approver', '通过', 'passed'],
  ['publisher', '现在发布', 'published'],
];

/** What was submitted passes 初审, 保密审查 and 签发 and is released, each step by a person of its own who
 *  finds it among the to-dos. Answers when it is published. */
export function passReview(browser, organ, title, look = async () => {}) {
  return take(browser, organ, title, look, STEPS);
}

/** The same up to 签发: what has a page of its own to be released on is released there. */
export function passSteps(browser, organ, title, look = async () => {}) {
  return take(browser, organ, title, look, STEPS.slice(0, 3));
}

async function take(browser, organ, title, look, steps) {
  for (const [part, button, done] of steps) {
    const context = await contextFor(browser, part === 'approver' ? WIDTHS[0] : WIDTHS[1]);
    const page = await context.newPage();
    await signInFor(page, organ, part);
    const todo = page.locator('table.todos tr', { hasText: title }).locator('a[href*="/gongzuo/shencha/"]').first();
    assert.ok(await todo.count(), `${PEOPLE[part][1]}的待办里没有“${title}”`);
    await Promise.all([page.waitForURL(/\/gongzuo\/shencha\//), todo.click()]);
    await look(page, `${PEOPLE[part][1]}看送审的内容`);
    await Promise.all([
      page.waitForURL(new RegExp(`done=${done}`)),
      page.getByRole('button', { name: button, exact: true }).first().click(),
    ]);
    await context.close();
  }
}

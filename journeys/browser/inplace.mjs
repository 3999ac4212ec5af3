// What script adds at the workbench, under the content policy that everybody gets: lists are narrowed, to-dos
// renewed, a draft looked at beside its list and checked, earlier entries added, all without leaving the page.
// Then the same with script switched off: every one of these is a link or a form. Who is no longer signed in
// is led to where one signs in, and loses nothing from sight before.
import assert from 'node:assert/strict';
import { ADDRESS, WIDTHS, inBrowser, open, signInAs, signInFor } from './browser.mjs';

const ORGAN = 'XM00021';
const TITLE = '关于错峰服务的公告（走查就地）';
const OTHER = '关于延时服务的公告（走查就地）';

/** A page whose policy is in force; whatever it refuses is told, and fails the walk. */
async function pageOf(browser, script, refused, clock = false) {
  const context = await browser.newContext({ viewport: { width: WIDTHS[1], height: 844 }, javaScriptEnabled: script });
  const page = await context.newPage();
  if (clock) await page.clock.install();
  page.on('console', (told) => { if (/Content Security Policy|htmx:/i.test(told.text())) refused.push(told.text()); });
  page.on('pageerror', (error) => refused.push(String(error)));
  return page;
}

/** Marks the page that stands; a page that was loaded anew has lost the mark. */
const mark = (page) => page.evaluate(() => { globalThis.stands = true; });
const stands = async (page, words) => assert.ok(await page.evaluate(() => globalThis.stands === true), `${words}: 页面重新载入了`);
const main = (page) => page.locator('main').innerText();

async function begin(page, title) {
  await open(page, '/gongzuo/gaojian/xinjian');
  await page.fill('#biaoti', title);
  await page.check('#shuxing-1');
  await Promise.all([page.waitForURL(/gaojian\/[0-9a-f-]+/), page.getByRole('button', { name: '开始写' }).click()]);
  return new URL(page.url()).pathname;
}

/** The list of drafts, narrowed while one types and by a choice; back leads to what was there before. */
async function narrows(page) {
  await open(page, '/gongzuo/gaojian');
  const rows = page.locator('#jieguo tbody tr');
  const all = await rows.count();
  assert.ok(all > 1, '没有可以筛选的稿件');
  await mark(page);
  await page.locator('#q').pressSequentially('错峰', { delay: 30 });
  await page.waitForURL(/q=%E9%94%99%E5%B3%B0/);
  await page.waitForFunction((many) => document.querySelectorAll('#jieguo tbody tr').length < many, all);
  assert.equal(await rows.count(), 1, '筛选没有起作用');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q', '打字的地方丢了');
  await page.selectOption('#zt', { label: '已发布' });
  await page.getByText('没有这样的稿件').waitFor();
  await stands(page, '筛选');
  await page.locator('p.vh[role=status]', { hasText: '0 件稿件' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => sessionStorage.getItem('htmx-history-cache')), null, '页面内容留在浏览器里');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('#jieguo tbody tr').length === 1);
}

/** A draft is looked at beside the list. */
async function looksBeside(page) {
  await open(page, '/gongzuo/gaojian?q=%E9%94%99%E5%B3%B0');
  await mark(page);
  await page.getByRole('link', { name: `预览：${TITLE}` }).click();
  await page.locator('dialog[open] article', { hasText: TITLE }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.getElementById('pangbian').textContent === '');
  await stands(page, '预览');
}

/** What is filled in is checked as it stands, and not saved. */
async function checks(page, draft) {
  await open(page, draft);
  await mark(page);
  const told = await page.locator('#jiancha').innerText();
  assert.doesNotMatch(told, /加一行|---|这一行/, `说的不是页面上的做法: ${told}`);
  assert.match(told, /在“正文”里写/, `没有说空稿件怎么办: ${told}`);
  await page.fill('#wenhao', '不是文号');
  await page.locator('#chengwen').focus();
  await page.waitForFunction(() => document.getElementById('cuo-wenhao').textContent.trim() !== '');
  await page.locator('#wenhao[aria-invalid=true]').waitFor();
  assert.match(await page.locator('#jiancha').innerText(), /文号/, '检查没有跟上');
  await page.fill('#wenhao', '');
  await page.locator('#chengwen').focus();
  await page.waitForFunction(() => document.getElementById('cuo-wenhao').textContent.trim() === '');
  await page.locator('#wenhao:not([aria-invalid])').waitFor();
  await page.locator('.rte [contenteditable=true]').first().click();
  await page.keyboard.type('错峰服务从下月起实行。');
  await page.getByRole('button', { name: '再查一遍' }).click();
  await page.waitForFunction(() => !/没有正文/.test(document.getElementById('jiancha').textContent));
  await stands(page, '检查');
  await page.selectOption('#zhuti', { label: '政务公开' });
  await page.selectOption('#ticai', { label: '公告' });
  await page.fill('#chengwen', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  await Promise.all([page.waitForURL(/done=baocun/), page.getByRole('button', { name: '保存', exact: true }).click()]);
  await Promise.all([page.waitForURL(/done=songshen/), page.getByRole('button', { name: '送审', exact: true }).click()]);
  await open(page, '/gongzuo');
  assert.match(await page.locator('#faqi').innerText(), new RegExp(`${TITLE}[\\s\\S]*等待初审[\\s\\S]*初审人`), '待办页没有说我发起的到了哪一步');
}

const waitsFor = (page, title) => page.waitForFunction((words) => document.getElementById('daiban').textContent.includes(words), title);

async function withScript(browser) {
  const refused = [];
  const reviewer = await pageOf(browser, true, refused, true);
  await signInFor(reviewer, ORGAN, 'reviewer');
  await open(reviewer, '/gongzuo');
  await mark(reviewer);
  const before = Number((await reviewer.locator('#n-daiban').textContent()).match(/\d+/)[0]);
  const drafter = await pageOf(browser, true, refused);
  await signInFor(drafter, ORGAN, 'drafter');
  const draft = await begin(drafter, TITLE);
  await begin(drafter, OTHER);
  await narrows(drafter);
  await looksBeside(drafter);
  await checks(drafter, draft);
  // A minute later the reviewer's page says so by itself.
  assert.ok(!(await main(reviewer)).includes(TITLE), '还没有到时间');
  await reviewer.clock.runFor(61_000);
  await waitsFor(reviewer, TITLE);
  const after = Number((await reviewer.locator('#n-daiban').textContent()).match(/\d+/)[0]);
  assert.equal(after, before + 1, '菜单上的件数没有跟上');
  await stands(reviewer, '待办');
  await reviewer.locator('#shuaxin').click();
  await stands(reviewer, '刷新');
  await signsOut(drafter);
  assert.deepEqual(refused, [], '页面的内容策略拒绝了东西');
}

/** Who is no longer signed in is led to where one signs in. */
async function signsOut(page) {
  await open(page, '/gongzuo/gaojian');
  await page.context().clearCookies();
  await page.locator('#q').pressSequentially('延时');
  await page.waitForURL(/denglu/);
}

/** Earlier entries come after those that stand. */
async function addsEarlier(browser) {
  const refused = [];
  const page = await pageOf(browser, true, refused);
  await signInAs(page, 'xm00001.shenji', '审计管理员');
  await open(page, '/gongzuo/shenji');
  await mark(page);
  const rows = page.locator('#jilu tr');
  const first = await rows.count();
  await page.locator('#gengzao').click();
  await page.waitForFunction((many) => document.querySelectorAll('#jilu tr').length > many, first);
  const numbers = (await page.locator('#jilu th').allInnerTexts()).map(Number);
  assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => b - a), '记录乱了');
  await stands(page, '更早的记录');
  assert.deepEqual(refused, []);
}

async function withoutScript(browser) {
  const page = await pageOf(browser, false, []);
  await signInFor(page, ORGAN, 'drafter');
  await open(page, '/gongzuo/gaojian');
  await page.fill('#q', '延时');
  await Promise.all([page.waitForURL(/q=/), page.getByRole('button', { name: '查找' }).click()]);
  assert.equal(await page.locator('#jieguo tbody tr').count(), 1, '没有脚本时筛选不了');
  await Promise.all([page.waitForURL(/yulan/), page.getByRole('link', { name: `预览：${OTHER}` }).click()]);
  await page.goBack();
  await Promise.all([page.waitForURL(/gaojian\/[0-9a-f-]+$/), page.getByRole('link', { name: OTHER, exact: true }).click()]);
  await page.fill('#wenhao', '不是文号');
  await Promise.all([page.waitForURL(/jiancha/), page.getByRole('button', { name: '再查一遍' }).click()]);
  const said = await main(page);
  assert.ok(said.includes('还没有保存') && /文号/.test(await page.locator('#jiancha').innerText()), said);
  assert.equal(await page.inputValue('#wenhao'), '不是文号', '填写的内容丢了');
  await open(page, '/gongzuo');
  assert.ok((await main(page)).includes('我发起的'));
  await Promise.all([page.waitForEvent('load'), page.locator('#shuaxin').click()]);
  await Promise.all([page.waitForURL(/faqi/), page.getByRole('link', { name: /^全部/ }).click()]);
  assert.ok((await main(page)).includes(TITLE), '我发起的没有列出送审的');
}

await inBrowser(async (browser) => {
  await withScript(browser);
  await addsEarlier(browser);
  await withoutScript(browser);
  console.log('就地筛选、预览、检查、更新待办、添上更早的记录都不离开页面，没有脚本时都是链接和表单');
});

// The city's lead of a domain changes one row and is told what the check says of it, pastes a whole
// table, sees what a release would touch and hands it in; three others review and sign it and a fourth
// releases it. Two districts find the changes among their to-dos: one adapts a row, one refuses it with
// its reason, both have it released. The public comparison shows
// what each made of it. Nothing needs script; every page on the way is looked at for barriers.
import assert from 'node:assert/strict';
import { ADDRESS, barriersOn, contextFor, inBrowser, open, passReview, signIn } from './browser.mjs';

const DOMAIN = 'yanglaofuwu';
const NAME = '养老服务';
const LEAD = 'XM00023';
const ISSUES = { XM00023: 'XM00001', XM01023: 'XM01001', XM02023: 'XM02001' };
const ADAPTS = 'XM01023';
const REFUSES = 'XM02023';
const NEW_ROW = '老年助餐点名单（走查）';
const REASON = '本区已经按月公开，不改为按季度（走查）';
const DESK = `/gongzuo/mulu/${DOMAIN}`;

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const press = (page, name, url) =>
  Promise.all([page.waitForURL(url), page.getByRole('button', { name, exact: false }).first().click()]);

/** The rows of the city's catalogue as everybody gets them. */
async function rowsInForce() {
  const answer = await fetch(new URL(`/mulu/${DOMAIN}.json`, ADDRESS));
  const { items } = await answer.json();
  const alone = (item) => items.filter(({ level2 }) => level2 === item.level2).length === 1;
  return items.filter((item) => item.level2 && !item.level3 && alone(item)).slice(0, 3);
}

/** A whole table as it is copied from a spreadsheet, without a fault. */
function table(rows) {
  const heading = ['序号', '一级事项', '二级事项', '公开内容（要素）', '公开依据', '公开时限', '公开主体', '公开渠道和载体', '公开对象', '公开方式'];
  const line = (at, level1, level2, limit) =>
    [at, level1, level2, '"名称\n办理结果"', '《中华人民共和国政府信息公开条例》', limit, '民政部门', '■政府网站', '全社会', '主动'];
  const kept = rows.map((row, at) => line(at + 1, row.level1, row.level2, at === 0 ? '每季度公开一次' : '自信息形成之日起20个工作日内'));
  const fresh = line(rows.length + 1, rows[0].level1, NEW_ROW, '自信息形成之日起10个工作日内');
  return [heading, ...kept, fresh].map((cells) => cells.join('\t')).join('\n');
}

/** Hands the draft in without asking the public, and has it reviewed and released by the government in
 *  whose name it is issued. */
async function release(browser, page, organ, reason) {
  await open(page, `${DESK}/fabu`);
  await page.getByText('不经征求意见，直接送审').click();
  await page.fill('#liyou', reason);
  await page.check('#sure');
  await press(page, '送审', /done=submitted/);
  await look(page, '已送审');
  await passReview(browser, ISSUES[organ], NAME, look);
}

async function leadReleases(browser) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signIn(page, LEAD);
  await open(page, '/gongzuo/mulu');
  await look(page, '目录清单');
  await page.getByRole('link', { name: NAME, exact: true }).first().click();
  await press(page, '起草下一版', /done=begun/);
  await look(page, '草稿');
  await page.locator('table.cards tbody th a').first().click();
  await page.fill('#shixian', '自信息形成之日起60个工作日内');
  await press(page, '保存这一行', /done=kept/);
  const said = await page.locator('main').innerText();
  assert.match(said, /长于/, '时限过长没有提醒');
  assert.match(said, /读作：.*60 个工作日/, '没有说出读懂的时限');
  await look(page, '一行');
  const rows = await rowsInForce();
  await open(page, `${DESK}/daoru`);
  await page.fill('#text', table(rows));
  await page.locator('form:has(#text)').getByRole('button').click();
  await page.getByRole('heading', { name: '核对读入的内容' }).waitFor();
  await look(page, '核对');
  await page.check('#how-all');
  await press(page, '存入草稿', /done=imported/);
  await open(page, `${DESK}/fabu`);
  const impact = await page.locator('main').innerText();
  assert.ok(impact.includes(NEW_ROW) && impact.includes('要决定的下级目录'), '影响范围没有列出改动');
  assert.match(impact, /思明区政府（\d+ 项）/, '影响范围没有列出下级目录');
  await look(page, '影响范围');
  await release(browser, page, LEAD, '改正缺项（走查）');
  await open(page, `/mulu/${DOMAIN}`);
  assert.ok((await page.locator('main').innerText()).includes(NEW_ROW), '门户上没有新版目录');
  await context.close();
  return rows;
}

/** Opens what changed above from the to-dos. */
async function openChanges(page, organ) {
  await signIn(page, organ);
  await look(page, '待办');
  const todo = page.getByRole('link', { name: new RegExp(`去决定：${NAME}：上级调整`) });
  await Promise.all([page.waitForURL(/tiaozheng/), todo.click()]);
  await look(page, '上级调整');
}

const changeOf = (page, name) => page.locator('section.panel', { has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) });

async function acceptTheRest(page) {
  for (let most = 0; most < 40; most += 1) {
    const accept = page.getByRole('button', { name: /^采纳：/ });
    if ((await accept.count()) === 0) return;
    const bulk = page.getByRole('button', { name: /^一并采纳/ });
    const next = (await bulk.count()) > 0 ? bulk : accept.first();
    await Promise.all([page.waitForURL(/done=accepted/), page.waitForLoadState(), next.click()]);
    await open(page, `${DESK}/tiaozheng`);
  }
}

async function districtAdapts(browser, row) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await openChanges(page, ADAPTS);
  await changeOf(page, row.level2).getByRole('link', { name: /^按本级情况改编：/ }).click();
  await look(page, '改编');
  await page.fill('#shixian', '每月公开一次');
  await press(page, '按此改编', /done=adapted/);
  await acceptTheRest(page);
  await release(browser, page, ADAPTS, '随上级调整（走查）');
  await context.close();
}

async function districtRefuses(browser, row) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await openChanges(page, REFUSES);
  const change = changeOf(page, row.level2);
  await change.getByRole('button', { name: /^不采纳：/ }).click();
  await page.getByText('不采纳必须说明理由').first().waitFor();
  await look(page, '缺理由');
  await changeOf(page, row.level2).locator('textarea').fill(REASON);
  await Promise.all([
    page.waitForURL(/done=refused/),
    changeOf(page, row.level2).getByRole('button', { name: /^不采纳：/ }).click(),
  ]);
  await acceptTheRest(page);
  await release(browser, page, REFUSES, '随上级调整（走查）');
  await context.close();
}

await inBrowser(async (browser) => {
  const rows = await leadReleases(browser);
  await districtAdapts(browser, rows[0]);
  await districtRefuses(browser, rows[0]);
  const page = await browser.newPage();
  await open(page, `/mulu/${DOMAIN}/banben/1/2`);
  const shown = await page.locator('main').innerText();
  assert.ok(shown.includes(NEW_ROW), '公开的对照没有新增的事项');
  assert.ok(shown.includes('改编'), '公开的对照没有说思明区改编');
  assert.ok(shown.includes('不采纳') && shown.includes(REASON), '公开的对照没有说海沧区为什么不采纳');
  assert.equal(barriers, 0, `${barriers} 处障碍`);
  console.log(`市级送审、审查、发布、思明区改编、海沧区不采纳并说明理由, ${barriers} 处障碍`);
});

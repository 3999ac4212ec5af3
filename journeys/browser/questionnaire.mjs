// 问卷, from draft to results, in two days of one city. `wenjuan`: a questionnaire with one condition is drafted, a
// condition that cannot hold is told by its line; it is reviewed and published; a phone without script and a desk with
// script answer it, what was not asked is not taken and that is told; others answer too. `jieguo`, after the last day:
// what one wrote is chosen without what tells of somebody, the results are summed up, reviewed and published as bars
// with a table, as CSV and as JSON; of a question that few answered nothing but that is told.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { barriersOn, contextFor, inBrowser, open, passReview, sidewaysOn, signInAs } from './browser.mjs';

const [, , , PHASE, NOTES] = process.argv;
const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const TITLE = '走查：公交线路问卷';
const ASKED = ['平时怎样去上班？', '公交方便吗？', '还想说什么？'];
const questions = (option) =>
  `1. ${ASKED[0]}（单选）\n- 步行\n- 公交\n2. ${ASKED[1]}（量表）\n如果 1 选 ${option}\n- 很不方便\n- 很方便\n3. ${ASKED[2]}（长文 选填）`;
const WRITTEN = '早上班次太少，有事打13800138000';
const SHOWN = '早上班次太少，有事打***';
const SUMMARY = '收到 12 份。多数步行；坐公交的希望早上加班次，正在研究。';
/** Who answers beside the phone and the desk: so many walk, so many take the bus. */
const OTHERS = [['步行', 7], ['公交', 3]];
const WALK = { option: '步行', taken: 8, share: '66.7%' };
const BUS = { option: '公交', taken: 4, share: '33.3%' };

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();

async function press(page, name, to) {
  const button = page.locator('main').getByRole('button', { name, exact: true }).first();
  await Promise.all([page.waitForURL(to), button.click()]);
}

/** Sends the form, which comes back or is taken. */
const send = (page) => page.getByRole('button', { name: '提交问卷' }).click();

async function asOrganiser(browser, does) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signInAs(page, ...ORGANISER);
  await does(page);
  await context.close();
}

/** A draft; a condition on an option that is not there is told by its line, and what was written stays. */
async function drafts(page) {
  await open(page, '/gongzuo/wenjuan');
  await look(page, '本机关的问卷');
  await page.fill('#biaoti', TITLE);
  await press(page, '起草', /done=qicao/);
  await page.fill('#shuoming', '线路要调整，先听大家怎样走。');
  await page.fill('#timu', questions('C'));
  await page.fill('#tianshu', '3');
  await page.fill('#dianhua', '0592-0000000');
  await press(page, '保存并送审', /done=baocun/);
  assert.match(await words(page), /题目第 5 行/, '没有说哪一行写错了');
  assert.equal(await page.inputValue('#timu'), questions('C'), '写的题目没有了');
  await look(page, '题目写错了');
  await page.fill('#timu', questions('B'));
  await press(page, '保存并送审', /done=songshen/);
  assert.match(await words(page), /第 1 题选“公交”的，答这一题/, '预览没有写这一题谁答');
  await look(page, '问卷预览');
}

/** The questionnaire as everybody finds it; answers its address. */
async function readsIt(browser) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, '/wenjuan');
  await look(page, '问卷列表');
  const link = page.locator('main').getByRole('link', { name: TITLE }).first();
  await Promise.all([page.waitForURL(/\/wenjuan\/[0-9a-f-]{36}$/), link.click()]);
  const address = new URL(page.url()).pathname;
  assert.match(await words(page), /还剩 \d 天/, '没有写还剩几天');
  await look(page, '问卷');
  await open(page, `${address}/tianxie`);
  await look(page, '填写问卷');
  await open(page, `${address}/jieguo`, 409);
  await context.close();
  return address;
}

/** Goes from the questionnaire to its form. */
async function begins(page, address) {
  await open(page, address);
  const link = page.getByRole('link', { name: '填写问卷' }).first();
  await Promise.all([page.waitForURL(/tianxie$/), link.click()]);
}

const taken = (page) => page.getByRole('heading', { name: '已经收到，谢谢您' }).waitFor();

/** On a phone without script: what lacks is told at its question, and what was chosen stays. */
async function onAPhone(page, address) {
  await begins(page, address);
  assert.equal(await sidewaysOn(page), null, '填写要左右滚动');
  await send(page);
  await page.getByText('第 1 题：选一项').first().waitFor();
  await page.getByLabel('公交', { exact: true }).check();
  await page.fill('#t3', WRITTEN);
  await send(page);
  await page.getByText('第 2 题：选 1 到 5 里的一个').first().waitFor();
  assert.ok(await page.getByLabel('公交', { exact: true }).isChecked(), '选的没有了');
  assert.equal(await page.inputValue('#t3'), WRITTEN, '写的没有了');
  await page.getByLabel('4', { exact: true }).check();
  await send(page);
  await taken(page);
  assert.equal(await page.locator('p.code').innerText(), '1');
}

/** At a desk with script: an answer that was not asked is not taken, and that is told. */
async function atADesk(browser, address) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await begins(page, address);
  await page.getByLabel('公交', { exact: true }).check();
  await send(page);
  await page.getByText('第 2 题：选 1 到 5 里的一个').first().waitFor();
  await look(page, '没有打分');
  await page.getByLabel('5 很方便', { exact: true }).check();
  await page.getByLabel('步行', { exact: true }).check();
  await send(page);
  await taken(page);
  assert.match(await words(page), /第 2 题不用您答，您填的没有收下/, '没有说哪一题没有收下');
  await look(page, '问卷已经收到');
  await context.close();
}

/** The others, each on a form of his own. */
async function others(page, address) {
  for (const [way, many] of OTHERS) {
    for (let left = many; left > 0; left -= 1) {
      await open(page, `${address}/tianxie`);
      await page.getByLabel(way, { exact: true }).check();
      if (way === BUS.option) await page.getByLabel('1 很不方便', { exact: true }).check();
      await send(page);
      await taken(page);
    }
  }
}

async function asks(browser) {
  await asOrganiser(browser, drafts);
  await passReview(browser, ORGAN, TITLE, look);
  const address = await readsIt(browser);
  const viewport = { width: 390, height: 844 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const phone = await context.newPage();
  await onAPhone(phone, address);
  await atADesk(browser, address);
  await others(phone, address);
  await context.close();
  await writeFile(NOTES, address);
  console.log('问卷: 起草、写错的题目说第几行、审查、公布、没有脚本的手机和有脚本的桌面填写、不该答的没有收下, 都走通了');
}

/** What one wrote is chosen, without what tells of somebody. */
async function chooses(page) {
  await Promise.all([page.waitForURL(/\/wenzi$/), page.getByRole('link', { name: /选公布哪些/ }).click()]);
  assert.ok(!(await words(page)).includes('13800138000'), '写的话里露出电话');
  assert.equal(await page.inputValue('textarea'), SHOWN);
  await page.getByLabel('公布', { exact: true }).check();
  await look(page, '选公布哪些话');
  await press(page, '保存这一页', /done=baocun/);
}

/** The results are looked at, summed up and handed in; without a word on the whole they are not. */
async function sumsUp(page, address) {
  const link = page.locator('table.todos tr', { hasText: TITLE }).locator('a[href$="/jieguo"]').first();
  assert.ok(await link.count(), '待办里没有公布问卷结果');
  await Promise.all([page.waitForURL(/\/jieguo$/), link.click()]);
  const said = await words(page);
  for (const { option, taken: many, share } of [WALK, BUS]) {
    assert.ok(said.includes(`${option}：${many} 人，${share}`), `没有数出${option}: ${said}`);
  }
  await chooses(page);
  await open(page, `/gongzuo${address}/jieguo`);
  assert.match(await words(page), /选定公布 1 条/, '没有写选定几条');
  await page.locator('main').getByRole('button', { name: '保存并送审', exact: true }).click();
  await page.getByText(/写明总体情况/).first().waitFor();
  await look(page, '没有写总体情况');
  await page.fill('#zongti', SUMMARY);
  await press(page, '保存并送审', /done=jieguo/);
}

/** The fields of a line of CSV. */
function fields(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"|"$/g, '').replaceAll('""', '"'));
}

/** The results as a page: a drawing with its table, what few answered, what was written. */
async function readsTheResults(page, address) {
  await open(page, address);
  const link = page.getByRole('link', { name: '看结果', exact: true });
  await Promise.all([page.waitForURL(/\/jieguo$/), link.click()]);
  const said = await words(page);
  assert.match(said, /收到问卷 12 份/, '没有写收到几份');
  assert.match(said, /选“步行”的最多，66\.7%/, '没有写哪一项最多');
  assert.match(said, /答这一题的不到 10 人/, '少数人答的一题公布了各项人数');
  assert.ok(said.includes(SUMMARY) && said.includes(SHOWN) && !said.includes('13800138000'), '总体情况、写的话不对');
  const drawn = page.locator('figure.fig');
  assert.equal(await drawn.count(), 1, '图不是一张');
  assert.equal(await drawn.locator('svg[role="img"] text tspan', { hasText: '8 人，66.7%' }).count(), 1, '图上没有人数');
  const rows = await drawn.locator('table tbody tr').evaluateAll(
    (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  assert.deepEqual(rows, [WALK, BUS].map((one) => [one.option, String(one.taken), one.share]), '图和表对不上');
  await look(page, '问卷结果');
  await drawn.locator('summary').click();
  await drawn.locator('table').waitFor();
  await look(page, '问卷结果的表');
}

/** The same as two files. */
async function readsTheFiles(page) {
  const of = (format) => page.request.get(`${page.url()}?format=${format}`);
  const csv = await (await of('csv')).text();
  const lines = csv.replace(/^\ufeff/, '').trim().split(/\r?\n/).map(fields);
  const column = (name) => lines[0].indexOf(name);
  const [number, what, many, share] = ['题号', '选项或者写的话', '人数', '占答这一题的人'].map(column);
  assert.ok([number, what, many, share].every((at) => at >= 0), `CSV 的列: ${lines[0]}`);
  const picked = (wanted) =>
    lines.slice(1).filter((line) => line[number] === wanted).map((line) => [line[what], line[many], line[share]]);
  assert.deepEqual(picked('1'), [WALK, BUS].map((one) => [one.option, String(one.taken), one.share]));
  assert.deepEqual(picked('2'), [['', '', '']], '少数人答的一题在 CSV 里公布了');
  assert.ok(picked('3').some(([text]) => text === SHOWN), '写的话不在 CSV 里');
  const told = await (await of('json')).json();
  assert.equal(told.answers, 12);
  assert.deepEqual(told.questions.map((one) => one.text), ASKED);
  const [first, second, third] = told.questions;
  assert.deepEqual(first.options.map((one) => [one.option, one.taken, one.share_permille]), [['步行', 8, 667], ['公交', 4, 333]]);
  assert.equal(second.enough_answered, false);
  assert.ok(second.answered === null && second.options.every((one) => one.taken === null), '少数人答的一题在 JSON 里公布了');
  assert.deepEqual(third.texts, [SHOWN]);
}

async function tells(browser) {
  const address = await readFile(NOTES, 'utf8');
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, `${address}/tianxie`, 409);
  await asOrganiser(browser, (own) => sumsUp(own, address));
  await passReview(browser, ORGAN, TITLE, look);
  await readsTheResults(page, address);
  await readsTheFiles(page);
  await context.close();
  console.log('问卷: 截止、选公布哪些话、没有总体情况不能送审、审查、公布结果、图和表、CSV、JSON, 都走通了');
}

const PHASES = { wenjuan: asks, jieguo: tells };

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

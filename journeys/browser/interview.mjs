// 在线访谈, from notice to transcript, in two days of one city. `yugao`: an interview is announced; days that leave no
// time and one person at both ends of the desk are told before it goes on; a citizen asks on a phone without script.
// `xianchang`, on the day: one enters what is said, another releases it; a reader with script sees it come by itself,
// one without script and two whose stream is refused see it after 刷新; a mistake is corrected in the open; it ends;
// the transcript is reviewed and stands at the same address.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  barriersOn, contextFor, inBrowser, open, passReview, passSteps, sidewaysOn, signInAs, signInFor,
} from './browser.mjs';

const [, , , PHASE, FOLDER] = process.argv;
const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const RELEASER = 'xm01010.e';
const TITLE = '走查：停水怎样通知';
const ASKER = '朱走查';
const QUESTION = '停水通知能不能早一天发？';
const GUEST = '张走查（演示区建设局局长）';
const SPOKEN = '计划停水提前十二小时通知。';
const RIGHT = '计划停水提前二十四小时通知。';
const WHY = '听录有误';
/** So many days after today it is held. */
const AHEAD = 4;
/** How the stream is refused, and what the page says then. */
const REFUSED = [
  ['连不上', (route) => route.abort(), /断开了|现在不能自动更新/],
  ['坐满了', (route) => route.fulfill({ status: 503, body: '现在同时看的人太多。\n' }), /现在不能自动更新。请过一会儿点“刷新”/],
];

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();
const kept = (name) => join(FOLDER, name);

/** The number of today in China, counted from 1970, and a day so many after it. */
const TODAY = Math.floor((Date.now() / 3_600_000 + 8) / 24);
const day = (after) => new Date((TODAY + after) * 86_400_000).toISOString().slice(0, 10);

async function press(page, name, to) {
  const button = page.locator('main').getByRole('button', { name, exact: true }).first();
  await Promise.all([page.waitForURL(to), button.click()]);
}

/** Somebody at a page of his own, signed in or not, whom axe may look over the shoulder. */
async function someone(browser, enter, width = 1280) {
  const page = await (await contextFor(browser, width)).newPage();
  await enter(page);
  return page;
}

const nobody = async () => {};

/** The to-do about this interview that leads to an address with this end. */
async function todo(page, rest) {
  await open(page, '/gongzuo');
  const link = page.locator('table.todos tr', { hasText: TITLE }).locator(`a[href$="${rest}"]`).first();
  assert.ok(await link.count(), `待办里没有 ${rest}`);
  await Promise.all([page.waitForURL(new RegExp(`${rest}$`)), link.click()]);
}

/** What an invented person is called. */
async function nameOf(browser, login) {
  const page = await someone(browser, nobody);
  await open(page, `/gongzuo/denglu/yanshi?login=${login}`);
  const name = await page.locator('section.panel', { has: page.locator('dl.kv') }).locator('h2').innerText();
  await page.context().close();
  return name;
}

/** A notice is drafted; days and names that will not do are told before it goes on. */
async function drafts(page, releaser) {
  await open(page, '/gongzuo/fangtan');
  await look(page, '本机关的访谈');
  await page.fill('#mingcheng', TITLE);
  await press(page, '起草', /done=qicao/);
  await page.fill('#zhuti', '停水提前多久通知；通知发到哪里。');
  await page.fill('#jiabin', '张走查，演示区建设局局长');
  await page.fill('#riqi', day(AHEAD));
  await page.fill('#shijian', '下午 3:00');
  await page.fill('#jiezhi', day(2));
  await page.fill('#fangxing', await page.inputValue('#luru'));
  await page.fill('#dianhua', '0592-0000000');
  await press(page, '保存并送审', /done=baocun/);
  const lacks = await words(page);
  assert.match(lacks, /提问至少留 3 天/, '提问只留两天也送审了');
  assert.match(lacks, /录入的人和放行的人不能是同一个人/, '一个人又录入又放行也送审了');
  await look(page, '访谈预告草稿');
  await page.fill('#jiezhi', day(3));
  await page.fill('#fangxing', releaser);
  await press(page, '保存并送审', /done=songshen/);
}

/** The notice as everybody finds it, and the form to ask; answers its address. */
async function readsTheNotice(browser) {
  const page = await someone(browser, nobody, 390);
  await open(page, '/fangtan');
  await look(page, '在线访谈');
  const link = page.locator('main').getByRole('link', { name: TITLE }).first();
  await Promise.all([page.waitForURL(/\/fangtan\/[0-9a-f-]{36}$/), link.click()]);
  const interview = new URL(page.url()).pathname;
  assert.match(await words(page), /征集提问，还剩 \d 天/, '预告没有写提问还剩几天');
  await look(page, '访谈预告');
  await open(page, `${interview}/tiwen`);
  await look(page, '提问');
  await page.getByRole('button', { name: '提交问题' }).click();
  await page.getByText('写下您想问的').first().waitFor();
  await look(page, '没有写问题');
  await page.context().close();
  return interview;
}

/** On a phone without script somebody asks; answers the query code. */
async function asks(browser, interview) {
  const viewport = { width: 390, height: 844 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, interview);
  await Promise.all([page.waitForURL(/tiwen$/), page.getByRole('link', { name: '我要提问' }).click()]);
  assert.equal(await sidewaysOn(page), null, '提问要左右滚动');
  await page.fill('#wenti', QUESTION);
  await page.fill('#xingming', ASKER);
  await page.getByRole('button', { name: '提交问题' }).click();
  await page.getByRole('heading', { name: '已经收到您的问题' }).waitFor();
  const code = await page.locator('p.code').nth(1).innerText();
  await open(page, '/fangtan/wode');
  await page.fill('#ma', code.toLowerCase());
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText(QUESTION).first().waitFor();
  assert.match(await words(page), /访谈当天从收到的问题里选/, '凭查询码看不到提问');
  await context.close();
  return code;
}

async function announces(browser) {
  const releaser = await nameOf(browser, RELEASER);
  const organiser = await someone(browser, (page) => signInAs(page, ...ORGANISER));
  await drafts(organiser, releaser);
  await organiser.context().close();
  await passReview(browser, ORGAN, TITLE, look);
  const interview = await readsTheNotice(browser);
  const code = await asks(browser, interview);
  await writeFile(kept('fangtan.json'), JSON.stringify({ interview, code }));
  await writeFile(kept('ri.txt'), String(TODAY + AHEAD));
  console.log('在线访谈: 预告、日子和人不合适不能送审、审查、公布、没有脚本的手机提问, 都走通了');
}

/** Somebody who reads it with the page's own policy in force: with script or without, and what becomes of his stream. */
async function reader(browser, interview, script, refuse) {
  const viewport = { width: 390, height: 844 };
  const page = await (await browser.newContext({ viewport, javaScriptEnabled: script })).newPage();
  if (refuse) await page.route(/\/fangtan\/[^/]+\/shikuang/, refuse);
  await open(page, interview);
  return page;
}

const stateOf = (page, hasText) => page.locator('#live-state', { hasText });

/** Everybody who reads: one follows, one has no script, two are refused. */
async function readers(browser, interview) {
  const followed = await reader(browser, interview, true);
  await stateOf(followed, '新的发言会自动出现').waitFor();
  // Gone as soon as the page is loaded anew.
  await followed.evaluate(() => { globalThis.stayed = true; });
  const reloading = [['没有脚本', await reader(browser, interview, false)]];
  for (const [name, refuse, says] of REFUSED) {
    const page = await reader(browser, interview, true, refuse);
    await stateOf(page, says).waitFor();
    reloading.push([name, page]);
  }
  return { followed, reloading };
}

/** Follows 刷新 until the page tells this; kept pages go a moment after what was released. */
async function reloads([name, page], told) {
  const there = page.locator('#shikuang').getByText(told).first();
  for (let tries = 0; tries < 20; tries += 1) {
    await page.getByRole('link', { name: '刷新', exact: true }).click();
    if (await there.waitFor({ timeout: 1000 }).then(() => true, () => false)) return;
  }
  assert.fail(`${name}: 点“刷新”看不到“${told}”`);
}

/** An utterance is entered: who, what he is called, the number of a question, what is said. */
async function enters(page, desk, [voice, name, question, said]) {
  await open(page, `${desk}/xianchang`);
  await page.selectOption('#shui', voice);
  await page.fill('#mingzi', name);
  await page.fill('#tihao', question);
  await page.fill('#hua', said);
  await press(page, '录入，等放行', /done=luru/);
}

/** What waits is released, one after another. */
async function releases(page, desk, many) {
  for (let left = many; left > 0; left -= 1) {
    await open(page, `${desk}/fangxing`);
    await press(page, /^放行/, /done=fangxing/);
  }
}

/** Two utterances: nobody sees them before another has released them. */
async function speaks({ organiser, publisher }, desk, { followed, reloading }) {
  await enters(organiser, desk, ['question', '', '1', QUESTION]);
  await enters(organiser, desk, ['guest', GUEST, '', SPOKEN]);
  await look(organiser, '访谈现场');
  await open(organiser, desk);
  assert.equal(await organiser.getByRole('link', { name: '放行', exact: true }).count(), 0, '录入的人也能放行');
  await todo(publisher, '/fangxing');
  assert.ok((await words(publisher)).includes(SPOKEN), '放行的人看不到等放行的话');
  await look(publisher, '放行');
  for (const page of [followed, ...reloading.map(([, one]) => one)]) {
    assert.ok(!(await words(page)).includes(SPOKEN), '没有放行的话给人看到了');
  }
  await releases(publisher, desk, 2);
  await followed.locator('#f2', { hasText: SPOKEN }).waitFor();
  const first = await followed.locator('#f1').innerText();
  assert.ok(first.includes(QUESTION) && first.includes('朱**') && !first.includes(ASKER), `提问人没有隐去: ${first}`);
  for (const one of reloading) await reloads(one, SPOKEN);
}

/** A mistake is corrected by two, and everybody sees that it was. */
async function corrects({ organiser, publisher }, desk, { followed, reloading }) {
  await open(organiser, `${desk}/xianchang`);
  await organiser.locator('summary', { hasText: '更正或者删去第 2 条' }).click();
  await organiser.fill('#hua-2', RIGHT);
  await organiser.fill('#liyou-2', WHY);
  await look(organiser, '更正');
  await press(organiser, '提出更正', /done=gengzheng/);
  await releases(publisher, desk, 1);
  await followed.locator('#f2 del', { hasText: SPOKEN }).waitFor();
  const now = await followed.locator('#f2').innerText();
  assert.ok(now.includes(RIGHT) && now.includes(`更正过。原因：${WHY}`), `看不出更正: ${now}`);
  for (const one of reloading) await reloads(one, `更正过。原因：${WHY}`);
}

/** It is ended; whoever followed is told so, and his page was never loaded anew. */
async function ends(organiser, desk, followed) {
  await open(organiser, `${desk}/xianchang`);
  await organiser.locator('summary', { hasText: '结束访谈' }).click();
  await press(organiser, '结束访谈', /done=jieshu/);
  await stateOf(followed, '访谈已经结束').waitFor();
  assert.equal(await followed.evaluate(() => globalThis.stayed), true, '有脚本的页面重新打开过');
}

/** The transcript comes from what was said; unless it was held against it, it is not handed in. */
async function writesDown(page) {
  await todo(page, '/shilu');
  const text = await page.inputValue('#shilu');
  assert.ok(text.includes(`${GUEST}：${RIGHT}`) && !text.includes(SPOKEN), `实录不是从实时文字来的: ${text}`);
  await page.locator('main').getByRole('button', { name: '送审', exact: true }).click();
  await page.getByText('核对过以后再送审').first().waitFor();
  assert.equal(await page.inputValue('#shilu'), text, '没有核对，写的实录没有了');
  await look(page, '实录没有核对');
  await page.check('#hedui');
  await press(page, '送审', /done=shilu/);
}

/** Whoever is signed in already releases the reviewed transcript. */
async function publishes(page) {
  await open(page, '/gongzuo');
  const link = page.locator('table.todos tr', { hasText: TITLE }).locator('a[href*="/gongzuo/shencha/"]').first();
  assert.ok(await link.count(), '发布员的待办里没有实录');
  await Promise.all([page.waitForURL(/\/gongzuo\/shencha\//), link.click()]);
  await press(page, '现在发布', /done=published/);
}

/** The transcript at the address of the notice, and what became of the question. */
async function readsTheTranscript(page, { interview, code }) {
  const there = page.getByRole('heading', { name: '访谈实录', exact: true });
  for (let tries = 0; ; tries += 1) {
    await open(page, interview);
    if (await there.waitFor({ timeout: 1000 }).then(() => true, () => false)) break;
    assert.ok(tries < 20, '预告的网址上没有实录');
  }
  const said = await words(page);
  assert.ok(said.includes(RIGHT) && said.includes(QUESTION), '实录不全');
  for (const gone of [SPOKEN, ASKER]) assert.ok(!said.includes(gone), `实录里有 ${gone}`);
  assert.match(said, /收到 1 个提问，访谈里问了 1 个/, '没有写收到、问了几个提问');
  assert.equal(await page.locator('#shikuang').count(), 0, '实时文字还在');
  await look(page, '访谈实录');
  await open(page, '/fangtan/wode');
  await page.fill('#ma', code);
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('已经问到', { exact: true }).waitFor();
  await look(page, '我的提问');
}

async function holds(browser) {
  const left = JSON.parse(await readFile(kept('fangtan.json'), 'utf8'));
  const desk = `/gongzuo${left.interview}`;
  const hands = {
    organiser: await someone(browser, (page) => signInAs(page, ...ORGANISER)),
    publisher: await someone(browser, (page) => signInFor(page, ORGAN, 'publisher'), 390),
  };
  await todo(hands.organiser, '/xianchang');
  await press(hands.organiser, '开始访谈', /done=kaishi/);
  const seen = await someone(browser, nobody, 390);
  const all = await readers(browser, left.interview);
  await speaks(hands, desk, all);
  await corrects(hands, desk, all);
  await open(seen, left.interview);
  await look(seen, '正在访谈');
  await ends(hands.organiser, desk, all.followed);
  await writesDown(hands.organiser);
  await passSteps(browser, ORGAN, TITLE, look);
  await publishes(hands.publisher);
  await readsTheTranscript(seen, left);
  console.log('在线访谈: 一人录入、另一人放行、有脚本的自己出现、没有脚本和连不上的点刷新、更正、结束、实录公布在原来的网址, 都走通了');
}

const PHASES = { yugao: announces, xianchang: holds };

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

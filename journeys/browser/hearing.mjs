// 听证会, from notice to who takes part, in three days of one city. `gonggao`: a hearing is called on a public draft, five
// enrol on a phone and at a desk, with script and without, and one takes it back. `mingdan`, when the enrolment is over and
// nobody knows the value: the list is bound and stands in the public log. `chouqu`, when the value is known: one draws,
// another confirms, everybody reads how to draw again; what is needed for that is left in the folder that is named. At
// last the notice is withdrawn by two.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barriersOn, contextFor, inBrowser, open, passReview, sidewaysOn, signInAs, signInFor } from './browser.mjs';

const [, , , PHASE, FOLDER] = process.argv;
const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const DRAFT = '老年人助餐服务补助办法';
const TITLE = '走查：送餐费由谁出听证会';
const VALUE = '05 11 17 22 29 31 08';
/** Who enrols: the side, the name, the width, and whether script runs. */
const PEOPLE = [
  ['居民代表', '叶走查', 390, true],
  ['居民代表', '邱走查', 1280, false],
  ['居民代表', '江走查', 390, false],
  ['助餐点代表', '范走查', 1280, true],
  ['居民代表', '蔡走查', 390, true],
];
const WITHDRAWN = 4;

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();
const kept = (name) => join(FOLDER, name);

/** A day in China, so many after today. */
const day = (after) => new Date(Date.now() + (after * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

async function press(page, name, to) {
  await Promise.all([page.waitForURL(to), page.getByRole('button', { name, exact: true }).first().click()]);
}

async function as(browser, enter, does, width = 1280) {
  const context = await contextFor(browser, width);
  const page = await context.newPage();
  await enter(page);
  await does(page);
  await context.close();
}

const asOrganiser = (browser, does) => as(browser, (page) => signInAs(page, ...ORGANISER), does);

/** The to-do about this hearing that leads to an address with this end. */
async function todo(page, rest) {
  const link = page.locator('table.todos tr', { hasText: TITLE }).locator(`a[href$="${rest}"]`).first();
  assert.ok(await link.count(), `待办里没有 ${rest}`);
  await Promise.all([page.waitForURL(new RegExp(`${rest}$`)), link.click()]);
}

/** A notice is drafted; days that leave no time are refused with what to do. */
async function drafts(page) {
  await open(page, '/gongzuo/zhengji');
  await Promise.all([page.waitForURL(/zhengji\/[0-9a-f-]{36}$/), page.getByRole('link', { name: new RegExp(DRAFT) }).first().click()]);
  await Promise.all([page.waitForURL(/\/tingzheng$/), page.getByRole('link', { name: '听证会', exact: true }).click()]);
  await look(page, '草案的听证会');
  await press(page, '起草听证公告', /done=qicao/);
  await page.fill('#mingcheng', TITLE);
  await page.fill('#shixiang', '送餐费由谁出，补多少。');
  await page.fill('#didian', '演示路 1 号 3 楼');
  await page.fill('#shijian', '上午 9:00');
  await page.fill('#tiaojian', '住在本区、年满十八周岁，或者开办助餐点。');
  await page.fill('#geifang', '居民代表 2\n助餐点代表 1');
  await page.fill('#shuzhi', '某期开奖号码，红球从小到大、再蓝球，中间空格');
  await page.fill('#dianhua', '0592-0000000');
  for (const [field, after] of [['#jiezhi', 3], ['#kaichu', 9], ['#kaihui', 20]]) await page.fill(field, day(after));
  await press(page, '保存并送审', /done=baocun/);
  assert.match(await words(page), /报名至少留 7 天.*第十六条/s, '报名只留三天也送审了');
  await look(page, '听证公告草稿');
  await page.fill('#jiezhi', day(7));
  await press(page, '保存并送审', /done=songshen/);
}

/** One enrols; the first makes a mistake. Answers number, code and mark. */
async function enrols(browser, hearing, [side, name, width, script], at) {
  const context = script
    ? await contextFor(browser, width)
    : await browser.newContext({ viewport: { width, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, hearing);
  await Promise.all([page.waitForURL(/baoming$/), page.getByRole('link', { name: '报名参加' }).click()]);
  if (at === 0) {
    await look(page, '报名');
    await page.getByRole('button', { name: '报名', exact: true }).click();
    await page.getByText('选您代表哪一方').first().waitFor();
    await look(page, '没有选哪一方');
  }
  assert.equal(await sidewaysOn(page), null, '报名要左右滚动');
  await page.getByLabel(new RegExp(`^${side}`)).check();
  await page.fill('#xingming', name);
  await page.fill('#lianxi', `1380013800${at}`);
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByRole('heading', { name: '已经报名' }).waitFor();
  if (script) await look(page, '已经报名');
  const [number, code, mark] = await page.locator('p.code').allInnerTexts();
  await context.close();
  return { number: Number(number), code, mark, name };
}

async function calls(browser) {
  await asOrganiser(browser, drafts);
  await passReview(browser, ORGAN, TITLE, look);
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, '/tingzheng');
  await look(page, '听证会列表');
  await Promise.all([page.waitForURL(/\/tingzheng\/[0-9a-f-]{36}$/), page.getByRole('link', { name: TITLE }).click()]);
  const hearing = new URL(page.url()).pathname;
  assert.match(await words(page), /先有名单，后有数值/, '公告没有写怎样抽取');
  await look(page, '听证公告');
  await open(page, `${hearing}/mingdan.txt`, 404);
  const enrolled = [];
  for (const [at, person] of PEOPLE.entries()) enrolled.push(await enrols(browser, hearing, person, at));
  assert.deepEqual(enrolled.map((one) => one.number), [1, 2, 3, 4, 5]);
  await open(page, '/tingzheng/wode');
  await page.fill('#ma', enrolled[WITHDRAWN].code);
  await page.getByRole('button', { name: '查询' }).click();
  await look(page, '我的报名');
  await page.getByRole('button', { name: '撤回报名' }).click();
  await page.getByText('已经撤回').first().waitFor();
  await context.close();
  await writeFile(kept('baoming.json'), JSON.stringify({ hearing, enrolled }));
  console.log('听证会: 公告、日子不够不能送审、审查、五人报名、一人撤回, 都走通了');
}

/** The page of a hearing once so much of it stands in the public log. */
async function logged(page, hearing, parts) {
  for (let tries = 0; ; tries += 1) {
    await open(page, hearing);
    const links = await page.locator('section', { has: page.getByRole('heading', { name: '公开日志' }) }).getByRole('link').count();
    if (links >= parts) return;
    assert.ok(tries < 60, `公开日志里只有 ${links} 处`);
    await page.waitForTimeout(500);
  }
}

async function binds(browser) {
  const { hearing, enrolled } = JSON.parse(await readFile(kept('baoming.json'), 'utf8'));
  await asOrganiser(browser, async (page) => {
    await todo(page, '/baoming');
    const said = await words(page);
    assert.match(said, /本人已撤回/, '撤回的没有写');
    for (const one of enrolled) assert.ok(!said.includes(one.name), '没有写理由就看得到姓名');
    await look(page, '报名的人');
    await press(page, '固定名单', /done=guding/);
    assert.equal(await page.getByRole('button', { name: '固定名单' }).count(), 0, '还能再固定一次');
  });
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, `${hearing}/baoming`, 409);
  await logged(page, hearing, 2);
  assert.match(await words(page), /名单 .* 固定，4 人/, '没有写名单有几人');
  await look(page, '名单已固定');
  const list = await (await page.request.get(new URL(`${hearing}/mingdan.txt`, page.url()).href)).text();
  const marks = list.split('\n').filter((line) => line.startsWith('entry\t')).map((line) => line.split('\t')[3]);
  const there = enrolled.filter((_, at) => at !== WITHDRAWN).map((one) => one.mark);
  assert.deepEqual([...marks].sort(), [...there].sort(), '名单不是报名的四个人');
  for (const one of enrolled) assert.ok(!list.includes(one.name), '名单露出了姓名');
  await writeFile(kept('mingdan.txt'), list);
  await context.close();
  console.log('听证会: 报名截止、固定名单、登记到公开日志, 都走通了');
}

/** Who takes part as everybody reads it, and what one needs to draw again. */
async function readsTheDraw(page, hearing, enrolled) {
  await logged(page, hearing, 3);
  const said = await words(page);
  const seed = said.match(/gongkai hearing draw --list mingdan\.txt --seed ([0-9a-f]{64})/)?.[1];
  assert.ok(seed, '页面没有写怎样重做一次');
  assert.ok(said.includes(VALUE) && /没有程序的，用任何能算 SHA-256 的工具/.test(said), '页面没有写数值和算法');
  const numbers = [...said.matchAll(/（报名编号 (\d+)）/g)].map((found) => Number(found[1]));
  assert.equal(numbers.length, 3, `参加的不是三人: ${numbers}`);
  for (const number of numbers) {
    const one = enrolled.find((other) => other.number === number);
    assert.ok(said.includes(`${one.name}（报名编号 ${number}）`), `没有公布 ${one.name}`);
  }
  const left = enrolled.filter((one, at) => at !== WITHDRAWN && !numbers.includes(one.number));
  for (const one of [...left, enrolled[WITHDRAWN]]) assert.ok(!said.includes(one.name), `露出了没有选上的 ${one.name}`);
  const again = await (await page.request.get(new URL(`${hearing}/mingdan.txt`, page.url()).href)).text();
  assert.equal(again, await readFile(kept('mingdan.txt'), 'utf8'), '名单固定以后变了');
  await look(page, '参加人已公布');
  await writeFile(kept('zhongzi.txt'), seed);
  await writeFile(kept('canjia.txt'), numbers.join('\n'));
  await open(page, '/tingzheng/wode');
  await page.fill('#ma', left[0].code);
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('候补第').waitFor();
}

async function withdraws(browser, hearing) {
  const desk = `/gongzuo/canyu${hearing}/chexia`;
  await asOrganiser(browser, async (page) => {
    await open(page, desk);
    await page.fill('#liyou', '写错了听证的事项');
    await look(page, '撤下听证公告');
    await press(page, '提出撤下', /done=tichu/);
  });
  await as(browser, (page) => signInFor(page, ORGAN, 'approver'), async (page) => {
    await todo(page, `${desk}/shending`);
    await page.getByLabel('撤下，不再公开').check();
    await page.fill('#liyou', '看过，是写错了');
    await press(page, '审定', /done=shending/);
    await open(page, hearing, 410);
    assert.match(await words(page), /听证的公告已撤下.*写错了听证的事项/s, '原来的网址没有写撤下和理由');
    await open(page, `${hearing}/mingdan.txt`, 410);
  }, 390);
}

async function draws(browser) {
  const { hearing, enrolled } = JSON.parse(await readFile(kept('baoming.json'), 'utf8'));
  await asOrganiser(browser, async (page) => {
    await todo(page, '/chouqu');
    await page.fill('#shuzhi', VALUE);
    await look(page, '抽取参加人');
    await press(page, '抽取', /done=chouqu/);
    assert.equal(await page.getByRole('link', { name: '确认参加人' }).count(), 0, '抽取的人也能确认');
  });
  await as(browser, (page) => signInFor(page, ORGAN, 'approver'), async (page) => {
    await todo(page, '/queren');
    assert.ok((await words(page)).includes(VALUE), '确认的人看不到写下的数值');
    await page.getByLabel('确认，公布参加人').check();
    await look(page, '确认参加人');
    await press(page, '提交', new RegExp(`${hearing}$`));
    await readsTheDraw(page, hearing, enrolled);
  }, 390);
  await withdraws(browser, hearing);
  console.log('听证会: 一人抽取、另一人确认、公布参加人和重做的办法、两人撤下, 都走通了');
}

const PHASES = { gonggao: calls, mingdan: binds, chouqu: draws };

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

// 列席会议, from notice to what is published after it, in three days of one city. `gonggao`: a meeting with two places is
// announced; three enrol on a phone and at a desk, with script and without; the third waits, the first takes it back by
// his code, the third moves up; the day goes into a calendar. `tongzhi`, when the enrolment is over: whoever moved up is
// told. `jiyao`, after the day: what was said is reviewed and stands at the same address.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { barriersOn, contextFor, inBrowser, open, passReview, sidewaysOn, signInAs } from './browser.mjs';

const [, , , PHASE, NOTES] = process.argv;
const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const TITLE = '走查：常务会议列席';
const RECORD = '会议审议送餐补助办法。两位列席人建议写明多久送到，会议决定采纳。';
/** Who enrols: the name, the width, and whether script runs. */
const PEOPLE = [['叶走查', 390, false], ['邱走查', 1280, true], ['江走查', 390, false]];
/** So many days after today it is held. */
const AHEAD = 8;

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();

/** A day in China, so many after today. */
const TODAY = Math.floor((Date.now() / 3_600_000 + 8) / 24);
const day = (after) => new Date((TODAY + after) * 86_400_000).toISOString().slice(0, 10);

async function press(page, name, to) {
  const button = page.locator('main').getByRole('button', { name, exact: true }).first();
  await Promise.all([page.waitForURL(to), button.click()]);
}

async function asOrganiser(browser, does) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signInAs(page, ...ORGANISER);
  await does(page);
  await context.close();
}

/** The to-do about this meeting that leads to an address with this end. */
async function todo(page, rest) {
  const link = page.locator('table.todos tr', { hasText: TITLE }).locator(`a[href$="${rest}"]`).first();
  assert.ok(await link.count(), `待办里没有 ${rest}`);
  await Promise.all([page.waitForURL(new RegExp(`${rest}$`)), link.click()]);
}

/** A notice is drafted; days that leave no time are told before it goes on. */
async function drafts(page) {
  await open(page, '/gongzuo/huodong');
  await look(page, '活动和会议');
  await page.selectOption('#zhonglei', 'attendance');
  await press(page, '起草公告', /done=qicao/);
  await page.fill('#mingcheng', TITLE);
  await page.fill('#shixiang', '送餐补助办法。');
  await page.fill('#kaihui', day(AHEAD));
  await page.fill('#shijian', '上午 9:00');
  await page.fill('#didian', '演示路 1 号 3 楼');
  await page.fill('#shui', '住在本区、年满十八周岁的人。');
  await page.fill('#minge', '群众代表 2');
  await page.fill('#jiezhi', day(2));
  await page.selectOption('#fangshi', 'arrival');
  await page.fill('#dianhua', '0592-0000000');
  await press(page, '保存并送审', /done=baocun/);
  assert.match(await words(page), /报名至少留 3 天/, '报名只留两天也送审了');
  await look(page, '列席公告草稿');
  await page.fill('#jiezhi', day(3));
  await press(page, '保存并送审', /done=songshen/);
}

/** The notice as everybody finds it; its day is saved for a calendar. Answers its address. */
async function readsIt(page) {
  await open(page, '/liexi');
  await look(page, '列席会议和座谈走访');
  await open(page, '/liexi?lei=attendance');
  const link = page.locator('main').getByRole('link', { name: TITLE }).first();
  await Promise.all([page.waitForURL(/\/liexi\/[0-9a-f-]{36}$/), link.click()]);
  assert.match(await words(page), /群众代表 2 人/, '公告没有写几个名额');
  await look(page, '列席公告');
  const saving = page.getByRole('link', { name: /加到日历/ });
  const [saved] = await Promise.all([page.waitForEvent('download'), saving.click()]);
  assert.match(saved.suggestedFilename(), /\.ics$/);
  const calendar = (await readFile(await saved.path(), 'utf8')).replaceAll('\r\n ', '');
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n/, '不是日历文件');
  assert.ok(calendar.includes(`DTSTART;VALUE=DATE:${day(AHEAD).replaceAll('-', '')}`), '日历里不是开会的日子');
  assert.ok(calendar.includes(TITLE), '日历里没有写什么会');
  return new URL(page.url()).pathname;
}

/** The form, where a mistake is told. */
async function seesTheForm(page, meeting) {
  await open(page, `${meeting}/baoming`);
  assert.match(await words(page), /还有 2 个名额/, '报名表没有写还有几个名额');
  await look(page, '报名');
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByText('写下您的姓名').first().waitFor();
  await look(page, '没有写姓名');
}

/** One enrols; answers what he was told, and his code. */
async function enrols(browser, meeting, [name, width, script]) {
  const context = script
    ? await contextFor(browser, width)
    : await browser.newContext({ viewport: { width, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, meeting);
  const way = page.locator('main a[href$="/baoming"]').first();
  await Promise.all([page.waitForURL(/baoming$/), way.click()]);
  assert.equal(await sidewaysOn(page), null, '报名要左右滚动');
  await page.fill('#xingming', name);
  await page.fill('#lianxi', '13800138000');
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByRole('heading', { name: '已经报名' }).waitFor();
  if (script) await look(page, '已经报名');
  const told = await words(page);
  const code = await page.locator('p.code').nth(1).innerText();
  await context.close();
  return { told, code };
}

/** Looks up an enrolment with its code. */
async function looksUp(page, code) {
  await open(page, '/liexi/wode');
  await page.fill('#ma', code.toLowerCase());
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText(/报名编号 \d+/).waitFor();
  return words(page);
}

async function calls(browser) {
  await asOrganiser(browser, drafts);
  await passReview(browser, ORGAN, TITLE, look);
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  const meeting = await readsIt(page);
  await seesTheForm(page, meeting);
  const enrolled = [];
  for (const person of PEOPLE) enrolled.push(await enrols(browser, meeting, person));
  const [first, second, third] = enrolled;
  for (const one of [first, second]) assert.match(one.told, /您有名额/, '先报的没有名额');
  assert.match(third.told, /您排候补第 1 位/, '第三个人没有排候补');
  assert.match(await looksUp(page, third.code), /候补第 1 位/);
  await look(page, '我的报名，候补');
  await looksUp(page, first.code);
  await page.getByRole('button', { name: '撤回报名' }).click();
  await page.getByText('已经撤回').first().waitFor();
  await look(page, '报名已经撤回');
  const now = await looksUp(page, third.code);
  assert.ok(/有名额/.test(now) && !/候补第/.test(now), `第三个人没有递补: ${now}`);
  await look(page, '我的报名，有名额');
  await context.close();
  await writeFile(NOTES, meeting);
  console.log('列席会议: 公告、日子不够不能送审、审查、三人报名、日历、第一人撤回、第三人递补, 都走通了');
}

/** Whoever moved up is told, and that is noted. */
async function notifies(browser) {
  const meeting = await readFile(NOTES, 'utf8');
  await asOrganiser(browser, async (page) => {
    await todo(page, '/baoming');
    const said = await words(page);
    for (const [name] of PEOPLE) assert.ok(!said.includes(name), '没有写理由就看得到姓名');
    const moved = page.locator('main tbody tr', { has: page.locator('th', { hasText: /^3$/ }) });
    assert.match(await moved.innerText(), /要通知/, '递补的没有列为要通知');
    await look(page, '报名的人');
    await page.fill('#bianhao', '3');
    await press(page, '登记', /done=tongzhi/);
    assert.doesNotMatch(await words(page), /要通知/, '通知过的还列为要通知');
  });
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, `${meeting}/baoming`, 409);
  await open(page, meeting);
  assert.match(await words(page), /报名截止，还没有开/, '没有写报名截止');
  await look(page, '报名截止');
  await context.close();
  console.log('列席会议: 报名截止、通知递补的人, 都走通了');
}

/** What is published after it; how many came is told with it. */
async function writesDown(page) {
  await todo(page, '/jiyao');
  await page.fill('#jiyao', RECORD);
  await page.locator('main').getByRole('button', { name: '送审', exact: true }).click();
  await page.getByText('写来了几个人').first().waitFor();
  assert.equal(await page.inputValue('#jiyao'), RECORD, '写的会议情况没有了');
  await look(page, '没有写来了几个人');
  await page.fill('#renshu', '2');
  await press(page, '送审', /done=jiyao/);
}

async function records(browser) {
  const meeting = await readFile(NOTES, 'utf8');
  await asOrganiser(browser, writesDown);
  await passReview(browser, ORGAN, TITLE, look);
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, meeting);
  await page.getByRole('heading', { name: '会议情况', exact: true }).waitFor();
  const said = await words(page);
  assert.ok(said.includes(RECORD) && /到场 2 人/.test(said), `没有公布会议情况: ${said}`);
  for (const [name] of PEOPLE) assert.ok(!said.includes(name), `露出了 ${name}`);
  await look(page, '会议情况');
  await open(page, `${meeting}/riqi.ics`, 404);
  await context.close();
  console.log('列席会议: 会后写会议情况、审查、公布在原来的网址, 都走通了');
}

const PHASES = { gonggao: calls, tongzhi: notifies, jiyao: records };

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

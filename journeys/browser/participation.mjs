// 征求意见, from notice to what changed because of it, in two days of one city. `kai`: a draft in clauses; a short period
// is refused without its reason; four hands review and publish it; people speak on a phone about a clause and without
// script about the whole, one takes his words back, a letter is registered, what the law forbids is hidden by two. `da`,
// after the last day: every opinion is answered, all are signed and published at once beside the final text, in a page
// and in two files; then what was published by mistake is withdrawn, the answers alone and the whole.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { barriersOn, contextFor, inBrowser, open, passSteps, sidewaysOn, signInAs, signInFor } from './browser.mjs';

const [, , , PHASE, NOTES] = process.argv;
const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const TITLE = '走查：公园夜间照明办法（草案）';
const DRAFT = '第一条 公园夜间照明到二十二时。\n第二条 照明亮度不影响周边居民休息。\n第三条 本办法自公布之日起施行。';
const FINAL = '第一条 公园夜间照明到二十二时。\n第二条 照明亮度不超过五勒克斯，不影响周边居民休息。\n第三条 本办法自公布之日起三十日后施行。';
const FORBIDDEN = '隔壁张演示住在演示路九号二楼，天天开灯。';

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();

async function press(page, name, to) {
  await Promise.all([page.waitForURL(to), page.getByRole('button', { name, exact: true }).first().click()]);
}

/** Somebody signed in, from one page on. */
async function as(browser, enter, does, width = 1280) {
  const context = await contextFor(browser, width);
  const page = await context.newPage();
  await enter(page);
  await does(page);
  await context.close();
}

const asOrganiser = (browser, does) => as(browser, (page) => signInAs(page, ...ORGANISER), does);

/** The to-do that leads to an address with this end. */
async function todo(page, rest) {
  const link = page.locator(`table.todos a[href$="${rest}"]`).first();
  assert.ok(await link.count(), `待办里没有 ${rest}`);
  await Promise.all([page.waitForURL(new RegExp(`${rest}$`)), link.click()]);
}

/** A notice is drafted; a period shorter than usual wants its reason, and what is lacking is told before it goes on. */
async function drafts(page) {
  await open(page, '/gongzuo/zhengji/xin');
  await look(page, '起草公告');
  await page.fill('#biaoti', TITLE);
  await page.fill('#caoan', DRAFT);
  await page.fill('#tianshu', '10');
  await press(page, '保存草稿', /done=qicao/);
  const lacks = await words(page);
  assert.match(lacks, /写明为什么起草/, '没有说还缺起草说明');
  assert.match(lacks, /期限少于三十日，写明理由/, '没有说少于三十日要写理由');
  await page.fill('#shuoming', '公园晚上黑，居民不敢走。');
  await press(page, '保存并送审', /done=baocun/);
  assert.match(await words(page), /期限少于三十日，写明理由.*第十五条/s, '少于三十日没有理由也送审了');
  await look(page, '公告草稿');
  await page.fill('#tianshu', '30');
  await press(page, '保存并送审', /done=songshen/);
}

/** The publisher releases what three others have passed. */
async function publishes(browser, rest, label, to) {
  let path;
  await as(browser, (page) => signInFor(page, ORGAN, 'publisher'), async (page) => {
    await todo(page, rest);
    await look(page, label);
    await press(page, '公布', to);
    path = new URL(page.url()).pathname;
  });
  return path;
}

/** Says something on the form; answers the query code. */
async function says(page, said, name = '') {
  await page.fill('#yijian', said);
  await page.fill('#xingming', name);
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByRole('heading', { name: '已经收到，谢谢您的意见' }).waitFor();
  return page.locator('p.code').nth(1).innerText();
}

/** On a phone with script: about one clause, a mistake first; another about the next clause, taken back; and one that
 *  nobody may spread. */
async function speakOnAPhone(browser, notice) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, notice);
  assert.match(await words(page), /还剩 30 天/, '没有写还剩几天');
  await look(page, '征求意见');
  await Promise.all([page.waitForURL(/tiao=2/), page.getByRole('link', { name: '对第二条提意见' }).click()]);
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByText('写下您的意见').first().waitFor();
  await look(page, '没有写意见');
  await says(page, '亮度写明不超过多少勒克斯，有事打13800138000', '朱走查');
  await look(page, '意见已经收到');
  await open(page, `${notice}/tijiao?tiao=3`);
  const code = await says(page, '写错了，不要这一条。');
  await open(page, '/yijian/wode');
  await page.fill('#ma', code.toLowerCase());
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('写错了').waitFor();
  await look(page, '我提的意见');
  await page.getByRole('button', { name: '撤回这条意见' }).click();
  await page.getByText('已经撤回').first().waitFor();
  await open(page, `${notice}/tijiao`);
  await says(page, FORBIDDEN);
  await context.close();
}

/** At a desk without script: about the whole draft. */
async function speaksWithoutScript(browser, notice) {
  const viewport = { width: 1280, height: 844 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, notice);
  await Promise.all([page.waitForURL(/tijiao$/), page.getByRole('link', { name: '对整个草案提意见' }).first().click()]);
  assert.equal(await sidewaysOn(page), null, '没有脚本的表要左右滚动');
  await says(page, '马上施行来不及，留一个月。', '林走查');
  await context.close();
}

/** A letter comes to the same place as what the web brings; what the law forbids is proposed to be hidden. */
async function registersAndProposes(page, id) {
  await open(page, `/gongzuo/zhengji/${id}/dengji`);
  await page.fill('#yijian', '照明到二十一时就够了。');
  await look(page, '登记意见');
  await press(page, '登记', /done=dengji/);
  await open(page, `/gongzuo/zhengji/${id}/yijian`);
  const said = await words(page);
  assert.match(said, /本人已撤回/, '撤回的没有写撤回');
  assert.ok(said.includes('来信') && !said.includes('13800138000'), '登记的没有列在一起，或者露出电话');
  await look(page, '收到的意见');
  await open(page, `/gongzuo/zhengji/${id}/yijian/3`);
  await page.getByText('提请屏蔽违法内容').click();
  assert.match(await words(page), /不同意草案、说得难听，都不是理由/);
  await page.getByLabel('泄露他人个人信息').check();
  await page.fill('#pb-liyou', '写了别人的住址');
  await look(page, '提请屏蔽');
  await press(page, '提请', /done=tiqing/);
}

/** Another person decides it. */
async function hides(browser) {
  await as(browser, (page) => signInFor(page, ORGAN, 'secrecy'), async (page) => {
    await todo(page, '/yijian/3/shending');
    await page.getByLabel(/^屏蔽，不公布/).check();
    await page.fill('#liyou', '是别人的住址');
    await look(page, '审定屏蔽');
    await press(page, '审定', /done=shending/);
  }, 390);
}

const VERDICTS = [[1, '采纳', '第二条写明不超过五勒克斯。'], [4, '采纳', '第三条改为三十日后施行。'], [5, '不采纳', '二十二时以前还有人散步。']];

/** Each opinion is answered, one after another; then all are handed in. */
async function answers(page) {
  await open(page, '/gongzuo/zhengji');
  await Promise.all([page.waitForURL(/zhengji\/[0-9a-f-]{36}$/), page.getByRole('link', { name: TITLE }).click()]);
  await Promise.all([page.waitForURL(/\/jieguo$/), page.getByRole('link', { name: '采纳情况', exact: true }).click()]);
  await look(page, '采纳情况');
  const desk = page.url();
  await Promise.all([page.waitForURL(/yijian\/1$/), page.getByRole('link', { name: /去答复第 1 条/ }).click()]);
  for (const [at, [number, verdict, reason]] of VERDICTS.entries()) {
    await page.getByRole('heading', { name: `第 ${number} 条意见` }).waitFor();
    await page.getByLabel(verdict, { exact: true }).check();
    if (at === 0) {
      await page.getByRole('button', { name: '保存，看下一条' }).click();
      await page.getByText('写明理由').first().waitFor();
      await look(page, '没有写理由');
    }
    await page.fill('#liyou', reason);
    const next = VERDICTS[at + 1];
    await press(page, '保存，看下一条', next ? new RegExp(`yijian/${next[0]}$`) : /jieguo$/);
  }
  await page.goto(desk);
  await page.fill('#zongti', '收到有效意见 3 条，采纳 2 条。');
  await page.fill('#dinggao', FINAL);
  await press(page, '保存并送审', /done=jieguo/);
}

/** The fields of a line of CSV. */
function fields(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"|"$/g, '').replaceAll('""', '"'));
}

/** What everybody reads at the end, on the page and in both files. */
async function reads(browser, result) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, result);
  const said = await words(page);
  assert.match(said, /朱\*\*/, '没有隐去姓名');
  for (const kept of ['朱走查', '林走查', '13800138000', '张演示', '写错了，不要']) {
    assert.ok(!said.includes(kept), `露出了 ${kept}`);
  }
  assert.match(said, /3\s*有效意见/, '没有数出有效意见');
  assert.match(said, /另有 1 条含有违法内容，经两个人审定/, '没有写屏蔽了几条');
  for (const [, verdict, reason] of VERDICTS) assert.ok(said.includes(verdict) && said.includes(reason), `没有 ${reason}`);
  assert.match(said, /采纳的意见：第 1 条/, '没有写因为哪条意见改的');
  assert.ok(await page.locator('main ins').count(), '没有标出新写的字');
  await look(page, '采纳情况');
  const csv = await (await page.request.get(`${page.url()}?format=csv`)).text();
  const lines = csv.replace(/^\ufeff/, '').trim().split(/\r?\n/).map(fields);
  const column = (name) => lines[0].indexOf(name);
  assert.ok(column('反馈人') >= 0 && column('是否采纳') >= 0 && column('理由') >= 0, `CSV 的列: ${lines[0]}`);
  assert.deepEqual(lines.slice(1).map((line) => [Number(line[column('序号')]), line[column('是否采纳')], line[column('理由')]]), VERDICTS);
  assert.equal(lines[1][column('反馈人')], '朱**');
  const told = await (await page.request.get(`${page.url()}?format=json`)).json();
  assert.deepEqual(told.opinions.map((one) => [one.number, one.verdict, one.reason]), VERDICTS);
  assert.deepEqual(told.opinions.map((one) => one.sender), ['朱**', '林**', '匿名']);
  await context.close();
}

/** What should not be public is proposed to be withdrawn by one and decided by another; its address says so. */
async function withdraws(browser, [desk, address], [reason, gone]) {
  await asOrganiser(browser, async (page) => {
    await open(page, desk);
    await page.fill('#liyou', reason);
    await look(page, '提出撤下');
    await press(page, '提出撤下', /done=tichu/);
  });
  await as(browser, (page) => signInFor(page, ORGAN, 'approver'), async (page) => {
    await todo(page, `${desk}/shending`);
    await page.getByLabel('撤下，不再公开').check();
    await page.fill('#liyou', '看过，是公布错了');
    await look(page, '审定撤下');
    await press(page, '审定', /done=shending/);
    await open(page, address, 410);
    const said = await words(page);
    assert.ok(said.includes(gone) && said.includes(reason), `原来的网址没有写撤下和理由: ${said}`);
    await look(page, '已撤下');
  }, 390);
}

const PHASES = {
  async kai(browser) {
    await asOrganiser(browser, drafts);
    await passSteps(browser, ORGAN, TITLE, look);
    const notice = await publishes(browser, '/gongbu', '公布公告', /\/yijian\/[0-9a-f-]+$/);
    await speakOnAPhone(browser, notice);
    await speaksWithoutScript(browser, notice);
    await asOrganiser(browser, (page) => registersAndProposes(page, notice.split('/').pop()));
    await hides(browser);
    await writeFile(NOTES, notice);
    console.log('征求意见: 起草、少于三十日不写理由不能送审、审查、公布、逐条和整体提意见、撤回、登记、两人屏蔽, 都走通了');
  },
  async da(browser) {
    const notice = await readFile(NOTES, 'utf8');
    const id = notice.split('/').pop();
    await asOrganiser(browser, answers);
    await passSteps(browser, ORGAN, TITLE, look);
    const result = await publishes(browser, '/jieguo/gongbu', '公布采纳情况', /\/jieguo$/);
    await reads(browser, result);
    await withdraws(browser, [`/gongzuo/canyu/jieguo/${id}/chexia`, result], ['定稿贴错了', '采纳情况已撤下']);
    await withdraws(browser, [`/gongzuo/zhengji/${id}/chexia`, notice], ['发错了草案', '征求意见已撤下']);
    console.log('征求意见: 截止、逐条答复、一起公布、定稿对照、CSV、JSON、撤下采纳情况、撤下全部, 都走通了');
  },
};

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

// 征求意见: a draft is put to the public by four hands, spoken about clause by clause without an account, read again
// and withdrawn with a code, and registered from a letter; what is over is answered opinion by opinion, and all answers
// are signed and published by others at once, with what changed because of them; what was put up by mistake is withdrawn.
import assert from 'node:assert/strict';
import { barriersOn, contextFor, inBrowser, open, passSteps, signInAs, signInFor } from './browser.mjs';

const ORGAN = 'XM01010';
const ORGANISER = ['xm01010.a', '公众参与组织人员'];
const TITLE = '走查：公园夜间照明办法（草案）';
const CLOSED = '校园周边交通管理措施';
const DRAFT = '第一条 公园夜间照明到二十二时。\n第二条 照明亮度不影响周边居民休息。\n第三条 本办法自公布之日起施行。';
const FINAL = '一、目标\n上学、放学时段校园周边道路畅通，学生步行安全。\n二、措施\n（一）学校门口一百米内，上学、放学时段禁止停车。\n（二）在有条件的学校设家长接送区并划线，即停即走。\n（三）步行上学路线设人行信号灯和减速设施，车流大的学校先设。\n三、实施\n自新学期起试行一个学期，期满评估。';

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();

async function press(page, name, to) {
  await Promise.all([page.waitForURL(to), page.getByRole('button', { name, exact: true }).first().click()]);
}

async function asOrganiser(browser, does) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signInAs(page, ...ORGANISER);
  await does(page);
  await context.close();
}

/** A notice is drafted; what it lacks is told before it is handed in. */
async function drafts(page) {
  await open(page, '/gongzuo/zhengji/xin');
  await look(page, '起草公告');
  await page.fill('#biaoti', TITLE);
  await page.fill('#caoan', DRAFT);
  await press(page, '保存草稿', /done=qicao/);
  assert.match(await words(page), /写明为什么起草/, '没有说还缺起草说明');
  await page.fill('#shuoming', '公园晚上黑，居民不敢走。');
  await look(page, '公告草稿');
  await press(page, '保存并送审', /done=songshen/);
}

/** The publisher releases what three others have passed. */
async function publishes(browser, rest, button, to) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signInAs(page, `${ORGAN.toLowerCase()}.e`, '发布员');
  const todo = page.locator(`table.todos a[href$="${rest}"]`).first();
  assert.ok(await todo.count(), `发布员的待办里没有 ${rest}`);
  await Promise.all([page.waitForURL(new RegExp(`${rest}$`)), todo.click()]);
  await look(page, button);
  await press(page, button, to);
  const path = new URL(page.url()).pathname;
  await context.close();
  return path;
}

/** Somebody without an account speaks about one clause, reads it again, and takes another back. */
async function speaks(browser, notice) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, notice);
  assert.match(await words(page), /还剩 30 天/, '没有写还剩几天');
  await look(page, '征求意见');
  await Promise.all([page.waitForURL(/tiao=2/), page.getByRole('link', { name: '对第二条提意见' }).click()]);
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByText('写下您的意见').first().waitFor();
  await look(page, '没有写意见');
  await page.fill('#yijian', '亮度写明不超过多少勒克斯，有事打13800138000');
  await page.fill('#xingming', '朱走查');
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByRole('heading', { name: '已经收到，谢谢您的意见' }).waitFor();
  await look(page, '意见已经收到');
  const code = await page.locator('p.code').nth(1).innerText();
  await open(page, '/yijian/wode');
  await page.fill('#ma', code.toLowerCase());
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('亮度写明').waitFor();
  await look(page, '我提的意见');
  await page.getByRole('button', { name: '撤回这条意见' }).click();
  await page.getByText('已经撤回').first().waitFor();
  await context.close();
}

/** A letter comes to the same place as what the web brings. */
async function registers(page, id) {
  await open(page, `/gongzuo/zhengji/${id}/dengji`);
  await page.fill('#yijian', '照明到二十一时就够了。');
  await look(page, '登记意见');
  await press(page, '登记', /done=dengji/);
  await open(page, `/gongzuo/zhengji/${id}/yijian`);
  const said = await words(page);
  assert.match(said, /本人已撤回/, '撤回的没有写撤回');
  assert.ok(said.includes('来信') && !said.includes('13800138000'), '登记的没有列在一起，或者露出电话');
  await look(page, '收到的意见');
}

/** Each opinion on a draft that is over is answered, one after another; then all are handed in. */
async function answers(page) {
  await open(page, '/gongzuo');
  const todo = page.locator('table.todos tr', { hasText: CLOSED }).getByRole('link').first();
  await Promise.all([page.waitForURL(/\/jieguo$/), todo.click()]);
  await look(page, '采纳情况');
  const desk = page.url();
  await Promise.all([page.waitForURL(/yijian\/1$/), page.getByRole('link', { name: /去答复第 1 条/ }).click()]);
  for (let number = 1; number <= 4; number += 1) {
    await page.getByRole('heading', { name: `第 ${number} 条意见` }).waitFor();
    await page.getByLabel(number === 4 ? '不采纳' : '采纳', { exact: true }).check();
    if (number === 1) {
      await page.getByRole('button', { name: '保存，看下一条' }).click();
      await page.getByText('写明理由').first().waitFor();
      await look(page, '没有写理由');
    }
    await page.fill('#liyou', number === 4 ? '放学时间由各学校定。' : '已经写进定稿。');
    await press(page, '保存，看下一条', number === 4 ? /jieguo$/ : new RegExp(`yijian/${number + 1}$`));
  }
  await page.goto(desk);
  await page.fill('#zongti', '收到意见 4 条，采纳 3 条。');
  await page.fill('#dinggao', FINAL);
  await press(page, '保存并送审', /done=jieguo/);
}

/** What everybody reads at the end. */
async function reads(browser, result) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, result);
  const said = await words(page);
  assert.match(said, /庄\*\*/, '没有隐去姓名');
  assert.ok(!said.includes('庄演示'), '露出了姓名');
  assert.match(said, /4\s*有效意见/, '没有数出意见');
  assert.match(said, /采纳的意见：第 1 条/, '没有写因为哪条意见改的');
  assert.ok(await page.locator('main ins').count(), '没有标出新写的字');
  await look(page, '采纳情况');
  const csv = await page.request.get(`${page.url()}?format=csv`);
  assert.match(await csv.text(), /不采纳/, 'CSV 里没有答复');
  await context.close();
}

/** What should not be public is proposed to be withdrawn by one and decided by another; its address says so. */
async function withdraws(browser, notice) {
  await asOrganiser(browser, async (page) => {
    await open(page, `/gongzuo/zhengji/${notice.split('/').pop()}/chexia`);
    await page.fill('#liyou', '发错了草案');
    await look(page, '撤下征求意见');
    await press(page, '提出撤下', /done=tichu/);
  });
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await signInFor(page, ORGAN, 'approver');
  const todo = page.locator('table.todos a[href$="/chexia/shending"]').first();
  await Promise.all([page.waitForURL(/chexia\/shending$/), todo.click()]);
  await page.getByLabel('撤下，不再公开').check();
  await page.fill('#liyou', '看过，是发错了');
  await look(page, '审定撤下');
  await press(page, '审定', /done=shending/);
  await page.goto(new URL(notice, page.url()).href);
  const said = await words(page);
  assert.ok(said.includes('已撤下') && said.includes('发错了草案'), '原来的网址没有写撤下和理由');
  await context.close();
}

await inBrowser(async (browser) => {
  await asOrganiser(browser, drafts);
  await passSteps(browser, ORGAN, TITLE, look);
  const notice = await publishes(browser, '/gongbu', '公布', /\/yijian\/[0-9a-f-]+$/);
  await speaks(browser, notice);
  await asOrganiser(browser, async (page) => {
    await registers(page, notice.split('/').pop());
    await answers(page);
  });
  await passSteps(browser, ORGAN, CLOSED, look);
  const result = await publishes(browser, '/jieguo/gongbu', '公布', /\/jieguo$/);
  await reads(browser, result);
  await withdraws(browser, notice);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
  console.log('征求意见: 起草、审查、公布、逐条提意见、撤回、登记、逐条答复、一起公布、撤下, 都走通了');
});

// 互动交流: a letter from question to published answer. A citizen writes on a phone without script and at a desk with
// it; the organ takes it in, one answers, another looks at the answer; the writer reads and rates it; what was asked
// and answered is reviewed, signed and released by others, and whoever asks the same finds it. Whoever takes back
// his consent finds it gone.
import assert from 'node:assert/strict';
import { barriersOn, contextFor, inBrowser, open, passReview, sidewaysOn, signInAs, signInFor } from './browser.mjs';

const ORGAN = 'XM01023';
const SITE = '/siming';
const HANDLER = [`${ORGAN.toLowerCase()}.i`, '互动交流办理人员'];
const WAYS = [
  { name: '手机，没有脚本', width: 390, script: false, title: '走查：社区食堂几点开门' },
  { name: '桌面，有脚本', width: 1280, script: true, title: '走查：助餐卡在哪里办' },
];
const NAME = '林秀英';
const PHONE = '13900001234';
const ANSWER = '请到所在社区居委会办理，工作日都可以办。';

let barriers = 0;
const words = (page) => page.locator('main').innerText();

/** Presses a button and waits for what comes. */
async function press(scope, page, name) {
  await Promise.all([page.waitForEvent('load'), scope.getByRole('button', { name, exact: true }).first().click()]);
}

/** One way of writing: a width, with script or without. */
class Way {
  constructor(browser, way) {
    Object.assign(this, { browser, ...way });
  }

  async page() {
    if (this.script) return (await contextFor(this.browser, this.width)).newPage();
    const viewport = { width: this.width, height: 844 };
    return (await this.browser.newContext({ viewport, javaScriptEnabled: false })).newPage();
  }

  /** Barriers are looked for where script runs; sideways scrolling everywhere. */
  async look(page, label) {
    if (this.script) barriers += await barriersOn(page, `${this.name} ${label}`);
    assert.equal(await sidewaysOn(page), null, `${this.name} ${label}: 要左右滚动`);
  }

  /** Writes a letter from the one entrance; answers what the receipt gives. */
  async writes(page) {
    await open(page, `${SITE}/zixun`);
    await this.look(page, '互动交流');
    await page.getByRole('link', { name: /写留言/ }).first().click();
    await page.waitForURL(/\/zixun\/xie/);
    await press(page, page, '提交留言');
    assert.match(await words(page), /处需要修改/, '空着的留言没有说哪里要改');
    await this.look(page, '写留言，有错');
    await page.getByRole('radio', { name: /咨询/ }).check();
    await page.selectOption('#jiguan', ORGAN);
    await page.fill('#biaoti', this.title);
    await page.fill('#neirong', `我是${NAME}，电话${PHONE}。${this.title}？`);
    await page.fill('#xingming', NAME);
    await page.fill('#dianhua', PHONE);
    await page.check('#gongkai');
    await press(page, page, '提交留言');
    await page.getByRole('heading', { name: '已经收到您的留言' }).waitFor();
    assert.match(await words(page), /最迟 \d{4}年\d{1,2}月\d{1,2}日|最迟 \d{4}-\d{2}-\d{2}/, '回执没有写最迟哪天答复');
    await this.look(page, '回执');
    const [number, code] = await page.locator('p.code').allInnerTexts();
    return { number, code };
  }

  /** Looks up the letter with its code and the last figures of the telephone. */
  async tracks(page, { code }) {
    await open(page, `${SITE}/zixun/jindu`);
    await page.fill('#ma', code);
    await page.fill('#weihao', PHONE.slice(-4));
    await press(page, page, '查询');
    return words(page);
  }
}

/** Somebody signed in at a desk of the organ, at the page of the letter. */
async function at(browser, letter, enter) {
  const page = await (await contextFor(browser, 1280)).newPage();
  await enter(page);
  if (letter.path) await open(page, letter.path);
  return page;
}

async function takesIn(browser, letter) {
  const page = await at(browser, letter, (page) => signInAs(page, ...HANDLER));
  await open(page, '/gongzuo/liuyan');
  const link = page.locator('main table a', { hasText: letter.title }).first();
  await Promise.all([page.waitForURL(/\/gongzuo\/liuyan\/[0-9a-f]/), link.click()]);
  letter.path = new URL(page.url()).pathname;
  const said = await words(page);
  assert.ok(!said.includes(PHONE) && !said.includes(NAME), '留言里的姓名、电话没有隐去');
  barriers += await barriersOn(page, '待受理的留言');
  await press(page, page, '受理');
  assert.match(await words(page), /办理中/, '没有受理');
  await page.fill('#dafu', ANSWER);
  // What was typed is still there where another act of the page is refused, and in the draft when one comes back.
  await page.locator('summary', { hasText: '转给别的机关' }).click();
  await press(page, page, '转办');
  assert.match(await words(page), /选转给哪个机关/, '没有选机关也转办了');
  assert.equal(await page.inputValue('#dafu'), ANSWER, '写好的答复没有了');
  barriers += await barriersOn(page, '转办没有选机关');
  await press(page, page, '保存草稿');
  await open(page, letter.path);
  assert.equal(await page.inputValue('#dafu'), ANSWER, '草稿没有保存');
  await press(page, page, '送审');
  assert.equal(await page.getByRole('button', { name: '发出答复' }).count(), 0, '没有人审核就能发出');
  return page;
}

async function looksAtTheAnswer(browser, letter) {
  const page = await at(browser, letter, (page) => signInFor(page, ORGAN, 'reviewer'));
  barriers += await barriersOn(page, '审核答复');
  await page.check('#shenhe');
  await press(page, page, '确定');
  await page.context().close();
}

async function sendsAndPublishes(page, letter) {
  await open(page, letter.path);
  await press(page, page, '发出答复');
  assert.match(await words(page), /已答复/, '没有发出');
}

async function proposesToPublish(page, letter) {
  await open(page, letter.path);
  const question = await page.locator('#wen').inputValue();
  assert.ok(!question.includes(NAME) && !question.includes(PHONE), '公开的问题没有隐去姓名、电话');
  await page.fill('#biaoti', letter.title);
  barriers += await barriersOn(page, '公开问题和答复');
  await press(page, page, '送审公开');
  await page.context().close();
}

async function oneLetter(browser, kind) {
  const way = new Way(browser, kind);
  const writer = await way.page();
  const letter = { ...(await way.writes(writer)), title: kind.title };
  const handler = await takesIn(browser, letter);
  assert.ok(!(await way.tracks(writer, letter)).includes(ANSWER), '没有审核的答复给人看到了');
  await looksAtTheAnswer(browser, letter);
  await sendsAndPublishes(handler, letter);
  assert.ok((await way.tracks(writer, letter)).includes(ANSWER), '凭查询码看不到答复');
  await way.look(writer, '看答复');
  await writer.getByRole('radio', { name: '满意', exact: true }).check();
  await press(writer, writer, '提交评价');
  assert.match(await words(writer), /谢谢您的评价/, '评价没有收下');
  await proposesToPublish(handler, letter);
  await passReview(browser, ORGAN, letter.title);
  await open(writer, `${SITE}/zixun/xuandeng`);
  await writer.getByRole('link', { name: letter.title }).click();
  const said = await words(writer);
  assert.ok(said.includes(ANSWER) && !said.includes(NAME) && !said.includes(PHONE), '公开的答复不对');
  await way.look(writer, '公开的答复');
  const published = new URL(writer.url()).pathname;
  await way.tracks(writer, letter);
  await writer.locator('details', { hasText: '别人能不能看到' }).locator('summary').click();
  await press(writer, writer, '改为不同意公开');
  assert.match(await words(writer), /您不同意/, '不同意没有记下');
  // Whoever comes now; the writer's own browser may still keep what it was shown.
  await open(await way.page(), published, 410);
  await writer.context().close();
  console.log(`${way.name}: ${letter.number} 从留言到公开的答复；不再同意以后撤下`);
}

await inBrowser(async (browser) => {
  for (const way of WAYS) await oneLetter(browser, way);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
  console.log(`互动交流从写到公开，${barriers} 处障碍`);
});

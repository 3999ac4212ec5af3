// 亮牌: a letter that nobody answers bears 黄牌 on its seventh working day and 红牌 from the eighth, on the officer's list
// and in the numbers that everybody sees. `xie` writes it and leaves how many days there are; `diqi` is its last day,
// `diba` the day after.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barriersOn, contextFor, inBrowser, open, signInAs } from './browser.mjs';

const [, , , PHASE, FOLDER] = process.argv;
const ORGAN = 'XM01023';
const SITE = '/siming';
const HANDLER = [`${ORGAN.toLowerCase()}.i`, '互动交流办理人员'];
const TITLE = '走查：助餐卡补办要几天';

let barriers = 0;
const words = (page) => page.locator('main').innerText();
const kept = (name) => join(FOLDER, name);

/** How many questions of the district were not answered in their time, as everybody reads it. */
async function overdue(browser) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, `${SITE}/zixun/tongji`);
  barriers += await barriersOn(page, '答复得怎么样');
  const row = page.locator('main tbody tr', { has: page.locator('th', { hasText: /^咨询$/ }) });
  const number = Number(await row.locator('td[data-l="其中逾期未答"]').innerText());
  await context.close();
  return number;
}

/** What the officer's list says of the letter under a card, and how many letters bear it. */
async function listed(page, card, name) {
  await open(page, `/gongzuo/liuyan?pai=${card}`);
  barriers += await barriersOn(page, `${name}的留言`);
  const many = Number(await page.locator('.strip .kpi', { hasText: name }).locator('b').innerText());
  const row = page.locator('main tbody tr', { hasText: TITLE });
  return { many, row: (await row.count()) ? await row.first().innerText() : '' };
}

async function asHandler(browser, does) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signInAs(page, ...HANDLER);
  await does(page);
  await context.close();
}

const PHASES = {
  async xie(browser) {
    const context = await contextFor(browser, 390);
    const page = await context.newPage();
    await open(page, `${SITE}/zixun/xie`);
    await page.getByRole('radio', { name: /咨询/ }).check();
    await page.selectOption('#jiguan', ORGAN);
    await page.fill('#biaoti', TITLE);
    await page.fill('#neirong', '助餐卡丢了，补办要几天？');
    await page.getByRole('button', { name: '提交留言' }).click();
    await page.getByRole('heading', { name: '已经收到您的留言' }).waitFor();
    const due = (await words(page)).match(/最迟 ?(\d{4})[年-](\d{1,2})[月-](\d{1,2})/);
    assert.ok(due, '回执没有写最迟哪天答复');
    const [year, month, day] = due.slice(1).map(Number);
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const days = (Date.UTC(year, month - 1, day) - Date.parse(today)) / 86_400_000;
    // Seven working days have at least a weekend between them; a long holiday makes them more.
    assert.ok(days >= 9 && days < 25, `一般留言的期限是 ${days} 天`);
    await writeFile(kept('tianshu.txt'), String(days));
    await context.close();
    console.log(`亮牌: 留言写好，${days} 天以后到期`);
  },
  async diqi(browser) {
    await asHandler(browser, async (page) => {
      const yellow = await listed(page, 'huangpai', '黄牌');
      assert.ok(yellow.row.includes('黄牌') && !yellow.row.includes('红牌'), `第七个工作日: ${yellow.row}`);
      const red = await listed(page, 'hongpai', '红牌');
      assert.equal(red.row, '', '第七个工作日就亮红牌');
      await writeFile(kept('hong.json'), JSON.stringify([red.many, await overdue(browser)]));
    });
    console.log('亮牌: 第七个工作日是黄牌');
  },
  async diba(browser) {
    const [many, before] = JSON.parse(await readFile(kept('hong.json'), 'utf8'));
    await asHandler(browser, async (page) => {
      const red = await listed(page, 'hongpai', '红牌');
      assert.ok(red.row.includes('红牌'), '第八个工作日没有亮红牌');
      assert.ok(red.many > many, `红牌还是 ${red.many} 件`);
      assert.ok((await overdue(browser)) > before, '统计里逾期未答没有多');
    });
    console.log('亮牌: 第八个工作日起是红牌，工作台和统计都数进去');
  },
};

await inBrowser(async (browser) => {
  await PHASES[PHASE](browser);
  assert.equal(barriers, 0, `${barriers} 处无障碍问题`);
});

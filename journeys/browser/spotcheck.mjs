// 抽查: whoever answers for openness looks at a document that was drawn, says what is wrong with it and by when
// it is to be put right; the drafter of the organ answers; the checker sends the answer back once, with a
// reason, and closes the case on the second. Whoever wrote the document finds nothing to check. Once on a
// phone without script and once on a desk with it.
import assert from 'node:assert/strict';
import { ADDRESS, barriersOn, contextFor, inBrowser, open, sidewaysOn, signInAs, signInFor } from './browser.mjs';

const ORGAN = 'XM01010';
const CHECKER = ['xm01010.f', '公开工作机构负责人'];
let barriers = 0;

const press = (page, name, url) =>
  Promise.all([page.waitForURL(url), page.getByRole('button', { name, exact: true }).first().click()]);
const words = (page) => page.locator('main').innerText();

async function look(page, script, label) {
  if (script) barriers += await barriersOn(page, label);
  assert.equal(await sidewaysOn(page), null, `${label}: 要左右滚动`);
}

/** A page of its own for somebody, at one width, with script or without. */
async function somebody(browser, { width, script }, enter) {
  const viewport = { width, height: 844 };
  const context = script ? await contextFor(browser, width) : await browser.newContext({ viewport, javaScriptEnabled: false });
  const page = await context.newPage();
  await enter(page);
  return page;
}

/** Opens the first to-do with this verb; where it leads. */
async function todo(page, act) {
  await open(page, '/gongzuo');
  const link = page.locator('table.todos').getByRole('link', { name: new RegExp(`^${act}`) }).first();
  assert.ok(await link.count(), `待办里没有“${act}”`);
  await Promise.all([page.waitForURL(/choucha\//), link.click()]);
  return new URL(page.url()).pathname;
}

/** What was wrong is told; a half filled line is no finding. */
async function tells(page, script) {
  const path = await todo(page, '去抽查');
  await look(page, script, '抽查一件');
  await page.fill('#wenti-1', '没有写明联系人（走查）');
  await page.getByRole('button', { name: '告知问题，限期整改' }).click();
  await page.getByText('没有选种类或者轻重').first().waitFor();
  await open(page, path);
  await page.selectOption('#zhonglei-1', { index: 1 });
  await page.selectOption('#qingzhong-1', { index: 1 });
  await page.fill('#wenti-1', '没有写明联系人（走查）');
  await press(page, '告知问题，限期整改', /done=wenti/);
  return path;
}

async function answers(page, path, text) {
  await open(page, path);
  for (const name of ['接办', '没有发现问题', '复查通过']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, `起草人有“${name}”`);
  }
  await page.fill('#zhenggai', text);
  await press(page, '答复', /done=zhenggai/);
}

/** One case from the finding to its end. */
async function puts(browser, way, begin) {
  const checker = await somebody(browser, way, (page) => signInAs(page, ...CHECKER));
  await open(checker, '/gongzuo/choucha');
  await look(checker, way.script, '抽查');
  const drafter = await somebody(browser, way, (page) => signInFor(page, ORGAN, 'drafter'));
  const path = begin ? await tells(checker, way.script) : await todo(drafter, '去整改');
  await answers(drafter, path, '已在原文补充（走查）');
  await todo(checker, '去复查');
  await open(checker, path);
  await checker.fill('#yijian', '电话写错了（走查）');
  await press(checker, '重新整改', /done=chongbao/);
  await answers(drafter, path, '电话已改正（走查）');
  await open(checker, path);
  await press(checker, '复查通过', /done=tongguo/);
  const said = await words(checker);
  assert.ok(said.includes('退回重新整改') && said.includes('复查通过'), '两次整改没有都留下');
  await look(checker, way.script, '办结的抽查');
  await checker.context().close();
  await drafter.context().close();
}

/** By hand nobody checks who has no part in it. */
async function nobodyElse(browser) {
  const page = await somebody(browser, { width: 1280, script: true }, (page) => signInFor(page, ORGAN, 'reviewer'));
  const answer = await page.goto(new URL('/gongzuo/choucha/guize', ADDRESS).href);
  assert.equal(answer.status(), 403, '初审人可以定抽查规则');
  await page.context().close();
}

await inBrowser(async (browser) => {
  await puts(browser, { width: 390, script: false }, true);
  console.log('手机，没有脚本: 抽查、告知问题、整改、退回、再整改、复查通过');
  await puts(browser, { width: 1280, script: true }, false);
  console.log('桌面，有脚本: 整改、退回、再整改、复查通过');
  await nobodyElse(browser);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
});

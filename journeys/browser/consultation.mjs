// 征求意见, 审核, 送审: a district's draft on which opinions were taken is handed in, with what it touches
// shown before, reviewed, signed and released by four others; the public finds it among the versions. A draft on which opinions
// are still taken is released by nobody, neither by the page's form nor by one made by hand.
import assert from 'node:assert/strict';
import { ADDRESS, barriersOn, contextFor, inBrowser, open, passReview, signIn } from './browser.mjs';

const ENDED = { clerk: 'XM01023', issues: 'XM01001', domain: 'shehuijiuzhu', name: '社会救助', site: '/siming', place: '思明区' };
const RUNNING = { clerk: 'XM02022', domain: 'jiuye', name: '就业', site: '/haicang' };
const DAY = /\d{4}-\d{2}-\d{2}/;

let barriers = 0;
const look = async (page, label) => { barriers += await barriersOn(page, label); };
const words = (page) => page.locator('main').innerText();
const desk = ({ domain }) => `/gongzuo/mulu/${domain}/fabu`;
const history = ({ site, domain }) => `${site}/mulu/${domain}/banben`;

/** Presses a button and waits for the address it leads to. */
async function press(page, name, to) {
  await Promise.all([page.waitForURL(to), page.getByRole('button', { name, exact: true }).click()]);
}

/** What anybody reads of a draft that is before the public. */
async function publicReads(browser, draft, expected) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await open(page, `${draft.site}/mulu/${draft.domain}`);
  await page.getByRole('link', { name: expected.link }).click();
  await page.getByRole('heading', { name: '这是征求意见稿，还没有施行' }).waitFor();
  const said = await words(page);
  assert.match(said, new RegExp(`征求意见时间：${DAY.source} 至 ${DAY.source}`), '没有写征求意见的起止');
  assert.match(said, expected.say, '没有说现在能不能提意见');
  assert.equal(said.includes('寄到'), expected.takes, '提意见的办法与是否截止不符');
  await look(page, '征求意见稿');
  await page.getByRole('link', { name: /与第1版的差异/ }).first().click();
  assert.match(await words(page), /演示数据补写|公开方式/, '差异页没有列出改动');
  await context.close();
}

async function releasesWhatWasAsked(browser) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signIn(page, ENDED.clerk);
  const todo = page.getByRole('link', { name: new RegExp(`去审核：${ENDED.name}`) });
  await Promise.all([page.waitForURL(/\/fabu$/), todo.click()]);
  assert.match(await words(page), /下一步：审核/, '截止以后没有到审核');
  assert.equal(await page.getByRole('button', { name: '送审', exact: true }).count(), 0, '没有审核就能送审');
  await look(page, '待审核');
  await press(page, '进入审核', /done=reviewing/);
  const impact = await words(page);
  assert.match(impact, /可以送审/, '还有拦着送审的错误');
  assert.match(impact, /\d+\s*改动的事项/, '影响范围没有数出改动');
  assert.match(impact, /公开方式：\s*没有写 → 主动/, '影响范围没有说从什么改成什么');
  assert.ok(impact.includes(`${ENDED.place}门户：${ENDED.name}领域目录`), '影响范围没有列出页面');
  await look(page, '影响范围');
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await page.getByText('请先看过影响范围').first().waitFor();
  await page.check('#sure');
  await press(page, '送审', /done=submitted/);
  await passReview(browser, ENDED.issues, ENDED.name, look);
  await open(page, history(ENDED));
  const first = page.locator('tbody tr').first();
  const row = await first.innerText();
  assert.match(row, /第\s*2\s*版/, '历次版本没有新版');
  assert.ok(row.includes('现行有效'), '新版没有标为现行有效');
  assert.match(row, new RegExp(`${DAY.source} 发布`), '新版没有写哪天发布');
  assert.match(row, /修改 \d+ 项/, '新版没有写改了几项');
  const before = await page.locator('tbody tr').nth(1).innerText();
  assert.match(before, /已更替[^]*原已印发/, '上一版没有写明已更替、原已印发');
  await look(page, '历次版本');
  await context.close();
}

/** How a form made by hand is answered, and what the page says. */
function byHand(page, path, fields) {
  return page.evaluate(async ([address, given]) => {
    const seal = document.querySelector('form[method=post] input[type=hidden]');
    const body = new URLSearchParams({ [seal.name]: seal.value, ...given });
    const answer = await fetch(address, { method: 'POST', body });
    return { status: answer.status, to: answer.url, said: await answer.text() };
  }, [new URL(path, ADDRESS).href, fields]);
}

async function nobodyCutsShortWhoIsAsked(browser) {
  const context = await contextFor(browser, 1280);
  const page = await context.newPage();
  await signIn(page, RUNNING.clerk);
  await open(page, desk(RUNNING));
  assert.match(await words(page), /正在征求意见/, '没有说正在征求意见');
  for (const name of ['送审', '进入审核']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, `征求意见期间有“${name}”`);
  }
  await look(page, '正在征求意见');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const submit = { do: 'submit', qi: today, sure: '1', liyou: '急用（走查）' };
  for (const form of [submit, { do: 'review' }]) {
    const answer = await byHand(page, desk(RUNNING), form);
    assert.ok(!answer.to.includes('done='), `手写的${form.do}被接受`);
    assert.match(answer.said, /才截止/, `手写的${form.do}没有说为什么不行`);
  }
  await open(page, history(RUNNING));
  const row = await page.locator('tbody tr').first().innerText();
  assert.match(row, /征求意见稿[^]*尚未施行[^]*尚未发布/, '征求意见稿被发布了');
  await context.close();
}

await inBrowser(async (browser) => {
  await publicReads(browser, ENDED, { link: /征求意见已于 .* 截止/, say: /截止，正在研究采纳/, takes: false });
  await publicReads(browser, RUNNING, { link: /下一版正在征求意见/, say: /把意见告诉.*海沧区人民政府/, takes: true });
  await nobodyCutsShortWhoIsAsked(browser);
  await releasesWhatWasAsked(browser);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
  console.log(`征求意见截止后审核、送审、签发、发布，进入历次版本；征求意见期间发布不了，${barriers} 处障碍`);
});

// A clerk changes cells of a draft in the table itself, once with script and once without: keeps a cell,
// leaves one, is asked about a limit nobody can read, meets a colleague's change and loses neither, takes
// the last change back, and loses nothing typed when the server refuses or somebody presses elsewhere. On a desk and on a phone; every state is looked at for barriers.
import assert from 'node:assert/strict';
import { barriersOn, contextFor, inBrowser, open, sidewaysOn, signIn } from './browser.mjs';

const LEAD = 'XM00023';
const DOMAIN = 'yanglaofuwu';
const DESK = `/gongzuo/mulu/${DOMAIN}`;

let barriers = 0;
async function look(page, label) {
  barriers += await barriersOn(page, label);
  assert.equal(await sidewaysOn(page), null, `${label}: 页面要左右滚动`);
}

const said = async (page) => (await page.locator('.said').first().innerText()).trim();
const rowAt = (page, at) => page.locator('tr[id^=hang-]').nth(at - 1);
const field = (page, column) => page.getByRole('textbox', { name: new RegExp(`^${column}.*第 \\d+ 行$`) });
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');
const cellOf = (page, at, column) => page.getByRole('link', { name: new RegExp(`^修改${column}，第 ${at} 行$`) });

/** Opens a cell and expects its field to have the focus. */
async function openCell(page, at, column, id) {
  await cellOf(page, at, column).click();
  await page.locator(`[data-editing] #e-${id}`).waitFor();
  assert.equal(await focused(page), `e-${id}`, `${column}没有得到焦点`);
}

async function begin(page) {
  await open(page, DESK);
  await Promise.all([page.waitForURL(/done=begun/), page.getByRole('button', { name: '起草下一版' }).click()]);
}

/** Keeps a limit and takes it back. */
async function keepAndUndo(page, label) {
  const before = await page.locator('tr[id^=hang-]').nth(1).locator('td').nth(1).innerText();
  await openCell(page, 2, '公开时限', 'shixian');
  await look(page, `${label}：一行改动中`);
  await field(page, '公开时限').fill('每月公开一次');
  await field(page, '公开时限').press('Enter');
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  assert.equal(await said(page), '这一行已保存。');
  assert.match(await focused(page), /^c-.*-shixian$/, '保存以后没有回到原来的格');
  const row = page.locator('tr[id^=hang-]').nth(1);
  assert.match(await row.innerText(), /每月公开一次/);
  const undo = page.getByRole('button', { name: /^撤销：把第 2 行“.*”的公开时限改回“.*”$/ });
  await look(page, `${label}：已保存`);
  await undo.click();
  await page.getByText('已撤销上一步').first().waitFor();
  assert.equal(await page.locator('tr[id^=hang-]').nth(1).locator('td').nth(1).innerText(), before, '没有改回原样');
  assert.equal(await page.getByRole('button', { name: /^撤销：/ }).count(), 0, '没有可撤销的了，按钮还在');
}

/** A limit that nobody can read is asked about where it was typed, and kept when said twice. */
async function saidTwice(page, label) {
  await openCell(page, 3, '公开时限', 'shixian');
  await field(page, '公开时限').fill('视情况而定');
  await page.getByRole('button', { name: '保存，第 3 行' }).click();
  await page.locator('[data-editing] .msg').waitFor();
  assert.match(await page.locator('[data-editing] .msg').innerText(), /没有读懂.*再按一次保存/);
  assert.equal(await field(page, '公开时限').inputValue(), '视情况而定', '写的字没有留下');
  assert.equal(await focused(page), 'e-shixian', '焦点不在要改的格');
  await look(page, `${label}：没有读懂`);
  await page.getByRole('button', { name: '保存，第 3 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  const row = page.locator('tr[id^=hang-]').nth(2);
  assert.match(await row.innerText(), /视情况而定/);
  assert.equal(await row.locator('details[open] .findings').count(), 1, '这一行的检查结果没有展开');
  await page.getByRole('button', { name: /^撤销：把第 3 行/ }).click();
  await page.getByText('已撤销上一步').first().waitFor();
}

/** Somebody else keeps the row while it is open here. */
async function meetsAColleague(page, other, label) {
  await openCell(page, 1, '公开主体', 'zhuti');
  await open(other, DESK);
  await openCell(other, 1, '公开时限', 'shixian');
  await field(other, '公开时限').fill('每季度公开一次');
  await other.getByRole('button', { name: '保存，第 1 行' }).click();
  await other.locator('[data-editing]').waitFor({ state: 'detached' });
  await field(page, '公开主体').fill('市民政局、市财政局');
  await page.getByRole('button', { name: '保存，第 1 行' }).click();
  await page.locator('[data-editing] .msg').waitFor();
  const row = await page.locator('[data-editing]').innerText();
  assert.match(row, /已经被别人改过/);
  assert.match(row, /公开时限现在是\s*每季度公开一次/, '没有说别人改成了什么');
  assert.equal(await field(page, '公开主体').inputValue(), '市民政局、市财政局', '写的字没有留下');
  assert.equal(await field(page, '公开时限').inputValue(), '每季度公开一次', '别人改的一栏没有并进来');
  await look(page, `${label}：别人改过`);
  await page.getByRole('button', { name: '保存，第 1 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  const kept = await page.locator('tr[id^=hang-]').first().innerText();
  assert.ok(kept.includes('每季度公开一次') && kept.includes('市民政局、市财政局'), '两边的改动没有都留下');
}

/** Tab goes through the cells in their order, Esc leaves everything as it was. */
async function byKeyboard(page) {
  await openCell(page, 4, '公开内容（要素）', 'yaosu');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'e-yiju');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'e-shixian');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'e-zhuti');
  await page.keyboard.type('不保存');
  await page.keyboard.press('Escape');
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  assert.match(await focused(page), /^c-.*-yaosu$/, '取消以后没有回到原来的格');
  assert.ok(!(await page.locator('tr[id^=hang-]').nth(3).innerText()).includes('不保存'));
  await openCell(page, 4, '公开内容（要素）', 'yaosu');
  await field(page, '公开内容').press('Control+End');
  await page.keyboard.type('\n走查的要素');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  assert.match(await page.locator('tr[id^=hang-]').nth(3).innerText(), /走查的要素/);
}

/** What was typed in a row is never thrown away: another cell keeps it first, undoing asks, a refusal leaves it. */
async function typedIsKept(page, context) {
  await openCell(page, 2, '公开时限', 'shixian');
  await field(page, '公开时限').fill('每年公开一次');
  await cellOf(page, 3, '公开主体').click();
  await page.locator('[data-editing] #e-zhuti').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'e-zhuti');
  assert.match(await rowAt(page, 2).innerText(), /每年公开一次/, '改别的格，写的字没有先保存');
  await field(page, '公开主体').fill('还没有保存的主体');
  await page.getByRole('button', { name: /^撤销：/ }).click();
  await page.locator('[data-editing] .msg', { hasText: '这一行还没有保存' }).waitFor();
  assert.equal(await field(page, '公开主体').inputValue(), '还没有保存的主体', '撤销把写的字丢了');
  assert.match(await rowAt(page, 2).innerText(), /每年公开一次/, '没有问就撤销了');
  await field(page, '公开主体').press('Escape');
  await page.locator('[data-editing]').waitFor({ state: 'detached' });

  // A limit nobody can read is not taken for confirmed because another cell is pressed.
  await openCell(page, 3, '公开时限', 'shixian');
  await field(page, '公开时限').fill('看情况');
  await cellOf(page, 4, '公开主体').click();
  await page.locator('[data-editing] .msg', { hasText: '没有读懂' }).waitFor();
  await cellOf(page, 4, '公开主体').click();
  await page.locator('[data-editing] .msg', { hasText: '这一行还没有保存' }).waitFor();
  assert.equal(await field(page, '公开时限').inputValue(), '看情况');
  await page.getByRole('link', { name: '取消，第 3 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });

  // Whoever is no longer signed in keeps what was typed.
  await openCell(page, 3, '公开主体', 'zhuti');
  await field(page, '公开主体').fill('市民政局、走查的主体');
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.getByRole('button', { name: '保存，第 3 行' }).click();
  await page.locator('[data-editing] .msg', { hasText: '没有保存：' }).waitFor();
  assert.equal(await field(page, '公开主体').inputValue(), '市民政局、走查的主体', '登录过期把写的字丢了');
  await context.addCookies(cookies);

  // Neither a server that fails nor one that cannot be reached takes it.
  for (const [answer, words] of [
    [(route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<main id="main"><p>出了差错</p></main>' }), '没有保存：出了差错'],
    [(route) => route.abort(), '没有连上服务器'],
  ]) {
    let posts = 0;
    const meet = (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      posts += 1;
      return answer(route);
    };
    await page.route('**/gongzuo/mulu/**', meet);
    await page.getByRole('button', { name: '保存，第 3 行' }).click();
    await page.locator('[data-editing] .msg', { hasText: words }).waitFor();
    assert.equal(await field(page, '公开主体').inputValue(), '市民政局、走查的主体', `${words}：写的字丢了`);
    await page.unroute('**/gongzuo/mulu/**', meet);
    assert.equal(posts, 1, `${words}：又发了一次`);
  }
  await page.getByRole('button', { name: '保存，第 3 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  assert.match(await rowAt(page, 3).innerText(), /走查的主体/);
}

/** A press while the page is still being asked for has its turn. */
async function pressedTwice(page) {
  let slow = true;
  const wait = async (route) => {
    if (slow) await new Promise((done) => { setTimeout(done, 800); });
    slow = false;
    await route.continue();
  };
  await page.route('**/gongzuo/mulu/**', wait);
  await cellOf(page, 1, '公开主体').click();
  await cellOf(page, 5, '公开时限').click();
  await page.locator('[data-editing]', { has: page.getByRole('button', { name: '保存，第 5 行' }) }).waitFor();
  await page.unroute('**/gongzuo/mulu/**', wait);
  await page.getByRole('link', { name: '取消，第 5 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
}

async function desk(browser) {
  const context = await contextFor(browser, 1280);
  const [page, other] = [await context.newPage(), await context.newPage()];
  await signIn(page, LEAD);
  await begin(page);
  await page.evaluate(() => { globalThis.stayed = true; });
  await keepAndUndo(page, '桌面');
  await saidTwice(page, '桌面');
  await meetsAColleague(page, other, '桌面');
  await byKeyboard(page);
  await typedIsKept(page, context);
  await pressedTwice(page);
  assert.ok(await page.evaluate(() => globalThis.stayed), '有脚本时离开了页面');
  await context.close();
}

async function phoneWithoutScript(browser) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, LEAD);
  await open(page, DESK);
  await cellOf(page, 2, '公开时限').click();
  await page.waitForURL(/edit=.*cell=shixian#e-shixian/);
  await page.locator('#e-shixian:focus').waitFor();
  await page.locator('#e-shixian').fill('每月公开一次');
  await Promise.all([page.waitForURL(/done=kept&row=.*#c-/), page.locator('#e-shixian').press('Enter')]);
  await page.locator('a.pen:focus').waitFor();
  await cellOf(page, 2, '公开主体').click();
  await page.getByRole('link', { name: '取消，第 2 行' }).click();
  await page.locator('[data-editing]').waitFor({ state: 'detached' });
  await Promise.all([
    page.waitForURL(/done=undone/),
    page.getByRole('button', { name: /^撤销：把第 2 行“.*”的公开时限改回/ }).click(),
  ]);
  await context.close();
}

async function phone(browser) {
  const context = await contextFor(browser, 390);
  const page = await context.newPage();
  await signIn(page, LEAD);
  await open(page, DESK);
  await openCell(page, 5, '公开时限', 'shixian');
  await look(page, '手机：一行改动中');
  await page.getByRole('link', { name: '全部各栏，第 5 行' }).click();
  await page.waitForURL(new RegExp(`${DESK}/\\d+`));
  await context.close();
}

await inBrowser(async (browser) => {
  await desk(browser);
  await phoneWithoutScript(browser);
  await phone(browser);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
  console.log(`表内改动、保存、撤销，有脚本和没有脚本, ${barriers} 处障碍`);
});

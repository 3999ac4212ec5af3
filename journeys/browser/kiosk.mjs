// A visitor at a self-service machine in a hall: finds, reads, begins an application, walks away. Time is moved on
// by hand, so nobody waits a minute.
import assert from 'node:assert/strict';
import { ADDRESS, barriersOn, inBrowser, open } from './browser.mjs';

const UPRIGHT = { width: 1080, height: 1920 };
const ACROSS = { width: 1920, height: 1080 };
const PIN = '246813';
const NAME = '林秀英演示';

/** Letters smaller than 28 pixels, with the words they stand in. */
const smallOn = (page) =>
  page.evaluate(() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent.trim();
      const parent = walk.currentNode.parentElement;
      if (!text || /^(NOSCRIPT|SCRIPT|STYLE|TITLE|OPTION)$/.test(parent.tagName)) continue;
      if (parent.closest('.vh, .skip, caption, [hidden]') || !parent.getClientRects().length) continue;
      const size = parseFloat(getComputedStyle(parent).fontSize);
      if (size < 27.9) found.push(`${size} ${text.slice(0, 30)}`);
    }
    return found;
  });

/** Links that lead out of the shell. */
const leadingOut = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('a[href]')]
      .map((link) => link.getAttribute('href'))
      .filter((href) => !/^(#|\?|\/([a-z]+\/){0,2}k(\/|\?|$))/.test(href)),
  );

const box = async (locator) => (await locator.boundingBox()) ?? { width: 0, height: 0 };

async function theFirstPage(page, size) {
  await page.setViewportSize(size);
  await open(page, '/k');
  const tiles = page.locator('.k-grid a');
  assert.equal(await tiles.count(), 6);
  for (const tile of await tiles.all()) {
    const { width, height } = await box(tile);
    assert.ok(height >= 270 && width >= 270, `${await tile.innerText()}: ${width}x${height}`);
    const letters = await tile.locator('b').evaluate((b) => parseFloat(getComputedStyle(b).fontSize));
    assert.ok(letters >= 43, `${letters}`);
  }
  const below = page.locator('.k-foot a');
  assert.deepEqual(await below.allInnerTexts(), ['字再大些', '读给我听', '叫工作人员', '回首页']);
  for (const one of await below.all()) assert.ok((await box(one)).height >= 150);
  const foot = await box(page.locator('.k-foot'));
  assert.ok(foot.y + foot.height <= size.height + 1, '下面一条在屏幕里');
  assert.deepEqual(await smallOn(page), []);
}

async function staffConnectTheMachine(page) {
  await open(page, '/k');
  for (let tap = 0; tap < 5; tap += 1) await page.locator('.k-brand').click();
  await page.waitForURL(/zhishou/);
  await page.locator('#zhuanqu').selectOption({ index: 1 });
  await page.locator('#kouling').fill('000000');
  await page.getByRole('button', { name: '确定' }).click();
  await page.waitForSelector('.errsum');
  await page.locator('#zhuanqu').selectOption({ index: 1 });
  await page.locator('#kouling').fill(PIN);
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('口令对了').waitFor();
  await open(page, '/k');
  const place = await page.locator('.k-brand .sub').innerText();
  assert.match(place, /专区/, '页头写的是专区');
}

async function typing(page) {
  await page.locator('.k-grid a').first().click();
  await page.locator('#k-q').click();
  await page.locator('#k-keys').waitFor();
  assert.equal(await barriersOn(page, '屏幕键盘'), 0);
  for (const letter of 'dibao') await page.locator('#k-keys').getByRole('button', { name: letter, exact: true }).click();
  await page.locator('.k-found').getByRole('button', { name: '低保', exact: true }).click();
  assert.equal(await page.locator('#k-q').inputValue(), '低保');
  await page.locator('#k-keys').getByRole('button', { name: '完成' }).click();
  await page.waitForURL(/\/k\/sousuo/);
  assert.match(await page.locator('main').innerText(), /低保/);
  assert.deepEqual(await leadingOut(page), []);
}

async function applying(page) {
  await open(page, '/k/shenqing/xin/shenqingren');
  const field = page.locator('main input[type=text], main input:not([type])').first();
  await field.fill(NAME);
  await page.keyboard.press('Escape');
  const sent = page.waitForNavigation();
  await page.evaluate(() => document.querySelector('main form').requestSubmit());
  await sent;
  assert.match(page.url(), /\/k\/shenqing\//, '申请一直在自助机里');
  assert.deepEqual(await leadingOut(page), []);
}

async function walkingAway(page, context) {
  await open(page, '/k/chaxun');
  await page.locator('.k-foot a').first().click();
  await page.waitForSelector('html[data-size="lg"]');
  const before = page.url();
  await page.clock.fastForward(61_000);
  const still = page.locator('#k-still');
  await still.waitFor();
  assert.equal(await barriersOn(page, '还在用吗'), 0);
  assert.ok((await box(still.getByRole('button'))).height >= 150);
  await still.getByRole('button').click();
  assert.ok(await still.isHidden(), '碰一下就接着用');
  await page.clock.fastForward(61_000);
  await still.waitFor();
  const wiped = page.waitForURL((url) => url.pathname === '/k');
  await page.clock.runFor(21_000);
  await wiped;
  assert.equal(await page.locator('html[data-size]').count(), 0, '字号变回来');
  const left = (await context.cookies()).map((cookie) => cookie.name).sort();
  assert.deepEqual(left, ['__Host-k_gk_shebei', '__Host-k_s'], '只留机器自己的');
  await page.goto(before);
  assert.equal(new URL(page.url()).pathname, '/k', '上一个人的网址打不开');
  await page.goBack().catch(() => null);
  assert.ok(!(await page.content()).includes(NAME));
  await open(page, '/k/shenqing/xin/shenqingren', 200);
  assert.ok(!(await page.content()).includes(NAME), '申请里什么也没有留下');
}

async function elsewhere(page) {
  await open(page, '/k/gongzuo', 404);
  assert.match(await page.locator('h1').innerText(), /这里看不了/);
  const answer = await page.goto(new URL('/k', ADDRESS).href);
  assert.match(answer.headers()['cache-control'], /no-store/);
  await open(page, '/k/wenjian');
  const opened = page.waitForNavigation();
  await page.locator('main a[href*="/k/wenjian/"]').first().click();
  await opened;
  assert.deepEqual(await leadingOut(page), []);
  assert.deepEqual(await smallOn(page), []);
  await page.getByRole('link', { name: '扫码带走' }).click();
  await page.locator('.k-qr svg').waitFor();
  await open(page, '/k/zhuanqu/zizhu/jiao');
  await page.getByRole('button', { name: '请工作人员过来' }).click();
  await page.getByText('已经叫了').waitFor();
}

/** Every page of the shell without script: links, forms and the end of a session. */
async function withoutScript(browser) {
  const context = await browser.newContext({ viewport: UPRIGHT, javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, '/k');
  await page.locator('.k-grid a').first().click();
  await page.locator('#k-q').fill('低保');
  await page.getByRole('button', { name: '查', exact: true }).click();
  await page.waitForURL(/\/k\/sousuo/);
  const refresh = await (await page.request.get(page.url())).text();
  assert.match(refresh, /<noscript><meta http-equiv="refresh" content="60; url=\/k\/haizai/);
  await open(page, '/k/haizai?hui=/chaxun');
  await page.getByRole('link', { name: '还在用', exact: true }).click();
  await page.waitForURL(/\/k\/chaxun/);
  await context.close();
}

await inBrowser(async (browser) => {
  const context = await browser.newContext({ viewport: UPRIGHT, bypassCSP: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.clock.install();
  await theFirstPage(page, ACROSS);
  await theFirstPage(page, UPRIGHT);
  assert.equal(await barriersOn(page, '首页'), 0);
  await staffConnectTheMachine(page);
  await typing(page);
  assert.equal(await barriersOn(page, '查找结果'), 0);
  await applying(page);
  await walkingAway(page, context);
  await elsewhere(page);
  await withoutScript(browser);
  console.log('自助机: 首页、接入、打字、申请、离开、清空、不该开的、没有脚本, 都走过');
});

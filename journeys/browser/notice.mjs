// A person looks for the notice 厦府办〔2020〕67号, first by its number, then by words; opens it,
// follows it to the catalogue item it belongs to, and takes that catalogue home as a spreadsheet.
// Everything without script, on a phone and on a desk.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ADDRESS, WIDTHS, inBrowser, open } from './browser.mjs';

const NUMBER = '厦府办〔2020〕67号';
const WORDS = '全面推进基层政务公开标准化规范化';

/** Types into the page's own search box and presses Enter, as one does. */
async function search(page, words) {
  const box = page.locator('input[name="q"]:visible').first();
  await box.fill(words);
  await Promise.all([page.waitForURL(/\/sousuo\?/), box.press('Enter')]);
}

/** The first document among the results. */
async function firstDocument(page) {
  const link = page.locator('main a[href*="/wenjian/"]').first();
  await link.waitFor({ timeout: 5_000 });
  return link;
}

async function heading(page) {
  return (await page.locator('h1').first().innerText()).replace(/\s+/g, '');
}

async function openNotice(page, words) {
  await open(page, '/');
  await search(page, words);
  await Promise.all([page.waitForURL(/\/wenjian\//), (await firstDocument(page)).click()]);
  assert.match(await heading(page), new RegExp(WORDS), `「${words}」 没有找到通知`);
  const text = await page.locator('main').innerText();
  assert.ok(text.includes(NUMBER), `通知页上没有文号 ${NUMBER}`);
  return page.url();
}

/** From the document to an item of the catalogue it fulfils, and from there to its domain. */
async function followToDomain(page) {
  const item = page.locator('main a[href*="/mulu/"]').filter({ hasNotText: /^\s*$/ });
  const hrefs = await item.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const index = hrefs.findIndex((href) => /\/mulu\/[^/?#]+\/[^/?#]+$/.test(href));
  assert.notEqual(index, -1, '通知页上没有目录事项的链接');
  await Promise.all([page.waitForURL(/\/mulu\/[^/]+\/[^/]+$/), item.nth(index).click()]);
  assert.ok((await heading(page)).length > 0, '事项页没有标题');
  const domain = page.url().replace(/\/[^/]+$/, '');
  const link = page.locator(`a[href="${new URL(domain).pathname}"]:visible`).first();
  await Promise.all([page.waitForURL(domain), link.click()]);
}

async function takeSpreadsheet(page) {
  const link = page.locator('a[href*=".xlsx"]:visible').first();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04', 'XLSX 不是 zip');
  assert.ok(bytes.includes('xl/workbook.xml'), 'XLSX 里没有工作簿');
  return { name: download.suggestedFilename(), size: bytes.length };
}

await inBrowser(async (browser) => {
  for (const width of WIDTHS) {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      javaScriptEnabled: false,
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const byNumber = await openNotice(page, NUMBER);
    const byWords = await openNotice(page, WORDS);
    assert.equal(byNumber, byWords, '按文号和按词找到的不是同一份文件');
    await followToDomain(page);
    const { name, size } = await takeSpreadsheet(page);
    console.log(`${width} px, 无脚本: 按文号和按词都找到 ${byNumber.replace(ADDRESS, '')}, 下载 ${name} (${size} 字节)`);
    await context.close();
  }
});

// Pictures of the main page types for the README: node screenshots.mjs ADDRESS FOLDER
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ADDRESS, inBrowser, open } from './browser.mjs';

const FOLDER = process.argv[3];

// Each picture at an address, or behind the first link of a page.
const PICTURES = [
  { name: '01-home', path: '/' },
  { name: '02-search', path: `/sousuo?q=${encodeURIComponent('政务公开')}` },
  { name: '03-document', path: `/sousuo?q=${encodeURIComponent('厦府办〔2020〕67号')}`, follow: 'main a[href*="/wenjian/"]' },
  { name: '04-domain', path: '/mulu/yiwujiaoyu' },
  { name: '05-item', path: '/mulu/yiwujiaoyu', follow: 'main a[href*="/mulu/yiwujiaoyu/"]' },
  { name: '06-villages', path: '/cunju' },
];
const PHONES = [
  { name: '07-home-phone', path: '/' },
  { name: '08-home-elder-phone', path: '/', cookie: ['mode', 'elder'] },
];

async function picture(browser, { name, path, follow, cookie }, width, height) {
  const context = await browser.newContext({ viewport: { width, height } });
  if (cookie) await context.addCookies([{ name: cookie[0], value: cookie[1], url: ADDRESS }]);
  const page = await context.newPage();
  await open(page, path);
  if (follow) await Promise.all([page.waitForEvent('load'), page.locator(follow).first().click()]);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
}

await inBrowser(async (browser) => {
  await mkdir(FOLDER, { recursive: true });
  for (const one of PICTURES) await picture(browser, one, 1280, 900);
  for (const one of PHONES) await picture(browser, one, 390, 844);
  console.log(`${PICTURES.length + PHONES.length} pictures in ${FOLDER}`);
});

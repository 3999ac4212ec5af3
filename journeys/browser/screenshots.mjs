// Pictures of the main page types for the README: node screenshots.mjs ADDRESS FOLDER
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ADDRESS, inBrowser, open } from './browser.mjs';

const FOLDER = process.argv[3];

// Each picture by the page type that the program names in /_pages, or by an address of its own.
const PICTURES = [
  { name: '01-home', path: '/' },
  { name: '02-search', path: `/sousuo?q=${encodeURIComponent('政务公开')}` },
  { name: '03-document', follow: ['/wenjian', 'main a[href*="/wenjian/"]'] },
  { name: '04-catalogue', path: '/mulu' },
  { name: '05-domain', follow: ['/mulu', 'main a[href*="/mulu/"]'] },
  { name: '06-village', path: '/cunju' },
];
const PHONES = [
  { name: '07-home-phone', path: '/' },
  { name: '08-home-elder-phone', path: '/', cookie: ['mode', 'elder'] },
];

async function picture(browser, { name, path, follow, cookie }, width, height) {
  const context = await browser.newContext({ viewport: { width, height } });
  if (cookie) await context.addCookies([{ name: cookie[0], value: cookie[1], url: ADDRESS }]);
  const page = await context.newPage();
  await open(page, path ?? follow[0]);
  if (follow) await Promise.all([page.waitForEvent('load'), page.locator(follow[1]).first().click()]);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
}

await inBrowser(async (browser) => {
  await mkdir(FOLDER, { recursive: true });
  for (const one of PICTURES) await picture(browser, one, 1280, 900);
  for (const one of PHONES) await picture(browser, one, 390, 844);
  console.log(`${PICTURES.length + PHONES.length} pictures in ${FOLDER}`);
});

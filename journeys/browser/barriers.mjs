// Looks for barriers on every type of page, at the workbench as a clerk: axe-core at two widths in four
// modes, and no sideways scrolling on the narrowest phone. The list of types comes from the program
// itself, so a new page type without an address to look at fails here.
import { WIDTHS, barriersOn, inBrowser, open, sidewaysOn } from './browser.mjs';
import { Pages, pageTypes, statusOf } from './types.mjs';

const MODES = [
  { name: '标准' },
  { name: '大字', cookie: ['size', 'lg'] },
  { name: '长辈版', cookie: ['mode', 'elder'] },
  { name: '高对比', cookie: ['contrast', 'high'] },
];
const NARROWEST = 320;

async function barriersAt(page, type, width, mode) {
  await open(page, type.path, statusOf(type));
  return barriersOn(page, `${type.type} ${type.path} ${width} px ${mode.name}`);
}

async function sidewaysAt(page, type) {
  await open(page, type.path, statusOf(type));
  const widest = await sidewaysOn(page);
  if (widest) console.log(`✗ ${type.type} ${type.path} 在 ${NARROWEST} px 要横向滚动: ${widest}`);
  return widest ? 1 : 0;
}

await inBrowser(async (browser) => {
  const pages = new Pages(browser);
  const types = await pageTypes(browser, pages);
  let violations = 0;
  for (const width of WIDTHS) {
    for (const mode of MODES) {
      await pages.each(types, width, mode, async (page, type) => { violations += await barriersAt(page, type, width, mode); });
    }
  }
  await pages.each(types, NARROWEST, MODES[0], async (page, type) => { violations += await sidewaysAt(page, type); });
  console.log(`${types.length} page types × ${WIDTHS.length} widths × ${MODES.length} modes, ${violations} violations`);
  if (violations > 0) process.exitCode = 1;
});

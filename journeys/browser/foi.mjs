// What every walk through 依申请公开 needs: a page for each person, forms filled in by their labels' ids, and
// the answers that are no pages.
import assert from 'node:assert/strict';
import { ADDRESS, barriersOn, contextFor, open, sidewaysOn, signInAs } from './browser.mjs';

/** The organ of the demo that has its letters set up, and where it is asked. */
export const ORGAN = { code: 'XM01010', site: '/siming', name: '厦门市自然资源和规划局思明分局' };

export const words = (page) => page.locator('main').innerText();
export const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** A file as one chooses it. */
export const paper = (name, text = '走查') => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(name.endsWith('.pdf') ? `%PDF-1.4\n${text}` : text),
});

/** A whole PDF of one page with a line on it. */
export function wholePdf(name, line) {
  const text = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = body.length;
  body += `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(body) };
}

/** Presses a button and waits for the page that comes of it. */
export async function press(page, name) {
  const button = page.locator('main').getByRole('button', { name, exact: true }).first();
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
}

/** Follows a link of the page. */
export async function follow(page, name) {
  const link = page.getByRole('link', { name }).first();
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), link.click()]);
}

/** Presses a button that must lead to an address. */
export async function pressTo(page, name, to) {
  await press(page, name);
  assert.match(page.url(), to, `“${name}”没有带到 ${to}：${(await words(page)).slice(0, 400)}`);
}

/** The page says each of these. */
export async function says(page, ...told) {
  const said = await words(page);
  for (const one of told) {
    const found = one instanceof RegExp ? one.test(said) : said.includes(one);
    assert.ok(found, `${decodeURI(page.url())} 没有说“${one}”：\n${said.slice(0, 1500)}`);
  }
}

/** Fills fields by their ids: text, a choice of a select by its value or words, a ticked box. */
export async function fill(page, fields) {
  for (const [id, value] of Object.entries(fields)) {
    const field = page.locator(`#${id}`);
    const kind = await field.evaluate((one) => `${one.tagName} ${one.type}`);
    if (kind.startsWith('SELECT')) await field.selectOption(value);
    else if (kind.endsWith('file')) await field.setInputFiles(value);
    else if (kind.endsWith('checkbox')) await field.check();
    else await field.fill(value);
  }
}

/** Chooses one of several by its words. */
export const choose = (page, choice) => page.getByLabel(choice, { exact: true }).first().check();

/** What stands after a heading in large letters. */
export const codeAfter = (page, label) => page.locator(`p:text-is("${label}") + p.code`).innerText();

/** What an address gives to this visitor, as text and type. */
export async function got(page, href) {
  const answer = await page.context().request.get(new URL(href, ADDRESS).href);
  const body = await answer.body();
  return { status: answer.status(), type: answer.headers()['content-type'] ?? '', body };
}

/** A link of the page leads to a whole PDF. */
export async function givesPdf(page, name) {
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  const { status, body } = await got(page, href);
  assert.equal(status, 200, `${name}: ${status} ${body.toString().slice(0, 300)}`);
  assert.ok(body.subarray(0, 5).toString() === '%PDF-', `${name} 不是 PDF`);
}

/** A form of the page made by hand, sent to its own address; what came back. */
export function byHand(page, fields, path = page.url()) {
  return page.evaluate(async ([address, given]) => {
    const seal = document.querySelector('form[method=post] input[name=_mark]');
    const marked = seal ? { _mark: seal.value, ...given } : given;
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(marked) });
    return { status: answer.status, to: answer.url, said: await answer.text() };
  }, [new URL(path, ADDRESS).href, fields]);
}

/** Everybody who takes part: each signs in once and keeps his page. */
export class People {
  constructor(browser) {
    Object.assign(this, { browser, pages: new Map(), barriers: 0, looked: 0 });
  }

  /** A visitor's page, at a width. */
  async visitor(width = 390) {
    return (await contextFor(this.browser, width)).newPage();
  }

  /** Somebody of the organ, by the letter of his login, in a role. */
  async clerk(letter, role, { organ = ORGAN.code, width = 1280 } = {}) {
    const login = `${organ.toLowerCase()}.${letter}`;
    const kept = this.pages.get(login);
    if (!kept) {
      const page = await this.visitor(width);
      await signInAs(page, login, role);
      this.pages.set(login, { page, role });
      return page;
    }
    if (kept.role !== role) {
      await open(kept.page, '/gongzuo/shenfen');
      const form = kept.page.locator('form', { has: kept.page.getByText(role, { exact: true }) }).first();
      await Promise.all([kept.page.waitForURL(/\/gongzuo$/), form.getByRole('button').click()]);
      kept.role = role;
    }
    return kept.page;
  }

  officer() { return this.clerk('i', '依申请公开经办人'); }
  head() { return this.clerk('f', '公开工作机构负责人', { width: 390 }); }
  counter() { return this.clerk('a', '政务公开专区窗口人员'); }

  /** Barriers and sideways scrolling, at the width the page has now and at the other one. */
  async look(page, label) {
    const own = page.viewportSize();
    for (const width of own.width === 390 ? [390, 1280] : [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      this.barriers += await barriersOn(page, `${label} ${width} px`);
      const wide = await sidewaysOn(page);
      assert.equal(wide, null, `${label} ${width} px: 要左右滚动 ${wide}`);
      if (process.env.PICTURES) {
        const name = `${process.env.PICTURES}/${String(this.looked).padStart(3, '0')}-${label}-${width}.png`;
        await page.screenshot({ path: name, fullPage: true });
      }
    }
    await page.setViewportSize(own);
    this.looked += 1;
  }

  /** Opens a file of the register by words of its title. */
  async file(page, title) {
    await open(page, `/gongzuo/shenqing?q=${encodeURIComponent(title)}`);
    const link = page.locator('main table').getByRole('link', { name: title }).first();
    assert.ok(await link.count(), `登记簿里没有“${title}”：${(await words(page)).slice(0, 600)}`);
    await Promise.all([page.waitForURL(/\/gongzuo\/shenqing\/[0-9a-f-]+$/), link.click()]);
    return new URL(page.url()).pathname;
  }

  /** Carries out one act of a file by its form, found among what may be done now. */
  async acts(page, path, act, fields = {}) {
    if (new URL(page.url()).pathname !== path || /done=/.test(page.url())) await open(page, path);
    await follow(page, new RegExp(`^${act}$`));
    await fill(page, fields);
    await press(page, act);
  }

  /** The same, and it is done. */
  async done(page, path, act, fields) {
    await this.acts(page, path, act, fields);
    assert.match(page.url(), /done=banli/, `“${act}”没有办成：${(await words(page)).slice(0, 600)}`);
  }
}

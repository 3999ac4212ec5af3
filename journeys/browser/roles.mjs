// 起草人, 初审人, 保密审查员, 签发人, 发布员 and the three administrators, each at what is theirs.
//
// A document is begun, sent back with a reason, mended, reviewed, signed and released by five persons, once
// on a phone without script and once on a desk with it. Nobody finds a button for what is not his, and a form
// made by hand is refused by a page that says who may. A date smuggled into any form changes nothing. Two
// security administrators give somebody a second post and a third administrator reads that they did; that
// person has two accounts, and with neither, in no post, takes a step on what he wrote himself.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ADDRESS, PEOPLE, barriersOn, contextFor, inBrowser, open, sidewaysOn, signInAs, signInFor } from './browser.mjs';

const ORGAN = 'XM01010';
const FORGED = '2019-05-15';
const FIELDS = ['fabu', 'fabu_riqi', 'published_on', 'published_at', 'fabushijian', '发布日期', 'riqi', 'at', 'date', 'shijian'];
const WAYS = [
  { name: '手机，没有脚本', width: 390, script: false },
  { name: '桌面，有脚本', width: 1280, script: true },
];

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
let barriers = 0;

/** One way of looking at the workbench: a width, with script or without. */
class Way {
  constructor(browser, { name, width, script }) {
    Object.assign(this, { browser, name, width, script });
  }

  async page() {
    if (this.script) return (await contextFor(this.browser, this.width)).newPage();
    const viewport = { width: this.width, height: 844 };
    return (await this.browser.newContext({ viewport, javaScriptEnabled: false })).newPage();
  }

  /** Somebody of the organ, signed in. */
  async as(part, organ = ORGAN) {
    const page = await this.page();
    await signInFor(page, organ, part);
    return page;
  }

  /** Barriers are looked for where script runs; sideways scrolling everywhere. */
  async look(page, label) {
    if (this.script) barriers += await barriersOn(page, `${this.name} ${label}`);
    assert.equal(await sidewaysOn(page), null, `${this.name} ${label}: 要左右滚动`);
  }
}

const press = (page, name, url) =>
  Promise.all([page.waitForURL(url), page.getByRole('button', { name, exact: true }).first().click()]);
const words = (page) => page.locator('main').innerText();

/** Puts fields into a form that the page does not have, each a day long past. */
function forge(page, selector) {
  return page.locator(selector).first().evaluate((form, [fields, day]) => {
    for (const name of fields) {
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name, value: day });
      form.append(field);
    }
  }, [FIELDS, FORGED]);
}

/** Posts a form of the page made by hand; what came back. */
function byHand(page, path, fields) {
  return page.evaluate(async ([address, given]) => {
    const seal = document.querySelector('form[method=post] input[name=_mark]');
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ _mark: seal.value, ...given }) });
    return { status: answer.status, to: answer.url, said: await answer.text() };
  }, [new URL(path, ADDRESS).href, fields]);
}

/** Opens the to-do about `title` from the first page. */
async function fromTodos(page, title, act) {
  await open(page, '/gongzuo');
  const row = page.locator('table.todos tr', { hasText: title });
  const link = row.getByRole('link', { name: new RegExp(`^${act}`) }).first();
  assert.ok(await link.count(), `待办里没有“${act}：${title}”`);
  await Promise.all([page.waitForEvent('load'), link.click()]);
}

/** The body, as one types it: in the editor where script runs, else in the field. */
async function write(page, way, text) {
  if (!way.script) return page.fill('#zhengwen', text);
  const body = page.locator('.rte .pg[contenteditable], .rte [contenteditable=true]').first();
  await body.click();
  await page.keyboard.press('Control+End');
  return page.keyboard.type(text);
}

async function drafts(way, title) {
  const page = await way.as('drafter');
  await way.look(page, '待办');
  await open(page, '/gongzuo/gaojian');
  await Promise.all([page.waitForURL(/xinjian/), page.getByRole('link', { name: '起草信息' }).first().click()]);
  await page.fill('#biaoti', title);
  await page.getByRole('button', { name: '开始写' }).click();
  await page.getByText(/公开属性/).first().waitFor();
  assert.match(page.url(), /xinjian$/, '没有认定公开属性就开始写了');
  await page.check('#shuxing-1');
  await press(page, '开始写', /gaojian\/[0-9a-f-]+/);
  await way.look(page, '稿件');
  await write(page, way, '定于下月开放服务大厅，欢迎群众参加。');
  await page.selectOption('#zhuti', { label: '政务公开' });
  await page.selectOption('#ticai', { label: '公告' });
  await page.fill('#chengwen', today());
  await forge(page, '#gao');
  await press(page, '保存', /done=baocun/);
  await forge(page, 'form[action$="/songshen"]');
  await press(page, '送审', /done=songshen/);
  await page.context().close();
}

/** Without a reason nothing is sent back; with one it is. */
async function sendsBack(way, title, reason) {
  const page = await way.as('reviewer');
  await fromTodos(page, title, '去审查');
  await way.look(page, '审查');
  assert.equal(await page.getByRole('button', { name: '现在发布' }).count(), 0, '初审人有发布的按钮');
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await page.getByText('没有写理由').first().waitFor();
  await page.locator('textarea[name=liyou]').first().fill(reason);
  await press(page, '退回', /done=returned/);
  await page.context().close();
}

async function mends(way, title, reason) {
  const page = await way.as('drafter');
  await fromTodos(page, title, '去修改');
  assert.ok((await words(page)).includes(reason), '退回的理由没有到起草人那里');
  await write(page, way, way.script ? '时间：每周三上午。' : '定于下月开放服务大厅，时间：每周三上午。');
  await press(page, '保存', /done=baocun/);
  await press(page, '送审', /done=songshen/);
  const own = page.locator('tr', { hasText: title }).first();
  assert.match(await own.innerText(), /审查中|已送审/, '我的稿件没有说已经送审');
  await page.context().close();
}

/** One step, taken by whoever it falls to; whoever has taken it finds no second one. */
async function steps(way, title, part, button, done) {
  const page = await way.as(part);
  await fromTodos(page, title, part === 'publisher' ? '去发布' : '去审查');
  const unit = new URL(page.url()).pathname;
  if (part === 'publisher') await forge(page, 'form[action$="/fabu"]');
  else await forge(page, 'form:has(button[value=pass])');
  await press(page, button, new RegExp(`done=${done}`));
  assert.equal(await page.getByRole('button', { name: '通过', exact: true }).count(), 0, `${part} 还能再办一次`);
  await way.look(page, `${part} 办完`);
  if (way.script && part !== 'publisher') {
    // A signer may release in the publisher's stead.
    const acts = ['chushen', 'baomi', 'qianfa', ...(part === 'approver' ? [] : ['fabu'])];
    for (const act of acts) {
      const answer = await byHand(page, `${unit}/${act}`, { do: 'pass' });
      assert.ok(!answer.to.includes('done='), `${part} 手写的 ${act} 被接受`);
      assert.match(answer.said, /可以办理的是|不能|已经|没有|不是/, `${part} 的 ${act} 没有说为什么不行`);
    }
  }
  await page.context().close();
  return unit;
}

/** What everybody reads: the day is the day of release, whatever a form said. */
async function publicReads(way, title, unit) {
  const page = await way.page();
  await signInFor(page, ORGAN, 'publisher');
  await open(page, unit);
  const href = await page.getByRole('link', { name: '看公开的页面' }).first().getAttribute('href');
  await page.context().clearCookies();
  await open(page, href);
  const said = await words(page);
  assert.ok(said.includes(title) && said.includes('每周三上午'), '公开的不是改过的那一稿');
  assert.ok(said.includes(today()), '发布日期不是今天');
  assert.ok(!said.includes(FORGED) && !said.includes('2019年5月15日'), '写进表单的日期改变了公开的页面');
  await page.context().close();
}

async function document(browser, kind) {
  const way = new Way(browser, kind);
  const title = `关于服务大厅开放日的公告（走查，${kind.name}）`;
  const reason = `请写明时间（走查，${kind.name}）`;
  await drafts(way, title);
  await sendsBack(way, title, reason);
  await mends(way, title, reason);
  await steps(way, title, 'reviewer', '通过', 'passed');
  await steps(way, title, 'secrecy', '通过', 'passed');
  await steps(way, title, 'approver', '通过', 'passed');
  const unit = await steps(way, title, 'publisher', '现在发布', 'published');
  await publicReads(way, title, unit);
  console.log(`${kind.name}: 起草、退回、修改、初审、保密审查、签发、发布由五个人办完，发布日期是今天`);
}

/** The six digits of now (RFC 6238). */
function codeOf(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** 系统管理员 registers a person and opens two accounts; the passwords to be handed over. Nobody is
 *  registered twice. */
async function opensAccounts(way, name, papers, [login, other]) {
  const page = await way.page();
  await signInAs(page, 'xm00001.xitong', '系统管理员');
  assert.equal(await page.getByRole('link', { name: '审计记录' }).count(), 0, '系统管理员看得到审计记录');
  assert.equal((await page.goto(new URL('/gongzuo/gaojian', ADDRESS).href)).status(), 403, '系统管理员看得到稿件');
  await open(page, '/gongzuo/renyuan');
  await way.look(page, '人员和账号');
  await page.fill('#name', name);
  await page.fill('#document', papers);
  await page.fill('#login', login);
  await page.getByRole('button', { name: '建立账号' }).click();
  await page.getByRole('heading', { name: '已经建立账号' }).waitFor();
  const first = await page.locator('section.panel b.num').nth(1).innerText();
  await page.fill('#name', name);
  await page.fill('#document', papers);
  await page.fill('#login', other);
  await page.getByRole('button', { name: '建立账号' }).click();
  await page.getByText('这个人已经登记过').first().waitFor();
  await open(page, `/gongzuo/renyuan?q=${login}`);
  await Promise.all([page.waitForURL(/renyuan\//), page.getByRole('link', { name, exact: true }).click()]);
  await page.getByText('增设账号').first().click();
  await page.fill('#login', other);
  await page.getByRole('button', { name: '增设账号' }).click();
  await page.getByRole('heading', { name: '请交给本人' }).waitFor();
  const second = await page.locator('section.panel b.num').nth(1).innerText();
  await page.context().close();
  return [first, second];
}

/** The new person's first way in: a code device, a password of one's own. */
async function entersFirst(way, login, password) {
  const page = await way.page();
  await open(page, `/gongzuo/denglu?login=${login}`);
  await page.fill('#password', password);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.waitForURL(/bangding/);
  const secret = (await page.locator('.key').innerText()).trim();
  await page.fill('#code', codeOf(secret));
  await page.getByRole('button', { name: '绑定' }).click();
  await page.getByText('恢复码').first().waitFor();
  await page.getByRole('link', { name: '已经抄好，继续' }).click();
  await page.waitForURL(/kouling/);
  const own = 'Zou-Cha-2026-jisuan';
  await page.fill('#old', password);
  await page.fill('#new', own);
  await page.fill('#again', own);
  await page.getByRole('button', { name: '修改口令' }).click();
  await page.waitForURL(/shenfen|gongzuo$/);
  return { page, secret };
}

/** One 安全管理员 proposes; he cannot confirm it himself, the other does. */
async function grants(way, name, role) {
  const first = await way.page();
  await signInAs(first, 'xm00001.anquan1', '安全管理员');
  await open(first, `/gongzuo/renyuan?q=${encodeURIComponent(name)}`);
  await Promise.all([first.waitForURL(/renyuan\//), first.getByRole('link', { name, exact: true }).click()]);
  await way.look(first, '人员');
  await first.fill('#organ', ORGAN);
  await first.selectOption('#role', { label: role });
  await first.locator('form[action$="/shouquan"] #reason').fill('走查');
  await press(first, '提出授权', /gangwei/);
  assert.equal(await first.getByRole('button', { name: `批准：${name} ${role}` }).count(), 0, '提出的人可以自己批准');
  const second = await way.page();
  await signInAs(second, 'xm00001.anquan2', '安全管理员');
  await open(second, '/gongzuo/gangwei');
  await second.getByRole('button', { name: `批准：${name} ${role}` }).first().click();
  await second.waitForLoadState();
  assert.equal(await second.getByRole('button', { name: `批准：${name} ${role}` }).count(), 0, '批准以后还在等');
  await first.context().close();
  await second.context().close();
}

/** 审计管理员 reads that it was done, and by whom two; and can do nothing else. */
async function audits(way) {
  const page = await way.page();
  await signInAs(page, 'xm00001.shenji', '审计管理员');
  await open(page, '/gongzuo/shenji?act=identity.grant');
  await way.look(page, '审计记录');
  assert.match(await words(page), /identity\.grant/, '授权没有留痕');
  assert.equal(await page.getByRole('button', { name: '建立账号' }).count(), 0);
  assert.equal((await page.goto(new URL('/gongzuo/shencha', ADDRESS).href)).status(), 403, '审计管理员看得到审查的内容');
  await page.context().close();
}

/** Takes a post on the page of posts; what one may do changes with it at once. */
async function takes(page, role) {
  await open(page, '/gongzuo/shenfen');
  const form = page.locator('form', { has: page.getByText(role, { exact: true }) }).first();
  await Promise.all([page.waitForURL(/\/gongzuo$/), form.getByRole('button').click()]);
  assert.ok((await page.locator('.who').innerText()).includes(role), '顶栏没有写现在的身份');
}

/** Tries every step on a unit, by the page and by hand; none is taken. */
async function takesNoStep(page, unit, label) {
  await open(page, unit);
  assert.equal(await page.getByRole('button', { name: '通过', exact: true }).count(), 0, `${label}: 有通过的按钮`);
  for (const act of ['chushen', 'baomi', 'qianfa']) {
    const answer = await byHand(page, `${unit}/${act}`, { do: 'pass' });
    assert.ok(!answer.to.includes('done='), `${label}: ${act} 被接受`);
  }
}

/** The same natural person, whichever account and post. */
async function onePersonTwoAccounts(browser, kind) {
  const way = new Way(browser, kind);
  const tag = kind.width;
  const [name, papers] = [`走查甲${tag}`, `35020319900101${tag}`];
  const [login, other] = [`zoucha.${tag}.yi`, `zoucha.${tag}.er`];
  const [first, second] = await opensAccounts(way, name, papers, [login, other]);
  const [drafter, reviewer] = [PEOPLE.drafter[1], PEOPLE.reviewer[1]];
  await grants(way, name, drafter);
  await grants(way, name, reviewer);
  await audits(way);
  const { page } = await entersFirst(way, login, first);
  await takes(page, drafter);
  const title = `关于窗口调整的公告（走查，${kind.name}）`;
  await open(page, '/gongzuo/gaojian/xinjian');
  await page.fill('#biaoti', title);
  await page.check('#shuxing-1');
  await press(page, '开始写', /gaojian\/[0-9a-f-]+/);
  await write(page, way, '服务窗口下周调整到二楼。');
  await page.selectOption('#zhuti', { label: '政务公开' });
  await page.selectOption('#ticai', { label: '公告' });
  await page.fill('#chengwen', today());
  await press(page, '保存', /done=baocun/);
  await press(page, '送审', /done=songshen/);
  await open(page, '/gongzuo/shencha');
  const unit = await page.getByRole('link', { name: title }).first().getAttribute('href');
  await takes(page, reviewer);
  await takesNoStep(page, unit, '同一账号换岗位');
  const entered = await entersFirst(way, other, second);
  await takes(entered.page, reviewer);
  const todo = entered.page.locator('table.todos tr', { hasText: title });
  assert.equal(await todo.count(), 0, '自己写的进了自己的审查待办');
  await takesNoStep(entered.page, unit, '另一个账号');
  await page.context().close();
  await entered.page.context().close();
  console.log(`${kind.name}: 两名安全管理员授权、审计管理员查到；同一个人用两个账号、换岗位，都审不了自己写的`);
}

await inBrowser(async (browser) => {
  for (const kind of WAYS) await document(browser, kind);
  for (const kind of WAYS) await onePersonTwoAccounts(browser, kind);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
});

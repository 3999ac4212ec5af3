// 政策解读: a policy and what explains it are one. Whoever drafts a policy is not let send it before it is judged, its
// plan written and its interpretation whole; then both go through the hands of four others on one page and appear
// together, each leading to the other, the 图解 also as a picture; a question on a paragraph of it stands beside it. A
// second policy: what was sent is not changed, and what was taken back and changed can be signed by nobody.
// Once drafted on a phone without script, once at a desk with it.
import assert from 'node:assert/strict';
import { ADDRESS, WIDTHS, barriersOn, contextFor, inBrowser, open, passReview, sidewaysOn, signInFor } from './browser.mjs';

const ORGAN = 'XM01010';
const PUBLISHED = '走查居家照护补贴办法';
const BOUND = '走查阳台照护改造补助办法';
const QUOTED = '补贴标准为每人每月三百元';
const POLICY = [
  '第一条 为支持居家照护，制定本办法。',
  `第二条 ${QUOTED}，按月发放。`,
  '第三条 本办法自公布之日起施行。',
];
const LEAD = '在家照护老人的家庭，每月多领一百元。';
const TEXT = [
  '## 出台背景',
  '原来的标准是几年前定的，依据上级要求修订。',
  '## 目标任务',
  '让在家照护老人的家庭少花钱。',
  '## 主要内容',
  '- 标准：每人每月三百元。',
].join('\n');
const QUESTION = '走查：补贴一个月领多少？';
const ANSWER = '每人每月三百元，按月发。';
const MODES = [[], ['size', 'lg'], ['mode', 'elder'], ['contrast', 'high']];

let barriers = 0;
const words = (page) => page.locator('main').innerText();

/** Presses a button and waits for what comes. */
async function press(scope, page, name) {
  await Promise.all([page.waitForEvent('load'), scope.getByRole('button', { name, exact: true }).first().click()]);
}

/** The form that posts to an address ending so. */
const form = (page, ending) => page.locator(`form[method=post][action$="${ending}"]`).first();

/** Asks again until it holds: what is published is told by the worker within a moment. */
async function until(holds, otherwise) {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await holds()) return;
    await new Promise((go) => { setTimeout(go, 500); });
  }
  assert.fail(otherwise);
}

/** A page without script, on a phone. */
async function bare(browser) {
  const viewport = { width: WIDTHS[0], height: 844 };
  return (await browser.newContext({ viewport, javaScriptEnabled: false })).newPage();
}

/** Whoever drafts a policy: with script at a desk, or without on a phone. */
class Drafter {
  constructor(browser, script) {
    Object.assign(this, { browser, script, name: script ? '桌面，有脚本' : '手机，没有脚本' });
  }

  async enters() {
    this.page = this.script
      ? await (await contextFor(this.browser, WIDTHS[1])).newPage()
      : await bare(this.browser);
    await signInFor(this.page, ORGAN, 'drafter');
  }

  /** Barriers are looked for where script runs; sideways scrolling everywhere. */
  async look(label) {
    if (this.script) barriers += await barriersOn(this.page, `${this.name} ${label}`);
    assert.equal(await sidewaysOn(this.page), null, `${this.name} ${label}: 要左右滚动`);
  }

  /** The body, as one types it: in the editor where script runs, else in the field. */
  async body(lines) {
    if (!this.script) return this.page.fill('#zhengwen', lines.join('\n'));
    const body = this.page.locator('.rte .pg[contenteditable], .rte [contenteditable=true]').first();
    await body.click();
    await this.page.keyboard.press('Control+End');
    for (const [at, line] of lines.entries()) {
      if (at > 0) await this.page.keyboard.press('Enter');
      await this.page.keyboard.type(line);
    }
  }

  async drafts(title) {
    const { page } = this;
    await open(page, '/gongzuo/gaojian/xinjian');
    await page.fill('#biaoti', title);
    await page.check('#shuxing-1');
    await press(page, page, '开始写');
    this.draft = new URL(page.url()).pathname;
    assert.match(this.draft, /gaojian\/[0-9a-f-]+$/, '没有建立稿件');
    await this.body(POLICY);
    await page.selectOption('#zhuti', { label: '政务公开' });
    await press(page, page, '保存');
    assert.match(page.url(), /done=baocun/, '稿件没有保存');
    await this.look('没有认定的稿件');
  }

  /** The draft with its form; what came back from review is told to it within a moment. */
  async atTheDraft() {
    const hands = form(this.page, '/songshen');
    const offered = async () => { await open(this.page, this.draft); return (await hands.count()) > 0; };
    await until(offered, '稿件不能送审');
  }

  /** Tries to hand in the draft, and is told why not. */
  async isRefused(because, label) {
    await this.atTheDraft();
    await press(form(this.page, '/songshen'), this.page, '送审');
    assert.ok(!/done=songshen/.test(this.page.url()), `${label}：送审了`);
    assert.match(await words(this.page), because, `${label}：没有说清楚`);
    await this.look(label);
  }

  async judges() {
    const { page } = this;
    await open(page, this.draft);
    await page.check('#rending');
    await press(form(page, '/jiedu'), page, '保存认定');
    assert.match(page.url(), /\/gongzuo\/jiedu\/[0-9a-f-]+\?done=rending/, '没有认定');
    this.policy = new URL(page.url()).pathname;
    assert.match(await words(page), /还不能送审[^]*还没有写解读方案/, '没有说还缺方案');
    await this.look('需要解读，没有方案');
  }

  async plans() {
    const { page } = this;
    await open(page, this.policy);
    const plan = form(page, '/fangan');
    for (const name of ['文字解读', '图解']) await plan.getByLabel(name, { exact: true }).check();
    await page.fill('#zhongdian', '补给谁、补多少、怎么领');
    await page.fill('#zeren', '政策法规科负责人');
    await page.fill('#qudao', '门户');
    await page.fill('#dianhua', '0592-0000000');
    await press(plan, page, '保存方案');
    assert.match(page.url(), /done=fangan/, '方案没有保存');
  }

  /** Begins a material in a form; its address. */
  async begins(kind) {
    const { page } = this;
    await open(page, this.policy);
    await page.selectOption('#xin-xingshi', { label: kind });
    await press(form(page, '/cailiao'), page, '开始写');
    assert.match(page.url(), /jiedu-cailiao\/[0-9a-f-]+\?done=xinjian/, `没有建立${kind}`);
    await this.look(`${kind}，空的`);
    return new URL(page.url()).pathname;
  }

  async keeps(label) {
    await press(this.page, this.page, '保存');
    assert.match(this.page.url(), /done=baocun/, `${label}没有保存`);
    assert.ok(!/送审以前还要补/.test(await words(this.page)), `${label}没有写完`);
    await this.look(label);
  }

  async explains(path) {
    await open(this.page, path);
    await this.page.fill('#yijuhua', LEAD);
    await this.page.fill('#zhengwen', TEXT);
    await this.keeps('文字解读');
  }

  async draws(path) {
    const { page } = this;
    await open(page, path);
    await page.fill('#yijuhua', '谁能领、领多少，一页看完。');
    const blocks = [['谁能领', '80', '周岁以上', '本区户籍\n在家养老'], ['领多少', '300', '元/月', '比原来多一百元']];
    for (const [at, block] of blocks.entries()) {
      for (const [field, value] of ['kuai', 'shuzi', 'danwei', 'yaodian'].map((name, of) => [name, block[of]])) {
        await page.fill(`#${field}-${at + 1}`, value);
      }
    }
    await this.keeps('图解');
    assert.equal(await page.locator('[role=region] svg[role=img]').count(), 1, '没有画出图解');
  }

  async sends() {
    await this.atTheDraft();
    await press(form(this.page, '/songshen'), this.page, '送审');
    assert.match(this.page.url(), /done=songshen/, '没有送审');
  }
}

/** One page shows the policy, how it is interpreted and both interpretations, to everybody who takes a step. */
async function lookAtTheUnit(page, label) {
  const said = await words(page);
  for (const part of [QUOTED, '解读方案', '政策法规科负责人', LEAD, '300', '元/月']) {
    assert.ok(said.includes(part), `${label}：同一页上没有“${part}”`);
  }
  barriers += await barriersOn(page, label);
}

/** How many policies need an interpretation and have one, as everybody reads it. */
async function covered(page) {
  await open(page, '/jiedu/fugai');
  const counted = /需要解读的文件\s*(\d+)\s*份，已解读\s*(\d+)\s*份/.exec(await words(page));
  return counted ? counted.slice(1).map(Number) : [0, 0];
}

/** Where the policy and its two interpretations stand, as the drafter is led there. */
async function addresses({ page, policy }) {
  await open(page, policy);
  const document = await page.getByRole('link', { name: '看文件', exact: true }).getAttribute('href');
  const shown = page.locator('ul.files').getByRole('link', { name: /^看门户/ });
  assert.equal(await shown.count(), 2, '两份解读没有都公开');
  return [document, await shown.nth(0).getAttribute('href'), await shown.nth(1).getAttribute('href')];
}

/** Both are public, lead to each other and need no script. */
async function bothAreRead(page, [document, text, diagram]) {
  await open(page, document);
  assert.ok((await words(page)).includes(QUOTED), '文件没有公开');
  const boxes = await Promise.all(['.docpage .meta', '#zhengwen'].map((one) => page.locator(one).boundingBox()));
  assert.ok(boxes[0].y < boxes[1].y, '手机上基本信息排在正文后面');
  const explained = page.locator('section[aria-labelledby=jiedu]');
  for (const href of [text, diagram]) {
    assert.equal(await explained.locator(`a[href="${href}"]`).count(), 1, `文件页没有连到 ${href}`);
  }
  await Promise.all([page.waitForEvent('load'), explained.locator(`a[href="${text}"]`).click()]);
  assert.ok((await words(page)).includes(LEAD), '文字解读没有公开');
  assert.equal(await sidewaysOn(page), null, '解读页要左右滚动');
  const back = page.locator('main').getByRole('link', { name: PUBLISHED, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), back.click()]);
  assert.equal(new URL(page.url()).pathname, document, '解读没有连回文件');
}

/** The 图解 can be read as text, seen as a picture and taken home as one; whoever does not see it is told what it says. */
async function theDrawing(page, path) {
  await open(page, path);
  const article = await page.locator('#zhengwen').innerText();
  assert.match(article, /领多少[^]*300[^]*元\/月[^]*比原来多一百元/, '图解的文字不在网页上');
  const picture = page.locator('section[aria-labelledby=tu] svg[role=img]');
  assert.ok((await picture.getAttribute('aria-label')).includes(PUBLISHED), '图没有名称');
  assert.match(await picture.locator('desc').textContent(), /300元\/月/, '图没有文字说明');
  const href = await page.getByRole('link', { name: /保存这张图/ }).getAttribute('href');
  const answer = await page.request.get(new URL(href, ADDRESS).href);
  assert.equal(answer.status(), 200, `${href} 答 ${answer.status()}`);
  assert.match(answer.headers()['content-type'], /image\/svg\+xml/);
  const drawn = await answer.text();
  assert.ok(drawn.includes('<title>') && drawn.includes('>300<'), 'SVG 里没有名称或者数字');
}

/** Every public page, at both widths, in the four modes. */
async function everyMode(browser, paths) {
  for (const width of WIDTHS) {
    for (const mode of MODES) {
      const context = await contextFor(browser, width, mode.length ? [mode] : []);
      const page = await context.newPage();
      for (const path of paths) {
        await open(page, path);
        barriers += await barriersOn(page, `${path} ${width} px ${mode.join(' ')}`);
      }
      await context.close();
    }
  }
}

/** A question on a paragraph of the policy is written, reviewed by others and read beside the policy. */
async function asksAndAnswers(browser, drafter, reader, document) {
  const { page } = drafter;
  await open(page, '/gongzuo/wenda');
  const fold = page.locator('details', { has: page.locator('#wenjian') });
  const unfolds = async () => { if (!(await page.locator('#wenjian').isVisible())) await fold.locator('summary').click(); };
  await unfolds();
  await page.fill('#wenjian', document);
  await page.fill('#tiao', '第二条');
  await page.fill('#yuanwen', '补贴标准为每人每月八百元');
  await page.fill('#wen', QUESTION);
  await page.fill('#da', ANSWER);
  await press(fold, page, '保存');
  assert.match(await words(page), /文件里没有这段话/, '文件里没有的话被接受');
  await unfolds();
  assert.equal(await page.locator('#da').inputValue(), ANSWER, '写的字没有留下');
  await page.fill('#yuanwen', QUOTED);
  await press(form(page, '/gongzuo/wenda'), page, '保存');
  assert.match(page.url(), /wenda\/[0-9a-f-]+\?done=baocun/, '问答没有保存');
  await drafter.look('问答');
  await press(form(page, '/songshen'), page, '送审');
  assert.match(page.url(), /done=songshen/, '问答没有送审');
  await passReview(browser, ORGAN, QUESTION);
  const link = reader.getByRole('link', { name: QUESTION, exact: true });
  await until(async () => { await open(reader, document); return (await link.count()) > 0; }, '文件页没有问答');
  await Promise.all([reader.waitForEvent('load'), link.first().click()]);
  const said = await words(reader);
  for (const part of [ANSWER, '第二条', QUOTED, PUBLISHED]) assert.ok(said.includes(part), `问答没有写“${part}”`);
  return new URL(reader.url()).pathname;
}

/** The first policy, from the first letter to what everybody reads. */
async function oneUnit(browser) {
  const drafter = new Drafter(browser, false);
  await drafter.enters();
  await drafter.drafts(PUBLISHED);
  await drafter.isRefused(/送审前要认定是否解读/, '没有认定');
  await drafter.judges();
  await drafter.isRefused(/还没有写解读方案/, '没有方案');
  await drafter.plans();
  await drafter.isRefused(/还没有解读材料/, '没有材料');
  const text = await drafter.begins('文字解读');
  await drafter.isRefused(/没有写完/, '材料没有写完');
  await drafter.explains(text);
  await drafter.draws(await drafter.begins('图解'));
  const reader = await bare(browser);
  const before = await covered(reader);
  await drafter.sends();
  await passReview(browser, ORGAN, PUBLISHED, lookAtTheUnit);
  const paths = await addresses(drafter);
  await bothAreRead(reader, paths);
  await theDrawing(reader, paths[2]);
  const after = before.map((number) => number + 1);
  await until(async () => String(await covered(reader)) === String(after), '解读率没有算上这一份');
  assert.equal(await reader.getByRole('link', { name: PUBLISHED, exact: true }).count(), 1, '解读率里没有列出文件');
  const question = await asksAndAnswers(browser, drafter, reader, paths[0]);
  await everyMode(browser, [...paths, question, '/jiedu', '/jiedu/fugai', '/wenda']);
  await drafter.page.context().close();
  await reader.context().close();
  console.log('文件、方案、文字解读和图解在一页上审签，同时发布，互相连着；问答列在文件下');
}

/** Posts a form of the page made by hand; where it led and what was said. */
function byHand(page, path, fields) {
  return page.evaluate(async ([address, given]) => {
    const seal = document.querySelector('form[method=post] input[name=_mark]');
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ _mark: seal.value, ...given }) });
    return { to: answer.url, said: await answer.text() };
  }, [new URL(path, ADDRESS).href, fields]);
}

/** Somebody of the organ at the page of what was sent, found among the to-dos. */
async function atTheUnit(browser, part, title) {
  const page = await (await contextFor(browser, WIDTHS[1])).newPage();
  await signInFor(page, ORGAN, part);
  const row = page.locator('table.todos tr', { hasText: title });
  const todo = row.locator('a[href*="/gongzuo/shencha/"]').first();
  assert.ok(await todo.count(), `${part} 的待办里没有“${title}”`);
  await Promise.all([page.waitForURL(/\/gongzuo\/shencha\//), todo.click()]);
  return page;
}

/** What was sent is not changed by whoever wrote it, by the page or by hand. */
async function isBound({ page, policy }, material) {
  await open(page, material);
  assert.match(await words(page), /已经送审，退回以前不能改/, '没有说已经送审');
  for (const name of ['保存', '删去']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, `送审以后有“${name}”`);
  }
  const forms = [
    [material, { biaoti: '改过的', yijuhua: '改过的', zhengwen: '改过的', kan: '2' }],
    [`${material}/shanqu`, {}],
    [`${policy}/fangan`, { xingshi: 'wenzi', zhongdian: '改过的', zeren: '改', qudao: '改', dianhua: '改' }],
  ];
  for (const [path, fields] of forms) {
    const answer = await byHand(page, path, fields);
    assert.ok(!answer.to.includes('done='), `手写的 ${path} 被接受`);
    assert.match(answer.said, /审查中的解读不能|已经送审，不能改动/, `手写的 ${path} 没有说为什么不行`);
  }
}

/** The second policy: taken back under the signer's hands and changed, it is signed by nobody. */
async function boundToItsContent(browser) {
  const drafter = new Drafter(browser, true);
  await drafter.enters();
  const { page } = drafter;
  await drafter.drafts(BOUND);
  await drafter.isRefused(/送审前要认定是否解读/, '没有认定');
  await drafter.judges();
  await drafter.plans();
  const material = await drafter.begins('文字解读');
  await drafter.explains(material);
  await drafter.sends();
  for (const part of ['reviewer', 'secrecy']) {
    const at = await atTheUnit(browser, part, BOUND);
    await press(at, at, '通过');
    assert.match(at.url(), /done=passed/, `${part} 没有通过`);
    await at.context().close();
  }
  await isBound(drafter, material);
  const signer = await atTheUnit(browser, 'approver', BOUND);
  const unit = new URL(signer.url()).pathname;
  await open(page, unit);
  await press(page, page, '撤回送审');
  assert.match(page.url(), /done=withdrawn/, '没有撤回送审');
  await open(page, material);
  await page.locator('details', { hasText: '删去这份解读' }).locator('summary').click();
  await press(form(page, '/shanqu'), page, '删去');
  assert.match(page.url(), /done=shanqu/, '材料没有删去');
  await press(signer, signer, '通过');
  assert.ok(!/done=passed/.test(signer.url()), '没有解读也签发了');
  await signer.goto(new URL(unit, ADDRESS).href);
  assert.equal(await signer.getByRole('button', { name: '通过', exact: true }).count(), 0, '撤回的还能签发');
  await signer.context().close();
  await open(page, unit);
  assert.match(await words(page), /撤回/, '没有说已经撤回');
  await drafter.isRefused(/还没有解读材料/, '材料删去以后');
  await drafter.explains(await drafter.begins('文字解读'));
  await drafter.sends();
  // What is sent anew is another unit: nobody's step on the old one counts, so it waits for 初审 again.
  const first = await atTheUnit(browser, 'reviewer', BOUND);
  assert.notEqual(new URL(first.url()).pathname, unit, '重新送审的不是新的一件');
  assert.ok(await first.getByRole('button', { name: '通过', exact: true }).count(), '重新送审的不用再初审');
  const reader = await bare(browser);
  await open(reader, '/jiedu');
  assert.ok(!(await words(reader)).includes(BOUND), '没有签发的解读公开了');
  for (const one of [page, first, reader]) await one.context().close();
  console.log('送审以后改不了；撤回、删去材料以后签发不了，重新送审从初审办起');
}

await inBrowser(async (browser) => {
  await oneUnit(browser);
  await boundToItsContent(browser);
  assert.equal(barriers, 0, `${barriers} 处障碍`);
  console.log(`政策与解读一起审签、一起发布，${barriers} 处障碍`);
});

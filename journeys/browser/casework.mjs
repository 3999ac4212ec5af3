// 窗口, 经办人, 负责人, 审查和签发, 第三方 and 其他机关: a request from the day it is confirmed to its archive.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { ORGAN, byHand, choose, fill, follow, paper, press, pressTo, says, today, wholePdf, words } from './foi.mjs';

const OTHER = { code: 'XM01012', name: '厦门市思明区财政局' };
const MATTER = '走查：供货合同的单价和数量';

/** The counter writes down what is said, reads it back, registers once and gives the receipt. */
export async function writesDownWhatIsSaid(people, title) {
  const page = await people.counter();
  await open(page, '/gongzuo/dengji');
  await press(page, '核对');
  await says(page, '没有选渠道', '没有选申请人类别');
  await fill(page, { qudao: 'koutou', leibie: '自然人', xingming: '吴走查', zhengjian: 'shenfenzheng' });
  await fill(page, { haoma: '110105194912310021', dianhua: '13950001234', mingcheng: title });
  await press(page, '核对');
  await says(page, '校验位不符');
  await fill(page, { haoma: '11010519491231002X', fangshi: 'zhizhi', tujing: 'lingqu' });
  for (const day of ['2026-02-30', '2031-01-01']) {
    const told = await byHand(page, { qudao: 'guahao', leibie: '自然人', daoda: day });
    assert.equal(told.status, 422, `到达日期 ${day} 被接受`);
    assert.match(told.said, /到达日期写得不对|到达日期在今天以后/, `到达日期 ${day} 没有说哪里不对`);
  }
  await press(page, '核对');
  await says(page, '请逐项读给申请人听', '吴走查', title, '13950001234');
  await people.look(page, '读给申请人听');
  await page.locator('#nianguo').check();
  await press(page, '登记并出具回执');
  await says(page, '登记编号', '查询码', '最迟');
  await people.look(page, '已经登记');
  const [number, code] = await page.locator('.note.ok b.num').allInnerTexts();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '登记回执 PDF' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.pdf$/, '没有登记回执');
  return { number, code };
}

/** What came by post counts from the day it was signed for; mail waits to be confirmed. */
export async function registersPostAndMail(people) {
  const page = await people.counter();
  const form = async (fields) => {
    await open(page, '/gongzuo/dengji');
    await fill(page, { leibie: '自然人', xingming: '吴走查', dizhi: '走查路2号 361000', ...fields });
    await press(page, '核对');
    await page.locator('#nianguo').check();
    await press(page, '登记并出具回执');
  };
  await form({ qudao: 'guahao', daoda: today(), mingcheng: '走查：邮寄来的申请' });
  await says(page, '收到之日已经确定', '缺项');
  await form({ qudao: 'youjian', mingcheng: '走查：邮件来的申请' });
  await says(page, '等待双方确认');
}

/** Online requests count from the day both sides confirm; then the head gives the file to the officer. */
export async function confirmsAndAssigns(people, title) {
  const officer = await people.officer();
  const path = await people.file(officer, title);
  await says(officer, '还没有收到之日');
  await people.look(officer, '等待确认');
  await people.done(officer, path, '确认收到');
  const head = await people.head();
  await open(head, '/gongzuo');
  await people.acts(head, path, '分办', {});
  await says(head, /有 \d+ 处/);
  const name = await head.locator('#jingban option').nth(1).innerText();
  await people.done(head, path, '分办', { jingban: name });
  return path;
}

/** 补正告知: everything at once; it starts with nothing typed, which is told. */
export async function asksToMend(people, path) {
  const page = await people.officer();
  await people.acts(page, path, '补正告知', {});
  await says(page, /有 \d+ 处/);
  await people.look(page, '补正告知');
  await people.done(page, path, '补正告知', { shixiang: '写明哪一年\n写明哪一条路' });
  await says(page, '计时已停，等待', '补正告知书');
  await people.look(page, '案卷等待补正');
}

/** Asks the third party and another organ side by side; the third party's code. */
export async function asksForOpinions(people, path) {
  const page = await people.officer();
  await open(page, path);
  await says(page, '收到补正', '法定答复期限');
  await people.acts(page, path, '征求第三方意见', { mingcheng: '走查建材公司', dianhua: '0592-1112222', shixiang: '林走查要你们的合同' });
  await says(page, '申请人的姓名');
  await people.look(page, '征求第三方意见');
  await fill(page, { shixiang: MATTER });
  await press(page, '征求第三方意见');
  await says(page, '已经办理', '查询码');
  await people.look(page, '第三方的查询码');
  const code = await page.locator('.note.ok b.num').first().innerText();
  await people.done(page, path, '征求其他机关意见', { jiguan: OTHER.name, shixiang: MATTER });
  await says(page, '计时已停', '第三方甲', OTHER.name);
  return code;
}

/** The third party opens its letter with the code, and says once what it thinks. */
export async function thirdPartyAnswers(people, code) {
  const page = await people.visitor();
  await open(page, `${ORGAN.site}/shenqing/jindu`);
  await follow(page, '我是被征求意见的第三方');
  await fill(page, { chaxunma: 'AAAA-AAAA-AAAA-AAAA' });
  await press(page, '打开征询书');
  await says(page, '没有找到');
  await fill(page, { chaxunma: code.toLowerCase() });
  await pressTo(page, '打开征询书', /yijian$/);
  await says(page, '走查建材公司', MATTER, /请在\d+年\d+月\d+日.*以前答复/);
  assert.ok(!(await words(page)).includes('林走查'), '征询书里有申请人');
  await press(page, '提交意见');
  await says(page, '选择同意还是不同意');
  await choose(page, '不同意公开，理由写在下面');
  await press(page, '提交意见');
  await says(page, '写明不同意公开的理由');
  await people.look(page, '第三方意见有错误');
  await fill(page, { liyou: '单价没有公开过，是商业秘密' });
  await page.getByRole('button', { name: '提交意见' }).dblclick();
  await page.getByText('收到您的意见：不同意公开').waitFor();
  await people.look(page, '第三方已经答复');
  return page;
}

/** The other organ's head answers the letter; it does not say who asked. */
export async function otherOrganAnswers(people) {
  const page = await people.clerk('f', '公开工作机构负责人', { organ: OTHER.code });
  await open(page, '/gongzuo/zhengqiu');
  await says(page, MATTER);
  assert.ok(!(await words(page)).includes('林走查'), '来函里有申请人');
  const one = page.locator('main section.panel', { hasText: MATTER });
  await one.locator('select').selectOption({ label: '同意公开' });
  await one.locator('textarea').fill('可以公开');
  await press(page, '回复');
  await says(page, '意见已经回复');
}

/** 延期: more than the law allows is refused, the officer cannot agree to his own, the head does. */
export async function extends_(people, path) {
  const officer = await people.officer();
  await open(officer, path);
  await says(officer, '法定答复期限', '中止');
  await people.acts(officer, path, '提请延期', { tianshu: '21', liyou: '材料分散，要逐件核对' });
  await says(officer, /有 1 处/);
  assert.equal(await officer.inputValue('#liyou'), '材料分散，要逐件核对', '理由没有留下');
  await people.look(officer, '提请延期');
  await fill(officer, { tianshu: '10' });
  await press(officer, '提请延期');
  assert.match(officer.url(), /done=banli/);
  assert.equal(await officer.getByRole('link', { name: '决定延期' }).count(), 0, '经办人可以决定自己提请的延期');
  const own = await byHand(officer, { jueding: 'tongyi', liyou: '同意' }, `${path}/jueding-yanqi`);
  assert.equal(own.status, 403, '经办人手写的决定被接受');
  const head = await people.head();
  await open(head, path);
  await follow(head, '决定延期');
  await says(head, '提请的内容', '材料分散', '10个工作日');
  await fill(head, { jueding: 'tongyi', liyou: '情况属实' });
  await press(head, '决定延期');
  await says(head, '延长答复期限告知书');
}

/** The same answer typed in two windows: the second is told plainly, and nothing is lost. */
async function typedInTwoWindows(people, page, path) {
  const other = await page.context().newPage();
  const draft = `${path}/dafu?xiang=0&zhonglei=G2`;
  await open(page, draft);
  await open(other, draft);
  await fill(page, { tigong: '甲窗口写的' });
  await pressTo(page, '保存', /done=baocun/);
  await fill(other, { tigong: '供货合同一份，随本答复提供。' });
  await press(other, '保存');
  await says(other, '刚才保存了第 1 稿', '没有丢');
  assert.equal(await other.inputValue('#tigong'), '供货合同一份，随本答复提供。', '第二个窗口写的丢了');
  await people.look(other, '两个窗口');
  await other.locator('#fugai').check();
  await pressTo(other, '保存', /done=baocun/);
  await other.close();
}

/** 拟答复: chooses the kind, sees the letter and what was answered before, adds what is provided, hands in. */
export async function drafts(people, path) {
  const page = await people.officer();
  await open(page, path);
  await follow(page, '拟答复');
  await page.locator('#zhonglei-xuan').selectOption({ label: '予以公开' });
  await press(page, '用这一种');
  await typedInTwoWindows(people, page, path);
  await open(page, `${path}/dafu`);
  await fill(page, { wenjian: wholePdf('供货合同.pdf', 'Contract of 2025') });
  await pressTo(page, '放入', /done=wenjian/);
  await says(page, '答复书现在是这样', '1 份');
  await people.look(page, '答复书草稿');
  await pressTo(page, '送保密审查和合法性审核', /done=songshen/);
  const own = await byHand(page, { do: 'tongyi' }, `${path}/shencha/baomi`);
  assert.equal(own.status, 403, '起草人自己审查');
}

/** Two reviews and the signature, each by somebody who did not write it; then it goes out. */
export async function reviewsAndSigns(people, path) {
  for (const [letter, role, step] of [
    ['c', '保密审查员', '保密审查'],
    ['c', '合法性审核人员', '合法性审核'],
    ['d', '签发人（负责人）', '签发'],
  ]) {
    const page = await people.clerk(letter, role, { width: letter === 'd' ? 390 : 1280 });
    await open(page, `${path}/shencha`);
    await says(page, '供货合同', '60日内');
    assert.ok(!(await words(page)).includes('林走查'), `${role}看得到申请人`);
    if (step === '保密审查') await people.look(page, step);
    const form = page.locator('form.panel', { has: page.getByRole('heading', { name: step }) });
    await Promise.all([page.waitForNavigation(), form.getByRole('button', { name: step === '签发' ? '签发' : '同意', exact: true }).click()]);
    assert.match(page.url(), /done=shencha/, `${step}没有办成：${(await words(page)).slice(0, 500)}`);
    await says(page, '已经记下');
  }
  const officer = await people.officer();
  await open(officer, `${path}/shencha`);
  await press(officer, '编号印发');
  assert.match(officer.url(), /done=banli/, '没有印发');
  await says(officer, '政府信息公开申请答复书', /已经答复，未逾期/);
  await people.look(officer, '已经印发');
}

/** Before anything is disclosed against a third party's will, it is decided what and why. */
export async function decidesAgainst(people, path) {
  const page = await people.officer();
  await people.done(page, path, '公开决定告知第三方', {
    yijian: '第三方甲',
    gongkai: '合同的单价和数量',
    liyou: '用财政资金采购，公众有权知道价格',
  });
}

/** The third party is told of it when the answer goes out: by post, with the slip as proof. */
export async function tellsTheThirdParty(people, path, third) {
  const page = await people.officer();
  await open(page, path);
  const option = page.locator('#wenshu option', { hasText: '公开决定' });
  await follow(page, '发出文书');
  await people.look(page, '发出文书');
  await page.locator('#wenshu').selectOption({ label: await option.first().innerText() });
  await fill(page, { fangshi: 'youji', danhao: 'EX123456789CN' });
  await pressTo(page, '发出文书', /done=banli/);
  await third.reload();
  await says(third, '机关的决定', '用财政资金采购', '行政复议');
  await people.look(third, '公开决定');
  await follow(third, '看完了，离开');
  await third.context().close();
}

/** What the reading at the applicant's page and the slip of the post prove; then the file is archived. */
export async function servesAndArchives(people, path) {
  const page = await people.officer();
  await open(page, path);
  await says(page, '系统到达记录', '申请人');
  await people.acts(page, path, '登记送达', {});
  await says(page, '“哪一份”还空着');
  await page.locator('#songda').selectOption({ index: 1 });
  await fill(page, { riqi: today(), zhengming: 'youjian', yuanjian: paper('回执.pdf') });
  await press(page, '登记送达');
  assert.match(page.url(), /done=banli/, (await words(page)).slice(0, 500));
  await says(page, '送达');
  await people.done(page, path, '归档', { qixian: 'shinian' });
  await says(page, '归档');
  await people.look(page, '已经归档');
}

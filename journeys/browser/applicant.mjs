// 申请人: searches first, fills in one thing a page, breaks off and comes back, is told plainly what is wrong,
// hands in with a double click, tracks, mends, reads the answer, complains.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { ORGAN, byHand, choose, codeAfter, fill, follow, givesPdf, got, paper, press, pressTo, says, words } from './foi.mjs';

const S = ORGAN.site;
const CARD = { right: '11010519491231002X', digit: '110105194912310021', month: '110105194913310021' };
const PERSON = { xingming: '林走查', haoma: CARD.digit, dianhua: '0592-7654321', dizhi: '走查路1号' };

/** What is asked for twice: with one request everything happens, the other is withdrawn. */
export const TITLE = '走查：2025年某路改造工程供货合同';

/** Searches; what is published is had at once, and with what is not one goes on. */
async function searchesFirst(people, page) {
  await open(page, `${S}/shenqing/xin`);
  await page.getByLabel('您要找什么信息').fill('政务公开');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '可能已经公开了' }).waitFor();
  await follow(page, '没有我要的，继续申请');
}

/** What is wrong with a number is told at its field, and what was typed stays. */
async function isToldWhatIsWrong(people, page) {
  await press(page, '下一步');
  await says(page, /有 \d+ 处需要修改/, '选择您是以个人还是以单位的名义申请');
  await choose(page, '个人（自然人）');
  await choose(page, '替自己或者本单位');
  await page.locator('#zhengjian').selectOption({ label: '居民身份证' });
  for (const [number, said] of [[CARD.digit, '校验位不符'], [CARD.month, '不是一个日期']]) {
    await fill(page, { ...PERSON, haoma: number });
    await press(page, '下一步');
    await says(page, said);
    assert.equal(await page.inputValue('#dizhi'), PERSON.dizhi, '写过的没有留下');
    assert.equal(await page.inputValue('#haoma'), number, '号码要自己再写一遍');
  }
  await people.look(page, '号码不对');
  await fill(page, { haoma: CARD.right });
  await pressTo(page, '下一步', /neirong$/);
}

/** Breaks off; at another computer the code goes on where it was left. */
async function savesAndReturns(people, page) {
  await page.locator('#jiguan').selectOption({ label: ORGAN.name });
  await fill(page, { mingcheng: TITLE });
  await press(page, '保存，下次再填');
  const code = await codeAfter(page, '保存码');
  await people.look(page, '已经保存');
  await page.context().close();
  const other = await people.visitor();
  await open(other, `${S}/shenqing/jixu`);
  await fill(other, { baocunma: 'AAAA-AAAA-AAAA-AAAA' });
  await press(other, '接着填');
  await says(other, '没有找到');
  await fill(other, { baocunma: code.toLowerCase() });
  await pressTo(other, '接着填', /fangshi$/);
  await follow(other, '上一步');
  assert.equal(await other.inputValue('#mingcheng'), TITLE, '保存的没有留下');
  await pressTo(other, '下一步', /fangshi$/);
  return other;
}

async function choosesWaysAndPapers(people, page) {
  await choose(page, '电子文件');
  await choose(page, '网上查看和下载');
  await pressTo(page, '下一步', /cailiao$/);
  await fill(page, { wenjian: paper('程序.exe') });
  await press(page, '上传这个文件');
  await says(page, '这种文件不能收');
  await fill(page, { wenjian: paper('身份证.pdf') });
  await press(page, '上传这个文件');
  await says(page, '身份证.pdf');
  await people.look(page, '要附的材料');
  await pressTo(page, '下一步：核对', /hedui$/);
}

/** Reads everything back, mends one thing, and hands in with a double click: one request. */
async function handsInOnce(people, page) {
  await says(page, PERSON.xingming, TITLE, '身份证.pdf', ORGAN.name);
  await page.getByRole('link', { name: /修改\s*怎样给您/ }).click();
  await pressTo(page, '下一步', /hedui$/);
  await page.getByRole('button', { name: '提交申请' }).dblclick();
  await page.getByRole('heading', { name: '申请已经提交' }).waitFor();
  const [number, code] = [await codeAfter(page, '登记编号'), await codeAfter(page, '查询码')];
  await givesPdf(page, '登记回执');
  const ics = await got(page, `${S}/shenqing/wancheng.ics`);
  const said = ics.body.toString();
  assert.ok(said.includes('BEGIN:VEVENT') && said.includes(number), '日历文件不对');
  assert.ok(!said.includes(PERSON.xingming), '日历文件里有姓名');
  await page.goBack();
  await page.reload();
  await page.getByRole('heading', { name: '申请已经提交' }).waitFor();
  assert.equal(await codeAfter(page, '登记编号'), number, '退回去以后成了另一件');
  return { number, code };
}

/** Hands in a request as anybody would; the page, its number and code. */
export async function applies(people) {
  const first = await people.visitor();
  await searchesFirst(people, first);
  await isToldWhatIsWrong(people, first);
  const page = await savesAndReturns(people, first);
  await choosesWaysAndPapers(people, page);
  const filed = await handsInOnce(people, page);
  await page.context().close();
  return filed;
}

/** Whatever of the pair is wrong, the answer is the same; with the right one the file is shown. */
export async function tracks(people, { number, code }, tail = '4321') {
  const page = await people.visitor();
  await open(page, `${S}/shenqing/jindu`);
  const answers = new Set();
  for (const [typed, second] of [[code, '0000'], ['0000-0000-0000-0000', tail], [number, tail]]) {
    await fill(page, { chaxunma: typed, weihao: second });
    await press(page, '查进度');
    answers.add(await words(page));
  }
  assert.equal(answers.size, 1, `错的不一样，答得也不一样: ${[...answers].join('\n---\n')}`);
  await people.look(page, '查不到');
  await fill(page, { chaxunma: code.replaceAll('-', '').toLowerCase(), weihao: tail });
  await pressTo(page, '查进度', /jindu\/wode$/);
  await says(page, number);
  assert.ok(!(await words(page)).includes(PERSON.xingming), '进度页面显示姓名');
  return page;
}

/** Reads the 补正告知书 and mends all of it. */
export async function mends(people, page) {
  await page.reload();
  await people.look(page, '等待补正');
  await follow(page, '补正告知书');
  await says(page, '写明哪一年');
  await people.look(page, '补正告知书');
  await givesPdf(page, '下载 PDF');
  await follow(page, '回到进度');
  await follow(page, '提交补正材料');
  await press(page, '提交补正');
  await says(page, '还没有补充');
  await people.look(page, '提交补正');
  await fill(page, { miaoshu: '2025年3月签的那一份', wenjian: paper('说明.txt') });
  await pressTo(page, '提交补正', /jindu\/wode$/);
}

/** Reads the answer; that it was opened is the proof that it was served. */
export async function readsTheAnswer(people, page) {
  await page.reload();
  await says(page, '已经答复');
  await people.look(page, '已经答复');
  await follow(page, '看答复书');
  await says(page, /60日内向演示市人民政府申请行政复议/, /6个月内/, '提供的信息', PERSON.xingming);
  await people.look(page, '答复书');
  await givesPdf(page, '下载 PDF');
  const href = await page.locator('main ul.files a').first().getAttribute('href');
  assert.ok((await got(page, href)).body.toString().startsWith('%PDF'), '提供的文件打不开');
  await follow(page, '回到进度');
}

/** 建议主动公开, with a double click: one suggestion. */
export async function suggests(people, page, { number }) {
  await follow(page, '建议把它主动公开');
  await press(page, '提交建议');
  await says(page, '写明建议公开什么');
  await page.locator('#jiguan').selectOption({ label: ORGAN.name });
  await fill(page, { bianhao: number, jianyi: '这类合同都可以公开' });
  const key = await page.inputValue('input[name=_jian]');
  await press(page, '提交建议');
  await says(page, '建议已经收到');
  const shown = await codeAfter(page, '编号');
  await people.look(page, '建议已经收到');
  await open(page, `${S}/shenqing/jianyi`);
  const again = await byHand(page, { jiguan: ORGAN.code, jianyi: '这类合同都可以公开', _jian: key });
  assert.ok(again.said.includes(shown), '同一份建议成了两件');
}

/** 投诉, tracked by its own code. */
export async function complains(people) {
  const page = await people.visitor();
  await open(page, `${S}/shenqing/tousu`);
  await press(page, '提交');
  await says(page, '选择投诉什么', '写明怎么回事');
  await people.look(page, '投诉有错误');
  await page.locator('input[name=leixing]').first().check();
  await page.locator('#jiguan').selectOption({ label: ORGAN.name });
  await fill(page, { neirong: '走查：到期没有答复', xingming: '林走查', dianhua: '13800001111' });
  await press(page, '提交');
  await says(page, '已经收到', /最迟\d+年\d+月\d+日.*告知您结果/);
  await people.look(page, '投诉已经收到');
  await follow(page, '看办理进度');
  await says(page, '等待受理');
  await people.look(page, '投诉进度');
  await page.context().close();
}

/** 更正: a record of oneself is wrong. */
export async function asksForCorrection(people) {
  const page = await people.visitor();
  await open(page, `${S}/shenqing/gengzheng`);
  await page.locator('#jiguan').selectOption({ label: ORGAN.name });
  await fill(page, { jilu: '走查：我家的面积', cuozai: '应当是 120 平方米', zhengju: '不动产权证' });
  await fill(page, { xingming: '林走查', haoma: CARD.digit, dianhua: '13800001111' });
  await press(page, '提交更正申请');
  await says(page, '校验位不符');
  await people.look(page, '更正申请有错误');
  await fill(page, { haoma: CARD.right });
  await press(page, '提交更正申请');
  await says(page, '更正申请已经收到', /最迟\d+年/);
  await follow(page, '看办理进度');
  await says(page, '正在审核');
  await people.look(page, '更正进度');
  await page.context().close();
}

/** 撤回, asked once more before. */
export async function withdraws(people, filed, tail) {
  const page = await tracks(people, filed, tail);
  await follow(page, '撤回申请');
  await pressTo(page, '撤回申请', /jindu\/wode$/);
  await says(page, '撤回了申请');
  await follow(page, '看完了，离开');
  await open(page, `${S}/shenqing/jindu/wode`);
  assert.match(page.url(), /jindu$/, '离开以后还看得到');
  await page.context().close();
}

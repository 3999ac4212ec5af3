// The pages of 依申请公开 that exist only while something is under way: an application being filled in, one that
// was handed in, a letter to a third party, a file with a draft and with a proposal. Each with who sees it.
import { open } from './browser.mjs';
import { ORGAN, choose, fill, press, pressTo } from './foi.mjs';

const OFFICER = { login: 'xm01010.i', role: '依申请公开经办人' };
const HEAD = { login: 'xm01010.f', role: '公开工作机构负责人' };
const SHEETS = ['shenqingren', 'neirong', 'fangshi', 'cailiao', 'hedui'];

/** Fills in an application as far as the reading back. */
async function fillIn(page) {
  await open(page, `${ORGAN.site}/shenqing/xin/shenqingren`);
  for (const choice of ['个人（自然人）', '替自己或者本单位']) await choose(page, choice);
  await fill(page, { xingming: '林走查', zhengjian: '居民身份证', haoma: '11010519491231002X', dianhua: '0592-7654321' });
  await pressTo(page, '下一步', /neirong$/);
  await fill(page, { jiguan: ORGAN.name, mingcheng: '障碍走查：某项信息' });
  await pressTo(page, '下一步', /fangshi$/);
  for (const choice of ['电子文件', '网上查看和下载']) await choose(page, choice);
  await pressTo(page, '下一步', /cailiao$/);
  await pressTo(page, '下一步：核对', /hedui$/);
}

/** The applicant's pages: one visitor is filling in, another has handed in and has a letter. */
async function applicants(pages) {
  const filling = await pages.for({ visitor: 'filling' });
  await fillIn(filling);
  const filed = await pages.for({ visitor: 'filed' });
  await fillIn(filed);
  await press(filed, '提交申请');
  await open(filed, `${ORGAN.site}/shenqing/jindu/wode`);
  const letter = await filed.locator('main a[href*="/wenshu/"]').first().getAttribute('href');
  return [
    ...SHEETS.map((sheet) => ({ type: `request: ${sheet}`, path: `${ORGAN.site}/shenqing/xin/${sheet}`, visitor: 'filling' })),
    ...[['received', 'wancheng'], ['standing', 'jindu/wode'], ['withdrawal', 'jindu/chehui']].map(([type, path]) => (
      { type: `request: ${type}`, path: `${ORGAN.site}/shenqing/${path}`, visitor: 'filed' }
    )),
    { type: 'request: letter', path: letter, visitor: 'filed' },
  ];
}

/** The address of a file by words of its title. */
async function fileOf(page, title) {
  await open(page, `/gongzuo/shenqing?q=${encodeURIComponent(title)}`);
  return page.locator('main table').getByRole('link', { name: title }).first().getAttribute('href');
}

/** A third party's page, opened with the code of a letter that goes out now. */
async function thirdParty(pages, officer, file) {
  await open(officer, `${file}/disanfang`);
  await fill(officer, { mingcheng: '走查公司', dianhua: '0592-1112222', shixiang: '报价' });
  await press(officer, '征求第三方意见');
  const code = await officer.locator('.note.ok b.num').first().innerText();
  const third = await pages.for({ visitor: 'third' });
  await open(third, `${ORGAN.site}/shenqing/disanfang`);
  await fill(third, { chaxunma: code });
  await pressTo(third, '打开征询书', /yijian$/);
  return { type: 'request: third party opinion', path: new URL(third.url()).pathname, visitor: 'third' };
}

/** Every page type that comes with a request, beside those the program names itself. */
export async function filings(pages) {
  const types = await applicants(pages);
  const officer = await pages.for(OFFICER);
  const asked = await fileOf(officer, '招标投标');
  types.push(await thirdParty(pages, officer, asked));
  const drafted = await fileOf(officer, '专项补贴');
  await open(officer, `${drafted}/yanqi`);
  await fill(officer, { tianshu: '5', liyou: '走查' });
  await press(officer, '提请延期');
  const mending = await fileOf(officer, '有关材料');
  for (const [file, act] of [
    [drafted, ''], [asked, ''], [mending, ''], [drafted, '/shenfen'], [drafted, '/dafu'], [drafted, '/dafu?zhonglei=P1'],
    [drafted, '/shencha'], [drafted, '/buzheng'], [drafted, '/jiansuo'], [drafted, '/songda'], [asked, '/yijian'],
    [mending, '/shoudao'],
  ]) {
    types.push({ type: `requests desk file ${act}`, path: `${file}${act}`, ...OFFICER });
  }
  for (const act of ['fenban', 'jueding-yanqi']) {
    types.push({ type: `requests desk decision ${act}`, path: `${drafted}/${act}`, ...HEAD });
  }
  return types;
}

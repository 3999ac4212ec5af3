// 依申请公开 from search to archive: a citizen on a phone, the counter, the officer, the head, the reviewers and
// the signer, a third party and another organ, each at the pages that are theirs, at two widths with axe.
import assert from 'node:assert/strict';
import { inBrowser } from './browser.mjs';
import { People } from './foi.mjs';
import * as citizen from './applicant.mjs';
import * as organ from './casework.mjs';

const started = Date.now();
const told = (words) => console.log(`${((Date.now() - started) / 1000).toFixed(1)} s ${words}`);

await inBrowser(async (browser) => {
  const people = new People(browser);
  const filed = await citizen.applies(people);
  told('先搜索、保存再填、说清哪里不对、双击只有一件、回执 PDF 和日历');
  const path = await organ.confirmsAndAssigns(people, citizen.TITLE);
  await organ.asksToMend(people, path);
  const track = await citizen.tracks(people, filed);
  await citizen.mends(people, track);
  told('确认收到、分办、补正告知，申请人凭码补正');
  const code = await organ.asksForOpinions(people, path);
  const third = await organ.thirdPartyAnswers(people, code);
  await organ.otherOrganAnswers(people);
  told('第三方凭函上的码答复，其他机关由负责人答复');
  await organ.extends_(people, path);
  await organ.decidesAgainst(people, path);
  await organ.drafts(people, path);
  await organ.reviewsAndSigns(people, path);
  told('负责人批准延期；两个窗口写的都在；两审一签由别人办，印发');
  await organ.tellsTheThirdParty(people, path, third);
  await citizen.readsTheAnswer(people, track);
  await citizen.suggests(people, track, filed);
  await organ.servesAndArchives(people, path);
  told('公开决定告知第三方；申请人打开即送达；回执为证，归档');
  const oral = await organ.writesDownWhatIsSaid(people, '走查：口头申请');
  await organ.registersPostAndMail(people);
  await citizen.withdraws(people, oral, '1234');
  await citizen.complains(people);
  await citizen.asksForCorrection(people);
  told(`窗口代填念读、邮寄和邮件登记；撤回、投诉、更正；${people.looked} 个页面 × 2 个宽度，${people.barriers} 处障碍`);
  assert.equal(people.barriers, 0, `${people.barriers} 处障碍`);
});

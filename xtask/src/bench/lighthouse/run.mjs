// Runs Lighthouse for each address given, in one headless browser, and prints a line of JSON for each.
// usage: node run.mjs CHROMIUM ADDRESS…
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await chromeLauncher.launch({
  chromePath,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  for (const address of addresses) {
    // Results of a search ask search engines not to list them, as they should; nothing else is left out.
    const skipAudits = new URL(address).search.startsWith("?q=") ? ["is-crawlable"] : null;
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", skipAudits });
    const scores = {};
    for (const [name, category] of Object.entries(lhr.categories)) {
      scores[name] = Math.round((category.score ?? 0) * 100);
    }
    const lost = Object.values(lhr.categories).flatMap((category) =>
      category.auditRefs
        .filter((ref) => ref.weight > 0)
        .map((ref) => lhr.audits[ref.id])
        .filter((audit) => audit && audit.score !== null && audit.score < 0.9)
        .map((audit) => audit.id),
    );
    console.log(JSON.stringify({ address, scores, lost: [...new Set(lost)] }));
  }
} finally {
  await chrome.kill();
}

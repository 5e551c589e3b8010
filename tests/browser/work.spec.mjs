// Work that takes long: tasks, streams, uploads, downloads, scrolling through a long table.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { closePage, eventually, launch, live, openLive, openPage, seeText, settled, shows } from "./lib/browser.mjs";
import { chinookFile, startExample } from "./lib/server.mjs";

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await startExample("live-pages", { env: { RDJ_CHINOOK: chinookFile() } });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path, options) => {
  const page = await openPage(browser, options);
  await (options?.js === false ? page.goto(server.url + path) : openLive(page, server.url + path));
  return page;
};

describe("tasks", () => {
  /** Begins to count for longer than a test may take until it looks. */
  const countLong = (page) => page.evaluate(() => window.rdj.send("jobs.count(40, 250)"));

  test("progress is shown while the page can be used, then the result", async () => {
    const page = await open("/work/jobs");
    // noted and clicked in the page: questions from here may come too late
    await page.evaluate(() => {
      window.seen = [];
      const button = [...document.querySelectorAll("button")].find((one) => one.textContent === "Touch 0");
      new MutationObserver(() => {
        const { value } = document.querySelector("#progress");
        if (!value || window.seen.at(-1) === value) return;
        if (!window.seen.length) button.click();
        window.seen.push(value);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.getByRole("button", { name: "Count" }).click();
    await seeText(page, "Touch 1");
    await seeText(page, "counted to 50");
    await seeText(page, "Counted.");
    const seen = await page.evaluate(() => window.seen);
    assert.ok(seen.length > 3, seen.join());
    await closePage(page);
  });

  test("cancelling ends it", async () => {
    const page = await open("/work/jobs");
    await countLong(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await shows(page.locator("#state"), ["cancelled"]);
    const step = await page.locator("#step").innerText();
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(await page.locator("#step").innerText(), step);
    await closePage(page);
  });

  test("a lost connection does not end it", async () => {
    const page = await open("/work/jobs");
    await countLong(page);
    await seeText(page, "running");
    await page.context().setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event("pagehide")));
    await page.locator('html[data-rdj="offline"]').waitFor({ state: "attached" });
    await page.context().setOffline(false);
    await live(page);
    await seeText(page, "counted to 250");
    await page.context().close();
  });

  test("a panic is told by its id", async () => {
    const page = await open("/work/jobs");
    await page.getByRole("button", { name: "Panic" }).click();
    await shows(page.locator("#state"), ["failed"]);
    const error = await page.locator("#error").innerText();
    assert.match(error, /\b[0-9a-f]{8}\b/);
    assert.ok(!error.includes("secret"));
    await closePage(page);
  });
});

const keys = (page, id) => page.locator(`#${id} > li`).evaluateAll((rows) => rows.map((row) => row.dataset.key).join(" "));
const has = (page, expected) => eventually(async () => assert.equal(await keys(page, "lines"), expected));

/**
 * The connection is lost at the message that comes when there are so many lines or more, with the message and right
 * after it in turns. Gives how many there were each time.
 */
async function cutting(page, counts) {
  const seen = [];
  await page.routeWebSocket(/_event/, (socket) => {
    const far = socket.connectToServer();
    let turn = Promise.resolve();
    let isCut = false;
    const pass = async (message) => {
      if (isCut) return;
      const count = await page.locator("#lines > li").count();
      isCut = count >= counts[seen.length];
      if (!isCut || seen.length % 2) socket.send(message);
      if (!isCut) return;
      seen.push(count);
      await far.close();
      await socket.close({ code: 1001 });
    };
    far.onMessage((message) => (turn = turn.then(() => pass(message))));
  });
  return seen;
}

describe("streams", () => {
  test("rows come and go, and drafts in the others stay", async () => {
    const page = await open("/work/log");
    await has(page, "1 2 3");
    await page.getByLabel("Note 2").fill("mine");
    await page.getByRole("button", { name: "Add" }).click();
    await has(page, "1 2 3 4");
    await page.getByRole("button", { name: "First" }).click();
    await has(page, "5 1 2 3 4");
    await page.getByRole("button", { name: "Remove 3" }).click();
    await has(page, "5 1 2 4");
    await page.getByRole("button", { name: "Change 2" }).click();
    await seeText(page, "changed");
    assert.equal(await page.inputValue("[aria-label='Note 2']"), "mine");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Change 2");
    await page.getByRole("button", { name: "Reset" }).click();
    await has(page, "");
    await page.getByRole("button", { name: "Add" }).click();
    await has(page, "6");
    await closePage(page);
  });

  test("a limit takes rows away at the other end", async () => {
    const page = await open("/work/log");
    await page.evaluate(() => window.rdj.send("log.limit(3)"));
    await page.getByRole("button", { name: "Add" }).click();
    await has(page, "2 3 4");
    await page.getByRole("button", { name: "First" }).click();
    await has(page, "5 2 3");
    await closePage(page);
  });

  test("after a lost connection nothing is there twice and nothing is missing", async () => {
    const page = await openPage(browser);
    const cuts = [20, 500, 1000, 1500];
    const seen = await cutting(page, cuts);
    await openLive(page, `${server.url}/work/log`);
    // what is lost at one time is less than what makes the browser load the page again
    for (let last = 63; last <= 2043; last += 60) {
      await page.evaluate(() => window.rdj.send("log.follow(60)"));
      await page.locator(`#lines > [data-key="${last}"]`).waitFor();
    }
    await live(page);
    await has(page, Array.from({ length: 2043 }, (_, i) => i + 1).join(" "));
    assert.equal(seen.length, cuts.length, `lost at ${seen}`);
    await page.context().close();
  });

  test("without JavaScript the rows are plain HTML", async () => {
    const page = await open("/work/log", { js: false });
    await has(page, "1 2 3");
    await page.context().close();
  });
});

const file = (name, buffer) => ({ name, mimeType: name.endsWith("png") ? "image/png" : "text/plain", buffer: Buffer.from(buffer) });
const stored = (page, expected) => shows(page.locator("#files > li"), expected);

/** Gives files to the form as if they were dropped on it. */
const dropFiles = async (page, files) => {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
    return data;
  }, files);
  await page.dispatchEvent("#upload", "dragover", { dataTransfer: data });
  assert.ok(await page.locator("#upload[data-rdj-over]").count());
  await page.dispatchEvent("#upload", "drop", { dataTransfer: data });
};

describe("uploads", () => {
  test("several files, one after the other", async () => {
    const page = await open("/work/docs");
    await page.getByLabel("Files").setInputFiles([file("a.txt", "one"), file("b.txt", "three"), file("c.txt", "x")]);
    await page.getByRole("button", { name: "Upload" }).click();
    await stored(page, ["a.txt 3 text/plain", "b.txt 5 text/plain", "c.txt 1 text/plain"]);
    await shows(page.locator("#upload .rdj-upload [role=status]"), ["Uploaded.", "Uploaded.", "Uploaded."]);
    await closePage(page);
  });

  test("files can be dropped on the form", async () => {
    const page = await open("/work/docs");
    await dropFiles(page, [["a.txt", "1"], ["b.txt", "2"]]);
    await stored(page, ["a.txt 1 text/plain", "b.txt 1 text/plain"]);
    assert.equal(await page.locator("[data-rdj-over]").count(), 0);
    await closePage(page);
  });

  test("what is too large, too many, or of a wrong kind is refused at the form", async () => {
    const page = await open("/work/docs");
    const alert = page.locator("#upload [role=alert]");
    const send = async (...files) => {
      await page.getByLabel("Files").setInputFiles(files);
      await page.getByRole("button", { name: "Upload" }).click();
    };
    await send(file("a.txt", "x".repeat(100_001)));
    await shows(alert, ["a.txt: The file is too large: at most 100 kB are taken."]);
    await send(...["a", "b", "c", "d"].map((name) => file(`${name}.txt`, "x")));
    await shows(alert, ["These are too many files: at most 3 are taken at one time."]);
    // the browser takes the name for the kind; the server looks into the file
    await send(file("a.png", "%PDF-1.7"));
    await eventually(async () => assert.match(await alert.innerText(), /kind of file is not taken/));
    await send(file("a.txt", "bad"), file("b.txt", "good"));
    await shows(alert, ["This file is bad."]);
    await stored(page, ["b.txt 4 text/plain"]);
    await page.context().close();
  });

  test("progress is shown, and an upload can be stopped", async () => {
    const page = await open("/work/docs");
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 });
    await page.getByLabel("Slow file").setInputFiles({ name: "big.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(3_000_000, 1) });
    await page.getByRole("button", { name: "Send" }).click();
    const bar = page.locator("#slow progress");
    const seen = new Set();
    await eventually(async () => {
      seen.add(await bar.evaluate((el) => el.value));
      assert.ok(seen.size > 2, [...seen].join());
    });
    await page.getByRole("button", { name: "Cancel: big.bin" }).click();
    await shows(page.locator("#slow .rdj-upload [role=status]"), ["Cancelled."]);
    await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    assert.equal(await page.locator("#files > li").count(), 0);
    await page.getByLabel("Slow file").setInputFiles({ name: "big.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(3_000_000, 1) });
    await page.getByRole("button", { name: "Send" }).click();
    await stored(page, ["slowly 3000000"]);
    await page.context().close();
  });

  test("without JavaScript the form does the same", async () => {
    const page = await open("/work/docs", { js: false });
    await page.getByLabel("Files").setInputFiles([file("a.txt", "one"), file("b.txt", "three")]);
    await page.getByRole("button", { name: "Upload" }).click();
    await stored(page, ["a.txt 3 text/plain", "b.txt 5 text/plain"]);
    await page.context().close();
  });
});

for (const js of [true, false]) {
  test(`a download ${js ? "with" : "without"} JavaScript`, async () => {
    const page = await open("/work/docs", { js });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Report" }).click()]);
    assert.equal(download.suggestedFilename(), "Dateien \u00fcber.txt");
    assert.equal(await readFile(await download.path(), "utf8"), "");
    assert.equal(await page.locator("h1").first().innerText(), "Documents");
    await page.context().close();
  });
}

describe("3,503 tracks", () => {
  const facts = (page) => page.evaluate(() => {
    const rows = [...document.querySelectorAll("#tracks > li")].map((row) => +row.dataset.key);
    return { rows, count: rows.length };
  });

  test("scrolling down to the last and up to the first, with a bounded page and a server that keeps none", async () => {
    const page = await open("/work/tracks");
    const memory = async () => +/RssAnon:\s+(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, "utf8"))[1];
    /** Gives the rows that were seen on the way. */
    const travel = async (delta, done) => {
      const seen = new Set();
      const end = Date.now() + 600_000;
      for (;;) {
        const { rows, count } = await facts(page);
        for (const id of rows) seen.add(id);
        assert.ok(count <= 200, `${count} rows`);
        for (let i = 1; i < count; i += 1) assert.equal(rows[i], rows[i - 1] + 1, "in order, none is missing");
        if (done(rows)) return seen;
        assert.ok(Date.now() < end, `stopped at ${rows[0]} to ${rows.at(-1)}`);
        await page.mouse.wheel(0, delta);
        await page.waitForTimeout(15);
      }
    };
    await page.mouse.move(300, 300);
    const start = await memory();
    const down = await travel(2500, (rows) => rows.at(-1) === 3503);
    assert.equal(down.size, 3503);
    const up = await travel(-2500, (rows) => rows[0] === 1);
    assert.equal(up.size, 3503);
    await settled(page);
    await eventually(async () => assert.match(await page.locator("#window").innerText(), /^0 to \d+ of 3503$/));
    assert.ok((await memory()) - start < 20_000, "the server keeps no rows");
    await closePage(page);
  });

  test("rows that are read stay where they are while others come above them", async () => {
    const page = await open("/work/tracks");
    await eventually(async () => {
      // at once: a turn of the wheel would go on below
      await page.evaluate(() => scrollBy({ top: 1500, behavior: "instant" }));
      assert.ok((await facts(page)).rows[0] > 150);
    });
    await settled(page);
    const jumped = await page.evaluate(async () => {
      const box = document.getElementById("tracks");
      const pause = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      let worst = 0;
      let loads = 0;
      let first = box.firstElementChild.dataset.key;
      for (let step = 0; step < 400 && loads < 3; step += 1) {
        const row = [...box.children].find((row) => row.getBoundingClientRect().top >= 0);
        const place = row.getBoundingClientRect().top;
        scrollBy(0, -40);
        const moved = row.getBoundingClientRect().top - place;
        await pause();
        if (row.isConnected) worst = Math.max(worst, Math.abs(row.getBoundingClientRect().top - place - moved));
        if (box.firstElementChild.dataset.key !== first) {
          loads += 1;
          first = box.firstElementChild.dataset.key;
        }
      }
      return { worst, loads };
    });
    assert.ok(jumped.loads > 0, JSON.stringify(jumped));
    assert.ok(jumped.worst < 60, JSON.stringify(jumped));
    await closePage(page);
  });
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const form = (album) => `<form id="f" method="post" enctype="multipart/form-data" action="/albums/${album}?_event=album.add" data-rdj-upload="album.add"
  data-rdj-max-size="90000000" data-rdj-max-count="5" data-text-stopped="Cancelled." data-text-done="Uploaded." data-text-leave="Leave?">
  <input type="file" multiple><button>Send</button></form><a href="/albums/2">Next</a>`;
const file = (name, size = 1) => [name, size];

/** A page whose posts wait: each is answered by the next of `release`. */
const start = async () => {
  const posts = [];
  const page = await open(form(1), { path: "/albums/1" });
  server.take = (request, response) => {
    const post = { url: request.url };
    post.answer = (status = 204) => request.resume().on("end", () => response.writeHead(status).end());
    request.on("close", () => (post.closed = !request.complete));
    posts.push(post);
  };
  await loaded(page, "work", "navigate");
  const send = async (...files) => {
    await page.evaluate((files) => {
      const data = new DataTransfer();
      for (const [name, size] of files) data.items.add(new File(["x".repeat(size)], name));
      document.querySelector("[type=file]").files = data.files;
    }, files);
    await page.click("#f > button");
    await until(() => posts.length);
  };
  return { page, posts, send };
};
/** Answers the wish for another page. */
const arrive = async () => {
  const [seq] = await until(() => server.events.find(([, name]) => name === "go"));
  server.send(wire.effects([hello({ fresh: true, seq: 1000, token: "tok2" })], seq, 0), wire.body(1, { main: form(2) }));
};
const messages = (page) => page.textContent("[data-rdj-messages]");

test("files that are left are asked for, and never come to the next page", async () => {
  const { page, posts, send } = await start();
  await send(file("a.txt"), file("b.txt", 30_000_000), file("c.txt"));
  posts[0].answer();
  await until(() => posts.length === 2);
  await page.waitForFunction(() => document.querySelector("#f progress").value > 0);
  const asked = [];
  page.once("dialog", (dialog) => (asked.push(dialog.message()), dialog.dismiss()));
  await page.click("a");
  await until(() => asked.length);
  assert.equal(server.events.length, 0);
  page.once("dialog", (dialog) => dialog.accept());
  await page.click("a");
  await arrive();
  await page.waitForURL("**/albums/2");
  await until(async () => (await messages(page)).includes("b.txt, c.txt: Cancelled."));
  posts[1].answer();
  await until(() => posts[1].closed, "the file under way is given up");
  await pause(100);
  assert.equal(posts.length, 2);
  assert.deepEqual(asked, ["Leave?"]);
  assert.equal(await page.locator(".rdj-upload,[data-rdj-busy]").count(), 0);
  // the next page has its own
  await send(file("d.txt"));
  await until(() => posts.length === 3);
  assert.match(posts[2].url, /^\/albums\/2\?.*_page=tok2/);
  posts[2].answer();
  await page.waitForSelector("text=Uploaded.");
  assert.deepEqual(page.errors, []);
});

test("a file that the server has may lead to another page; what is wrong with it is told there", async () => {
  const { page, posts, send } = await start();
  await send(file("a.txt"));
  page.on("dialog", (dialog) => assert.fail(dialog.message()));
  server.send(wire.effects([{ t: "navigate", to: "/albums/2", live: true }]));
  await arrive();
  await page.waitForURL("**/albums/2");
  await pause(100);
  assert.equal(await messages(page), "");
  posts[0].answer(409);
  await until(async () => (await messages(page)).includes("a.txt: "));
});

test("the browser asks before it leaves files behind", async () => {
  const { page, posts, send } = await start();
  await send(file("a.txt"), file("b.txt"));
  const asked = [];
  page.on("dialog", (dialog) => (asked.push(dialog.type()), dialog.dismiss()));
  await page.evaluate(() => void setTimeout(() => location.assign("/elsewhere")));
  await until(() => asked.length);
  assert.deepEqual(asked, ["beforeunload"]);
  posts[0].answer();
  await until(() => posts.length === 2);
  posts[1].answer();
  await page.waitForFunction(() => !document.querySelector("#f[data-rdj-busy]"));
  await page.goto(`${server.url}/elsewhere`);
  assert.equal(asked.length, 1);
});

test("a form that is gone sends no further files, and says so", async () => {
  const { page, posts, send } = await start();
  await send(file("a.txt"), file("b.txt"));
  server.send(wire.patch(1, { main: "<p>gone</p>" }));
  await page.waitForSelector("text=gone");
  posts[0].answer();
  await until(async () => (await messages(page)).includes("b.txt: Cancelled."));
  await pause(100);
  assert.equal(posts.length, 1);
});

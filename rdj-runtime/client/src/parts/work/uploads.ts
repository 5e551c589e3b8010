// Files on their way to the open page: one after the other, with progress and a way to stop each.

import type { Core } from "../../parts";

/** A file that waits for its turn, or is under way. */
interface Job {
  form: HTMLFormElement;
  file: File;
  row: Element;
  button: HTMLButtonElement;
  /** It is not sent any more. */
  stopped?: boolean;
  request?: XMLHttpRequest;
  /** There is more to send. What the server has may lead to another page before it is answered. */
  rest?: boolean;
}

const FORM = "form[data-rdj-upload]";

const make = <T extends keyof HTMLElementTagNameMap>(parent: Element, tag: T, name: string, text = ""): HTMLElementTagNameMap[T] => {
  const el = document.createElement(tag);
  el.className = name;
  el.textContent = text;
  parent.append(el);
  return el;
};

/** Where the files of a form are shown: no patch of the server meets it. */
const areaOf = (form: Element): Element => {
  const own = form.querySelector("[data-rdj-uploads]");
  if (own) return own;
  const area = make(form, "div", "rdj-uploads");
  area.setAttribute("data-rdj-uploads", "");
  area.setAttribute("data-rdj-ignore", "");
  return area;
};

const isKind = (file: File, accept: string): boolean =>
  accept.split(",").some((kind) => {
    if (kind[0] == ".") return file.name.toLowerCase().endsWith(kind.toLowerCase());
    // the browser knows a type by the name alone: the server looks into the file
    return !file.type || file.type == kind || kind.endsWith("*") && file.type.startsWith(kind.slice(0, -1));
  });

export const uploads = (core: Core): void => {
  /** Runs one upload after the other, in each form. */
  const turns = new WeakMap<Element, Promise<void>>();
  /** How much of the files under way has been sent, and how much there is. */
  const sums = new WeakMap<Element, { sent: number; all: number; left: number }>();
  const jobs = new Set<Job>();
  /** The user has agreed to leave without the files that are left. */
  let agreed = false;

  const tell = (form: Element, text: string): HTMLElement => {
    const el = make(areaOf(form), "p", "rdj-upload rdj-field-error", text);
    el.setAttribute("role", "alert");
    return el;
  };

  /** Fills the page's own bar. */
  const fill = (form: Element): void => {
    const bar = form.querySelector<HTMLProgressElement>("progress[data-rdj-progress]");
    const sum = sums.get(form);
    if (!bar || !sum) return;
    bar.max = 1;
    bar.value = sum.all ? sum.sent / sum.all : 0;
    bar.hidden = !sum.left;
  };

  /** What cannot be told at the form any more. */
  const say = (files: File[], text = ""): void => core.say(`${files.map(({ name }) => name).join(", ")}: ${text}`);

  /** What the server does not have yet. */
  const left = (): Job[] => [...jobs].filter(({ stopped, request, rest }) => !stopped && (!request || rest));

  const stop = (job: Job): void => {
    job.stopped = true;
    job.request?.abort();
  };

  const post = (job: Job): Promise<void> =>
    new Promise((done) => {
      const { form, file, row, button } = job;
      const bar = make(row, "progress", "");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      row.insertBefore(bar, button);
      const sum = sums.get(form)!;
      let sent = 0;
      const request = job.request = new XMLHttpRequest();
      const url = new URL(form.action);
      url.searchParams.set("_page", core.page());
      request.open("POST", url);
      request.setRequestHeader("x-csrftoken", core.csrf() ?? "");
      request.upload.onprogress = ({ loaded, total }) => {
        bar.value = loaded / total;
        job.rest = loaded < total;
        sum.sent += bar.value * file.size - sent;
        sent = bar.value * file.size;
        fill(form);
      };
      const end = (text = "", isError = true): void => {
        bar.remove();
        button.remove();
        sum.sent += file.size - sent;
        const el = make(row, "span", isError ? "rdj-field-error" : "", text);
        el.setAttribute("role", isError ? "alert" : "status");
        if (isError && !row.isConnected) say([file], text);
        done();
      };
      request.onload = () => {
        if (request.status == 204) return end(form.dataset.textDone, false);
        let text = core.text("lost");
        try {
          text = JSON.parse(request.responseText).text || text;
        } catch {
          // a layer has answered in its own way
        }
        end(text);
      };
      request.onerror = () => end(core.text("lost"));
      request.onabort = () => end(form.dataset.textStopped, false);
      button.onclick = () => stop(job);
      const body = new FormData();
      body.append("file", file, file.name);
      request.send(body);
    });

  const begin = (form: HTMLFormElement, files: File[]): void => {
    const { rdjMaxSize: size, rdjMaxCount: count, rdjAccept: accept, textSize, textCount, textKind, textStop } = form.dataset;
    const sum = sums.get(form) ?? { sent: 0, all: 0, left: 0 };
    sums.set(form, sum);
    // what was told of the last files has been read
    if (!sum.left) {
      areaOf(form).replaceChildren();
      sum.sent = sum.all = 0;
    }
    if (files.length > +count!) return void tell(form, textCount!);
    for (const file of files) {
      const problem = file.size > +size! ? textSize : accept && !isKind(file, accept) ? textKind : "";
      if (problem) {
        tell(form, `${file.name}: ${problem}`);
        continue;
      }
      const row = make(areaOf(form), "p", "rdj-upload");
      make(row, "span", "rdj-upload-name", file.name);
      const button = make(row, "button", "rdj-upload-stop", textStop);
      button.type = "button";
      button.setAttribute("aria-label", `${textStop}: ${file.name}`);
      const job: Job = { form, file, row, button };
      button.onclick = () => {
        stop(job);
        row.remove();
      };
      jobs.add(job);
      agreed = false;
      sum.all += file.size;
      sum.left++;
      form.setAttribute("data-rdj-busy", "");
      const turn = (turns.get(form) ?? Promise.resolve()).then(async () => {
        if (!job.stopped && !form.isConnected) say([file], form.dataset.textStopped);
        else if (!job.stopped) await post(job);
        jobs.delete(job);
        sum.left--;
        fill(form);
        if (!sum.left) form.removeAttribute("data-rdj-busy");
      });
      turns.set(form, turn);
    }
    fill(form);
  };

  // the next page has nothing to do with the files of this one, though it may have the same form
  addEventListener("rdj:navigate", () => {
    const lost = left();
    lost.forEach(stop);
    if (lost[0]) say(lost.map(({ file }) => file), lost[0].form.dataset.textStopped);
    for (const area of document.querySelectorAll("[data-rdj-uploads]")) area.replaceChildren();
  });
  addEventListener("rdj:leave", (event) => {
    const [job] = agreed ? [] : jobs;
    if (job && !(agreed = confirm(job.form.dataset.textLeave))) event.preventDefault();
  });
  addEventListener("beforeunload", (event) => left()[0] && !agreed && event.preventDefault());

  const inputs = (form: Element) => [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];

  const take = (form: HTMLFormElement): boolean => {
    const files = inputs(form).flatMap((input) => [...input.files ?? []]);
    if (!files[0]) return false;
    begin(form, files);
    for (const input of inputs(form)) input.value = "";
    return true;
  };

  const formOf = (event: Event): HTMLFormElement | null => {
    const form = (event.target as Element).closest?.<HTMLFormElement>(FORM) ?? null;
    return core.unavailable() ? null : form;
  };

  addEventListener("submit", (event) => {
    const form = formOf(event);
    if (!form || event.defaultPrevented || !form.contains(event.target as Node)) return;
    event.preventDefault();
    take(form);
  });
  addEventListener("change", (event) => {
    const form = formOf(event);
    // without a button to send them, files are sent when they are chosen
    const has = form?.querySelector("button:not([type=button]),input[type=submit]");
    if (form && !has && (event.target as HTMLInputElement).type == "file") take(form);
  });
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    addEventListener(type, (raw) => {
      const event = raw as DragEvent;
      const form = formOf(event);
      if (!form || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.toggleAttribute("data-rdj-over", type == "dragover" || type == "dragenter");
      if (type == "drop") begin(form, [...event.dataTransfer.files]);
    });
  }
};

// Before the client: a plain script at the top of the page.
window.calls = [];
(window.rdj_hooks ??= []).push(["chart", {
  mounted(el, context) {
    calls.push("mounted " + el.dataset.points);
    const canvas = document.createElement("canvas");
    canvas.id = "canvas";
    el.querySelector("[data-rdj-ignore]").append(canvas);
    context.handle("points", (points) => {
      calls.push("points " + points.join() + " count " + document.querySelector("#count").textContent);
    });
    el.addEventListener("select", () => context.push("gestures.note", "picked").then(() => calls.push("pushed")));
    el.addEventListener("wrong", () => context.push("gestures.note", 5, 6).catch(() => calls.push("refused")));
    el.addEventListener("none", () => context.push("gestures.nothing").catch(() => calls.push("unknown")));
  },
  updated: (el) => calls.push("updated " + el.dataset.points),
  destroyed: (el) => calls.push("destroyed " + el.isConnected),
  disconnected: () => calls.push("disconnected"),
  reconnected: () => calls.push("reconnected"),
}]);

// A module: it runs after the client.
addEventListener("load", () => setTimeout(() => {
  window.rdj.hook("late", { mounted: (el) => { el.dataset.seen = "yes"; } });
  window.rdj.hook("broken", { mounted() { throw new Error("a hook that breaks"); } });
}, 300));
export {};

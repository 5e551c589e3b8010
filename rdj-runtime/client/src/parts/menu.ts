// Part: a menu closes when the focus or a click goes elsewhere, and by Escape, which leads back to its name.

window.rdj!.part(() => {
  const close = (event: Event): void => {
    const isEscape = (event as KeyboardEvent).key == "Escape";
    if (event.type == "keydown" && !isEscape) return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.rdj-menu[open]")) {
      const inside = menu.contains(event.target as Node);
      if (inside && !isEscape) continue;
      if (inside) menu.querySelector("summary")!.focus();
      menu.open = false;
    }
  };
  for (const type of ["focusin", "click", "keydown"]) addEventListener(type, close);
});

// What the panel looks like. A sheet that a script makes needs no exception of a Content-Security-Policy.

const RULES = `
.rdj-panel {
  position: fixed; inset: auto 0 0 auto; z-index: 9999; max-width: 100vw; box-sizing: border-box;
  background: Canvas; color: CanvasText; border: 1px solid GrayText; border-radius: .4rem 0 0;
  font: 12px/1.4 ui-monospace, monospace; color-scheme: light dark;
}
.rdj-panel > summary { padding: .3rem .6rem; cursor: pointer; }
.rdj-panel > p { margin: 0; padding: 0 .6rem .3rem; display: flex; gap: 1rem; }
.rdj-panel > div { max-height: 40vh; overflow: auto; padding: 0 .6rem .6rem; }
.rdj-panel table { border-collapse: collapse; font: inherit; }
.rdj-panel :is(th, td) { padding: .1rem .5rem; text-align: end; vertical-align: top; font: inherit; }
.rdj-panel tbody th { text-align: start; max-width: 40rem; overflow-wrap: anywhere; }
.rdj-panel :is(p, ol) { margin: 0; }
.rdj-panel .rdj-panel-warning { font-weight: bold; }
@media print { .rdj-panel { display: none; } }
`;

export const style = (): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

/**
 * Does what a form holds leave with this submit of the browser's? Not where it closes a dialog or opens a tab, nor where a script
 * takes it, which is known when the event is through.
 */
export const isSent = ({ defaultPrevented, submitter, target }: SubmitEvent): boolean => {
  const own = (name: string): string => submitter?.getAttribute("form" + name) ?? (target as Element).getAttribute(name) ?? "";
  return !defaultPrevented && !/^dialog$/i.test(own("method")) && /^(_self|_top|_parent)?$/i.test(own("target"));
};

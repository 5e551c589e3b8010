/** Chooses what the user has chosen, unless nothing of it is there any more. */
export const choose = (select: HTMLSelectElement, picked: string[]): void => {
  const options = [...select.options];
  const isMine = (option: HTMLOptionElement): boolean => picked.includes(option.value);
  if (picked.length ? !options.some(isMine) : !select.multiple) return;
  for (const option of options) option.selected = isMine(option);
};

import type { Phone } from './browser.ts';

/** Words that stand on two lines: parted by letters, where there is no hyphen. */
export const parted = ({ page }: Phone): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // Read aloud alone.
      if (node.parentElement!.closest('thead, .hidden-text')?.getBoundingClientRect().width === 1) continue;
      for (const { 0: word, index } of node.textContent!.matchAll(/[^\s\-–/]+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = [...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => top);
        if (Math.max(...tops) - Math.min(...tops) > 4) found.push(word);
      }
    }
    return found;
  });

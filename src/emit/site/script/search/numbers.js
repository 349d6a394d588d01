// Numbers of entries as readers ask for them: No.9, №９, 9番, No10－12. Refuses to know which entries have them. The same as
// src/runtime/search/numbers.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [COMMA, DASH, NUMBER] = [/[,、・]/, /[-~〜‐–—−ー…](.*)/, /^(?:no[.。]? ?)?([0-9]{1,9})番?$/];

  const number = text => {
    const found = NUMBER.exec(text.trim());
    return found === null ? undefined : Number(found[1]);
  };

  const range = text => {
    const [first, last] = text.split(DASH);
    return [number(first), number(last ?? first)];
  };

  /** The ranges of numbers, each `[first, last]`, that a levelled text asks for and says nothing besides. */
  search.numbersIn = levelled => {
    const isMarked = levelled.startsWith("no") || levelled.endsWith("番");
    const ranges = levelled.split(COMMA).map(range);
    const areNumbers = ranges.flat().every(it => it !== undefined);
    return areNumbers && (isMarked || number(levelled) !== undefined) ? ranges : [];
  };
})(globalThis.faqc ??= {});

// Cells by their names and labels. Refuses to know numbers, versions and days.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const YES = ["yes", "y", "はい", "ある", "あり"];
  const NO = ["no", "n", "いいえ", "ない", "なし"];
  const OTHER = ["other", "その他", "そのほか"];

  const spelled = text => inner.hiragana(inner.lower(text).replace(/\p{White_Space}/gu, ""));
  const same = (left, right) => left !== "" && left === right;

  /** Points and signs tell numbers apart, 1.5 and 15: they are dropped only where there are no digits. */
  const areAlike = (left, right) =>
    same(spelled(left), spelled(right))
    || !/\p{N}/u.test(left) && !/\p{N}/u.test(right) && same(faqc.fold(left), faqc.fold(right));

  /** The cell that a text names, never *not applicable*; -1 for none. */
  const pick = (fact, written) => {
    const text = inner.trim(written);
    const folded = faqc.fold(text);
    const meant = YES.includes(folded) ? "yes" : NO.includes(folded) ? "no" : undefined;
    const ways = [
      cell => cell.value === text,
      cell => cell.label === text,
      cell => cell.value !== undefined && areAlike(cell.value, text),
      cell => areAlike(cell.label, text),
      cell => cell.value !== undefined && cell.value === meant,
      cell => Boolean(cell.other) && OTHER.includes(folded),
    ];
    for (const is of ways) {
      const cell = fact.cells.findIndex(it => !it.not_applicable && is(it));
      if (cell >= 0) return cell;
    }
    return -1;
  };

  /** The labels of the cells that can be answered. */
  const choices = fact => fact.cells.filter(cell => !cell.not_applicable).map(cell => cell.label);

  /** Optimal string alignment distance between lists of characters: insertions, deletions, exchanges, neighbours swapped. */
  const distance = (left, right) => {
    let [beforeLast, last] = [[], Array.from({ length: right.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= left.length; i++) {
      const row = [i];
      for (let j = 1; j <= right.length; j++) {
        const isSame = left[i - 1] === right[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
        const isSwapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1] && !isSame;
        if (isSwapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
      [beforeLast, last] = [last, row];
    }
    return last[right.length];
  };

  /** The name that a text nearly is, over folded texts; the first of equals, null for none. */
  const nearest = (text, names) => {
    const written = Array.from(faqc.fold(text));
    let [best, least] = [null, Math.ceil(written.length / 4) + 1];
    for (const name of names) {
      const away = distance(written, Array.from(faqc.fold(name)));
      if (away < least) [best, least] = [name, away];
    }
    return best;
  };

  Object.assign(inner, { areAlike, pick, choices, nearest });
})(globalThis.faqc ??= {});

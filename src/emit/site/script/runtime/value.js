// Numbers, versions and days as people write them, and the cells that they belong to. Refuses to know names and labels.
//
// A value is a BigInt (a scaled number, or days), an array (the parts of a version) or a string (a day). What was read is
// `{ value }`, or `{ after }` for what lies between that integer and the next: with more decimals than the fact has.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const DIGITS = /^[0-9]*$/;
  /** Beyond all bounds, which are below 2^53. */
  const HUGE = 1n << 100n;
  const HUGE_DIGITS = 31;

  const trim = text => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");

  /** NFKC, every dash a `-`, nothing around it. */
  const plain = text => trim(text.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-"));

  /** Splits at the first separator; the second half is undefined where there is none. */
  const splitOnce = (text, separator) => {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
  };

  /** Commas stand where they part thousands, or nowhere; undefined where they do not. */
  const withoutCommas = whole => {
    const [first, ...groups] = whole.split(",");
    const fits = groups.every(group => group.length === 3) && (groups.length === 0 || first.length >= 1 && first.length <= 3);
    return fits ? whole.replaceAll(",", "") : undefined;
  };

  const magnitude = digits => {
    const significant = digits.replace(/^0+/, "");
    if (significant.length > HUGE_DIGITS) return HUGE;
    const number = BigInt(significant || "0");
    return number < HUGE ? number : HUGE;
  };

  /** A number at a scale; its unit may follow it, and commas part thousands. */
  const number = (text, scale, unit) => {
    const [, written, rest] = /^([0-9+.,-]*)(.*)$/s.exec(plain(text));
    const isUnit = trim(rest) === "" || unit !== undefined && faqc.fold(unit) === faqc.fold(rest);
    const isNegative = written.startsWith("-");
    const [wholePart, fraction = ""] = splitOnce(written.replace(/^[-+]/, ""), ".");
    const whole = withoutCommas(wholePart);
    if (!isUnit || !whole || !DIGITS.test(whole) || !DIGITS.test(fraction)) return undefined;
    const size = magnitude(whole + fraction.slice(0, scale).padEnd(scale, "0"));
    if (/^0*$/.test(fraction.slice(scale))) return { value: isNegative ? -size : size };
    return { after: isNegative ? -size - 1n : size };
  };

  /** Digits joined by points; a `v` may stand before them. The parts are without zeros before and after. */
  const version = text => {
    const lower = plain(text).toLowerCase();
    const word = ["version", "バージョン", "ver.", "ver", "v"].find(it => lower.startsWith(it)) ?? "";
    const parts = trim(lower.slice(word.length)).split(".");
    if (!parts.every(part => part !== "" && DIGITS.test(part))) return undefined;
    const significant = parts.map(part => part.replace(/^0+/, ""));
    while (significant.at(-1) === "") significant.pop();
    return significant;
  };

  const daysIn = (year, month) => {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    if (month === 2) return isLeap ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  };

  /** `2023-06-29`, `2023/6/29`, `2023.6.29`, `2023年6月29日`; always as the first of these. */
  const day = text => {
    const parts = plain(text).replace(/日$/, "").split(/[-/.年月]/).map(trim);
    if (parts.length !== 3 || !parts.every(part => /^[0-9]{1,4}$/.test(part))) return undefined;
    const [year, month, date] = parts.map(Number);
    const exists = year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month);
    if (!exists) return undefined;
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(date).padStart(2, "0")].join("-");
  };

  const DAY_MILLISECONDS = 86_400_000;
  const dayNumber = written => Date.parse(`${written}T00:00:00Z`) / DAY_MILLISECONDS;

  const NEAR_TODAY = new Map([
    ["today", 0], ["今日", 0], ["本日", 0], ["yesterday", -1], ["昨日", -1], ["tomorrow", 1], ["明日", 1],
  ]);

  /** Days from today; `{ noToday: true }` when the text is a day and it is not known which day today is. */
  const daysFrom = (text, today) => {
    const near = NEAR_TODAY.get(faqc.fold(text));
    if (near !== undefined) return { value: BigInt(near) };
    const written = day(text);
    if (written !== undefined) {
      const from = today === undefined ? undefined : day(today);
      return from === undefined ? { noToday: true } : { value: BigInt(dayNumber(written) - dayNumber(from)) };
    }
    const days = number(text, 0, undefined);
    return days?.value === undefined ? undefined : days;
  };

  /** What a text says of a question of this kind; undefined when it cannot be read. */
  inner.readValue = (question, text, today) => {
    const only = value => value === undefined ? undefined : { value };
    switch (question.kind) {
      case "number": return number(text, question.scale ?? 0, question.unit ?? undefined);
      case "version": return only(version(text));
      case "date": return only(day(text));
      default: return daysFrom(text, today);
    }
  };

  const sign = (left, right) => left < right ? -1 : left > right ? 1 : 0;

  /** Parts without zeros before them compare by length and then by digit. */
  const byParts = (left, right) => {
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
      const order = sign(left[at].length, right[at].length) || sign(left[at], right[at]);
      if (order !== 0) return order;
    }
    return sign(left.length, right.length);
  };

  /** Undefined when the bound is of another kind, or is not written as such a bound is. */
  const compare = (value, bound) => {
    const isInteger = typeof value === "bigint";
    if (isInteger !== (typeof bound === "number")) return undefined;
    if (isInteger) return sign(value, BigInt(bound));
    const read = Array.isArray(value) ? version(bound) : day(bound);
    if (read === undefined) return undefined;
    return Array.isArray(value) ? byParts(value, read) : sign(value, read);
  };

  const MEETS = { ge: order => order >= 0, gt: order => order > 0, le: order => order <= 0, lt: order => order < 0 };

  const meets = (value, side, bound) => {
    const order = compare(value, bound);
    return order !== undefined && MEETS[side](order);
  };

  const breaks = (value, cell, sides) =>
    sides.some(side => cell[side] !== undefined && !meets(value, side, cell[side]));

  const isNamed = cell => Boolean(cell.not_applicable || cell.other || cell.value !== undefined);

  /** The cell whose bounds a value meets; -1 for none. */
  /** Whether answers to a question of this kind are compared with such a bound. */
  inner.fitsKind = (kind, bound) => {
    switch (kind) {
      case "number": case "date-from-today": return typeof bound === "number";
      case "version": return typeof bound === "string" && version(bound) !== undefined;
      case "date": return typeof bound === "string" && day(bound) !== undefined;
      default: return false;
    }
  };

  inner.cellOf = (fact, { value }) =>
    value === undefined ? -1 : fact.cells.findIndex(cell => !isNamed(cell) && !breaks(value, cell, Object.keys(MEETS)));

  /** Whether a value is less than all that cells hold, or greater. */
  inner.isOutside = (fact, { value, after }) => {
    const all = sides => fact.cells.filter(cell => !isNamed(cell)).every(cell => breaks(value ?? after, cell, sides));
    return all(["ge", "gt"]) || all(["le", "lt"]);
  };

  inner.trim = trim;
})(globalThis.faqc ??= {});

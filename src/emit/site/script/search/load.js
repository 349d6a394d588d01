// The data of the searches as the site's build packed them. Refuses to know what is searched for.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};

  const bytesOf = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

  /** The text of deflated bytes. */
  search.inflate ??= bytes => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).text();
  };

  search.unpack = async base64 => JSON.parse(await search.inflate(bytesOf(base64)));

  /** The numbers of a text of bits; see src/emit/site/search/bits.rs. */
  const reader = bytes => {
    let at = 0;
    const bit = () => {
      const value = bytes[at >> 3] >> (7 - (at & 7)) & 1;
      at += 1;
      return value;
    };
    const bits = width => {
      let value = 0;
      for (let left = width; left > 0; left -= 1) value = value * 2 + bit();
      return value;
    };
    const gamma = () => {
      let width = 0;
      while (at < bytes.length * 8 && bit() === 0) width += 1;
      return 2 ** width + bits(width);
    };
    const rice = width => {
      let ones = 0;
      while (at < bytes.length * 8 && bit() === 1) ones += 1;
      return ones * 2 ** width + bits(width);
    };
    return { gamma, rice };
  };

  const gaps = (read, count, entries) => {
    const mean = Math.floor(entries * 69 / (100 * Math.max(count, 1)));
    const width = 31 - Math.clz32(Math.max(mean, 1));
    const numbers = [];
    let next = 0;
    for (let left = count; left > 0; left -= 1) {
      next += read.rice(width);
      numbers.push(next);
      next += 1;
    }
    return numbers;
  };

  const entriesOf = (read, entries) => {
    const count = read.gamma();
    if (count * 2 <= entries) return gaps(read, count, entries);
    const lacking = new Set(gaps(read, entries - count, entries));
    const having = [];
    for (let entry = 0; entry < entries; entry += 1) if (!lacking.has(entry)) having.push(entry);
    return having;
  };

  /** A file of grams: for each two characters a map from the third one to the entries that have the three. */
  search.readGrams = (base64, entries) => {
    const read = reader(bytesOf(base64));
    const grams = new Map();
    let first = 0;
    for (let groups = read.gamma() - 1; groups > 0; groups -= 1) {
      first += read.gamma() - 1;
      const second = read.gamma() - 1;
      const thirds = new Map();
      let third = 0;
      for (let left = read.gamma(); left > 0; left -= 1) {
        third += read.gamma() - 1;
        thirds.set(String.fromCodePoint(third), entriesOf(read, entries));
      }
      grams.set(String.fromCodePoint(first, second), thirds);
    }
    return grams;
  };

  /** The file in which the grams stand that begin with two characters. */
  search.shardOf = (first, second, shards) => (first.codePointAt(0) * 37 + second.codePointAt(0) * 101) % shards;
})(globalThis.faqc ??= {});

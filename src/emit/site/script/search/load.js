// The data of the searches as the site's build packed them. Refuses to know what is searched for.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};

  // All of ASCII that can be seen but for these, which a digit's value does not count.
  const DIGITS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter(c => !'"\\<'.includes(c));
  const VALUES = new Uint8Array(128);
  DIGITS.forEach((c, value) => { VALUES[c.charCodeAt(0)] = value; });

  /** The bytes of a text; see src/emit/site/search/pack.rs. */
  const bytesOf = text => {
    const bytes = new Uint8Array(Math.floor((Math.floor(text.length / 2) * 13 + text.length % 2 * 6) / 8));
    let [bits, count, end] = [0, 0, 0];
    for (let at = 0; at < text.length; at += 2) {
      const isPair = at + 1 < text.length;
      const value = VALUES[text.charCodeAt(at)];
      bits = isPair ? bits << 13 | (value * 91 + VALUES[text.charCodeAt(at + 1)]) : bits << 6 | value;
      count += isPair ? 13 : 6;
      while (count >= 8) {
        count -= 8;
        bytes[end] = bits >> count;
        end += 1;
      }
      bits &= (1 << count) - 1;
    }
    return bytes;
  };

  /** The text of deflated bytes. */
  search.inflate ??= bytes => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).text();
  };

  search.unpack = async text => JSON.parse(await search.inflate(bytesOf(text)));

  /** The numbers of a text of bits, from a place on; see src/emit/site/search/bits.rs. */
  const reader = (bytes, start) => {
    let at = start;
    const byte = place => bytes[place] ?? 0;
    /** The next 32 bits. */
    const ahead = () => {
      const [place, used] = [at >> 3, at & 7];
      const four = byte(place) << 24 | byte(place + 1) << 16 | byte(place + 2) << 8 | byte(place + 3);
      return used === 0 ? four : four << used | byte(place + 4) >> (8 - used);
    };
    const bits = width => {
      const value = width === 0 ? 0 : ahead() >>> (32 - width);
      at += width;
      return value;
    };
    const gamma = () => {
      const width = Math.clz32(ahead());
      at += width;
      return bits(width + 1);
    };
    const rice = width => {
      let ones = 0;
      for (let more = 32; more === 32 && at < bytes.length * 8;) {
        more = Math.clz32(~ahead());
        ones += more;
        at += more;
      }
      at += 1;
      return ones * 2 ** width + bits(width);
    };
    return { gamma, rice, place: () => at };
  };

  const widthOf = (count, entries) => 31 - Math.clz32(Math.max(Math.floor(entries * 69 / (100 * Math.max(count, 1))), 1));

  const numbers = (read, count, entries) => {
    const width = widthOf(count, entries);
    let next = 0;
    return Array.from({ length: count }, () => {
      const number = next + read.rice(width);
      next = number + 1;
      return number;
    });
  };

  /** How many entries have a gram, and how many numbers are written for that: those that have it, or that have it not. */
  const counts = (read, entries) => {
    const count = read.gamma();
    return { count, written: count * 2 <= entries ? count : entries - count };
  };

  const pass = (read, entries) => {
    const { written } = counts(read, entries);
    const width = widthOf(written, entries);
    for (let left = written; left > 0; left -= 1) read.rice(width);
  };

  const entriesAt = (bytes, place, entries) => {
    const read = reader(bytes, place);
    const { count, written } = counts(read, entries);
    const listed = numbers(read, written, entries);
    if (count * 2 <= entries) return listed;
    const lacking = new Set(listed);
    return Array.from({ length: entries }, (_, entry) => entry).filter(entry => !lacking.has(entry));
  };

  /** A file of grams: for each two characters a map from the third one to a function that gives the entries that have the three. */
  search.readGrams = (text, entries) => {
    const bytes = bytesOf(text);
    const read = reader(bytes, 0);
    const grams = new Map();
    let first = 0;
    for (let groups = read.gamma() - 1; groups > 0; groups -= 1) {
      first += read.gamma() - 1;
      const second = read.gamma() - 1;
      const thirds = new Map();
      let third = 0;
      for (let left = read.gamma(); left > 0; left -= 1) {
        third += read.gamma() - 1;
        const place = read.place();
        thirds.set(String.fromCodePoint(third), () => entriesAt(bytes, place, entries));
        pass(read, entries);
      }
      grams.set(String.fromCodePoint(first, second), thirds);
    }
    return grams;
  };

  /** The file in which the grams stand that begin with two characters. */
  search.shardOf = (first, second, shards) => (first.codePointAt(0) * 37 + second.codePointAt(0) * 101) % shards;
})(globalThis.faqc ??= {});

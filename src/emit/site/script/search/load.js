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

  /** As in src/emit/site/search/pack.rs. */
  const BLOCK = 1 << 20;
  const EVEN = 1 << 15;
  const MEMORY = 4;
  const chances = () => ({ longer: new Uint16Array(32).fill(EVEN), bits: new Uint16Array(32 * 8).fill(EVEN) });

  /** A function that gives one coded number after the other; see src/emit/site/search/code.rs. */
  const decoder = bytes => {
    let [low, high, end] = [0, 0xFFFFFF, 3];
    let code = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
    const bit = (table, place) => {
      const chance = table[place];
      const middle = low + Math.floor((high - low) * chance / 0x10000);
      const isSet = code <= middle;
      if (isSet) high = middle;
      else low = middle + 1;
      table[place] += isSet ? (0x10000 - chance) >> MEMORY : -(chance >> MEMORY);
      while (low >> 16 === high >> 16) {
        low = low << 8 & 0xFFFFFF;
        high = high << 8 & 0xFFFFFF | 0xFF;
        code = code << 8 & 0xFFFFFF | bytes[end];
        end += 1;
      }
      return isSet;
    };
    return ({ longer, bits }) => {
      let width = 0;
      while (bit(longer, width)) width += 1;
      let value = 1;
      for (let left = width; left > 0; left -= 1) value = value * 2 + Number(bit(bits, width * 8 + (value < 8 ? value : 0)));
      return value;
    };
  };

  /** Bytes in runs, each with how many others came since it came last. */
  const readRuns = (number, length) => {
    const bytes = new Uint8Array(length);
    const [ranks, lengths] = [chances(), chances()];
    const latest = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (let at = 0; at < length;) {
      const rank = number(ranks);
      const byte = latest[rank];
      latest.copyWithin(1, 0, rank);
      latest[0] = byte;
      const end = at + number(lengths);
      bytes.fill(byte, at, end);
      at = end;
    }
    return bytes;
  };

  /** The text of bytes that are sorted by what follows each; `start` of them stand before the place of the beginning. Each place
   * has its byte and, above its bits, the place of the next one, so that memory is asked once for both. */
  const inOrder = (bytes, start) => {
    const length = bytes.length;
    const places = new Uint32Array(257).fill(1, 0, 1);
    for (let at = 0; at < length; at += 1) places[bytes[at] + 1] += 1;
    for (let byte = 0; byte < 256; byte += 1) places[byte + 1] += places[byte];
    const follows = new Uint32Array(length + 1);
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[at];
      follows[places[byte]] = (at < start ? at : at + 1) << 8 | byte;
      places[byte] += 1;
    }
    const text = new Uint8Array(length);
    for (let [at, place] = [0, start]; at < length; at += 1) {
      const next = follows[place];
      text[at] = next & 0xFF;
      place = next >>> 8;
    }
    return text;
  };

  /** A value that was packed; see src/emit/site/search/pack.rs. */
  search.unpack = text => {
    const number = decoder(bytesOf(text));
    const counts = chances();
    const all = new Uint8Array(number(counts));
    for (let at = 0; at < all.length; at += BLOCK) {
      const start = number(counts);
      all.set(inOrder(readRuns(number, Math.min(BLOCK, all.length - at)), start), at);
    }
    return JSON.parse(new TextDecoder().decode(all));
  };

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
    /** A number below `count`, which is 2 at least. */
    const oneOf = count => {
      const width = 32 - Math.clz32(count - 1);
      const short = 2 ** width - count;
      const value = bits(width - 1);
      return value < short ? value : value * 2 + bits(1) - short;
    };
    const skip = count => { at += count; };
    return { gamma, oneOf, skip, place: () => at };
  };

  /** Ascending numbers from `low` on, below `high`, of which the middle one is written first. */
  const readAmong = (read, count, low, high, found) => {
    if (count === high - low) {
      for (let number = low; number < high; number += 1) found.push(number);
      return;
    }
    if (count === 0) return;
    const half = count >> 1;
    const middle = low + half + read.oneOf(high - low - count + 1);
    readAmong(read, half, low, middle, found);
    found.push(middle);
    readAmong(read, count - half - 1, middle + 1, high, found);
  };

  const entriesAt = (bytes, place, count, entries) => {
    const found = [];
    readAmong(reader(bytes, place), count, 0, entries, found);
    return found;
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
        const [count, length] = [read.gamma(), read.gamma() - 1];
        const place = read.place();
        thirds.set(String.fromCodePoint(third), () => entriesAt(bytes, place, count, entries));
        read.skip(length);
      }
      grams.set(String.fromCodePoint(first, second), thirds);
    }
    return grams;
  };

  /** How common a gram is, as a power of two, from what the build says of all; see src/emit/site/search/grams.rs. */
  search.commonness = (gram, all) => {
    const [first, second, third] = gram.map(c => c.codePointAt(0));
    return parseInt(all[(first * 37 + second * 101 + third * 191) % all.length], 36);
  };

  /** The file in which the grams stand that begin with two characters. */
  search.shardOf = (first, second, shards) => (first.codePointAt(0) * 37 + second.codePointAt(0) * 101) % shards;
})(globalThis.faqc ??= {});

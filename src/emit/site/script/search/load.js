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

  /** Coded numbers, one after the other; see src/emit/site/search/code.rs. */
  class Decoder {
    constructor(bytes) {
      this.bytes = bytes;
      this.low = 0;
      this.high = 0xFFFFFF;
      this.code = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
      this.end = 3;
    }

    bit(table, place) {
      const chance = table[place];
      const middle = this.low + Math.floor((this.high - this.low) * chance / 0x10000);
      const isSet = this.code <= middle;
      if (isSet) this.high = middle;
      else this.low = middle + 1;
      table[place] += isSet ? (0x10000 - chance) >> MEMORY : -(chance >> MEMORY);
      while (this.low >> 16 === this.high >> 16) {
        this.low = this.low << 8 & 0xFFFFFF;
        this.high = this.high << 8 & 0xFFFFFF | 0xFF;
        this.code = this.code << 8 & 0xFFFFFF | this.bytes[this.end];
        this.end += 1;
      }
      return isSet;
    }

    number({ longer, bits }) {
      let width = 0;
      while (this.bit(longer, width)) width += 1;
      let value = 1;
      for (let left = width; left > 0; left -= 1) value = value * 2 + Number(this.bit(bits, width * 8 + (value < 8 ? value : 0)));
      return value;
    }
  }

  /** Bytes in runs, each with how many others came since it came last; and how often each of the 256 comes. */
  const readRuns = (coded, length) => {
    const [bytes, counts] = [new Uint8Array(length), new Uint32Array(256)];
    const [ranks, lengths] = [chances(), chances()];
    const latest = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (let at = 0; at < length;) {
      const rank = coded.number(ranks);
      const byte = latest[rank];
      latest.copyWithin(1, 0, rank);
      latest[0] = byte;
      const run = coded.number(lengths);
      bytes.fill(byte, at, at + run);
      counts[byte] += run;
      at += run;
    }
    return { bytes, counts };
  };

  /** Gives each place from one on up to another its byte and, above its bits, the place of the next one, which is so much further. */
  const link = (follows, places, bytes, from, to, further) => {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      follows[places[byte]] = at + further << 8 | byte;
      places[byte] += 1;
    }
  };

  const follow = (follows, start, text) => {
    let place = start;
    for (let at = 0; at < text.length; at += 1) {
      const next = follows[place];
      text[at] = next & 0xFF;
      place = next >>> 8;
    }
  };

  /** The text of bytes that are sorted by what follows each; `start` of them stand before the place of the beginning. Memory is asked
   * once for a byte and the place of the next. */
  const inOrder = ({ bytes, counts }, start) => {
    const places = new Uint32Array(256);
    counts.reduce((before, count, byte) => (places[byte] = before) + count, 1);
    const follows = new Uint32Array(bytes.length + 1);
    link(follows, places, bytes, 0, start, 0);
    link(follows, places, bytes, start, bytes.length, 1);
    const text = new Uint8Array(bytes.length);
    follow(follows, start, text);
    return text;
  };

  /** A value that was packed; see src/emit/site/search/pack.rs. */
  search.unpack = text => {
    const coded = new Decoder(bytesOf(text));
    const counts = chances();
    const all = new Uint8Array(coded.number(counts));
    for (let at = 0; at < all.length; at += BLOCK) {
      const start = coded.number(counts);
      all.set(inOrder(readRuns(coded, Math.min(BLOCK, all.length - at)), start), at);
    }
    return JSON.parse(new TextDecoder().decode(all));
  };

  /** The numbers of a text of bits, from a place on; see src/emit/site/search/bits.rs. */
  class Reader {
    constructor(bytes, place) {
      this.bytes = bytes;
      this.place = place;
    }

    byte(at) {
      return this.bytes[at] ?? 0;
    }

    /** The next 32 bits. */
    ahead() {
      const [at, used] = [this.place >> 3, this.place & 7];
      const four = this.byte(at) << 24 | this.byte(at + 1) << 16 | this.byte(at + 2) << 8 | this.byte(at + 3);
      return used === 0 ? four : four << used | this.byte(at + 4) >> (8 - used);
    }

    bits(width) {
      const value = width === 0 ? 0 : this.ahead() >>> (32 - width);
      this.place += width;
      return value;
    }

    gamma() {
      const width = Math.clz32(this.ahead());
      this.place += width;
      return this.bits(width + 1);
    }

    /** A number below `count`, which is 2 at least. */
    oneOf(count) {
      const width = 32 - Math.clz32(count - 1);
      const short = 2 ** width - count;
      const value = this.bits(width - 1);
      return value < short ? value : value * 2 + this.bits(1) - short;
    }
  }

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
    readAmong(new Reader(bytes, place), count, 0, entries, found);
    return found;
  };

  /** A file of grams: for each two characters a map from the third one to a function that gives the entries that have the three. */
  search.readGrams = (text, entries) => {
    const bytes = bytesOf(text);
    const read = new Reader(bytes, 0);
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
        const { place } = read;
        thirds.set(String.fromCodePoint(third), () => entriesAt(bytes, place, count, entries));
        read.place += length;
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

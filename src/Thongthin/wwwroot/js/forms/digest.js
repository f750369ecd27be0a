// Digests and encodings of texts (UTF-8), the same as Thongthin.Forms/Expressions/Digests.cs. The browser's own digests
// answer later, and an expression needs its value now.

/** Empty for an algorithm or encoding that there is not. */
export function digest(text, algorithm, encoding) {
  const bytes = algorithms[algorithm]?.(new TextEncoder().encode(text)) ?? [];
  if (encoding === "hex") return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return encoding === "base64" ? btoa(String.fromCharCode(...bytes)) : "";
}

/** Empty when it is not Base64 of a text. */
export function fromBase64(text) {
  const body = text.replace(/[ \t\r\n]/g, "");
  if (!/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(body) || body.includes("_")) return "";
  try {
    const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}

const algorithms = {
  MD5: md5,
  "SHA-1": sha1,
  "SHA-256": (bytes) => sha2(bytes, 32, 64, firstPrimes(8).map((p) => root(p, 2n, 32n)), 32),
  "SHA-384": (bytes) => sha2(bytes, 64, 80, firstPrimes(16).slice(8).map((p) => root(p, 2n, 64n)), 48),
  "SHA-512": (bytes) => sha2(bytes, 64, 80, firstPrimes(8).map((p) => root(p, 2n, 64n)), 64),
};

/** The message with its one bit, zeros and length in bits, as whole blocks. */
function padded(bytes, blockSize, lengthSize, littleEndian) {
  const size = Math.ceil((bytes.length + 1 + lengthSize) / blockSize) * blockSize;
  const view = new DataView(new ArrayBuffer(size));
  bytes.forEach((byte, i) => view.setUint8(i, byte));
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(littleEndian ? size - lengthSize : size - 8, BigInt(bytes.length) * 8n, littleEndian);
  return view;
}

const left = (word, by) => (word << by) | (word >>> (32 - by));

const bytesOf = (words, littleEndian) => {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, i) => view.setUint32(i * 4, word >>> 0, littleEndian));
  return [...new Uint8Array(view.buffer)];
};

function md5(bytes) {
  const view = padded(bytes, 64, 8, true);
  const shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const word = view.getUint32(at + 4 * [i, (5 * i + 1) % 16, (3 * i + 5) % 16, (7 * i) % 16][round], true);
      const sum = (a + mixed + Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))) + word) | 0;
      [a, d, c, b] = [d, c, b, (b + left(sum, shifts[round][i % 4])) | 0];
    }
    [a, b, c, d].forEach((word, i) => (state[i] = (state[i] + word) | 0));
  }
  return bytesOf(state, true);
}

function sha1(bytes) {
  const view = padded(bytes, 64, 8, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < view.byteLength; at += 64) {
    const words = Array.from({ length: 16 }, (_, i) => view.getInt32(at + i * 4));
    for (let i = 16; i < 80; i++) words.push(left(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1));
    let [a, b, c, d, e] = state;
    words.forEach((word, i) => {
      const round = Math.floor(i / 20);
      const mixed = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][round];
      const sum = (left(a, 5) + mixed + e + [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round] + word) | 0;
      [e, d, c, b, a] = [d, c, left(b, 30), a, sum];
    });
    [a, b, c, d, e].forEach((word, i) => (state[i] = (state[i] + word) | 0));
  }
  return bytesOf(state, false);
}

function firstPrimes(count) {
  const primes = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first bits of the fraction of a root of a number, which is what SHA-2 takes its constants from. */
function root(number, degree, bits) {
  const scaled = BigInt(number) << (bits * degree);
  let [low, high] = [0n, 1n << (bits + 10n)];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return low & ((1n << bits) - 1n);
}

/** SHA-2 with words of 32 or 64 bits: the same rounds, other turns. */
function sha2(bytes, wordBits, rounds, start, length) {
  const bits = BigInt(wordBits);
  const mask = (1n << bits) - 1n;
  const size = wordBits / 8;
  const right = (word, by) => ((word >> by) | (word << (bits - by))) & mask;
  const turns = wordBits === 32
    ? [[7n, 18n, 3n], [17n, 19n, 10n], [2n, 13n, 22n], [6n, 11n, 25n]]
    : [[1n, 8n, 7n], [19n, 61n, 6n], [28n, 34n, 39n], [14n, 18n, 41n]];
  const turn = (word, [a, b, c]) => right(word, a) ^ right(word, b) ^ right(word, c);
  const shifted = (word, [a, b, c]) => right(word, a) ^ right(word, b) ^ (word >> c);
  const constants = firstPrimes(rounds).map((prime) => root(prime, 3n, bits));
  const view = padded(bytes, size * 16, size * 2, false);
  const state = [...start];
  for (let at = 0; at < view.byteLength; at += size * 16) {
    const words = Array.from({ length: 16 }, (_, i) =>
      wordBits === 32 ? BigInt(view.getUint32(at + i * 4)) : view.getBigUint64(at + i * 8),
    );
    for (let i = 16; i < rounds; i++) {
      words.push((words[i - 16] + shifted(words[i - 15], turns[0]) + words[i - 7] + shifted(words[i - 2], turns[1])) & mask);
    }
    let [a, b, c, d, e, f, g, h] = state;
    words.forEach((word, i) => {
      const one = (h + turn(e, turns[3]) + ((e & f) ^ (~e & mask & g)) + constants[i] + word) & mask;
      const two = (turn(a, turns[2]) + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    });
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) & mask));
  }
  return state.flatMap((word) => Array.from({ length: size }, (_, i) => Number((word >> (bits - 8n * BigInt(i + 1))) & 255n))).slice(0, length);
}

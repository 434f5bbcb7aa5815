// SHA-256 (FIPS 180-4) piece by piece: WebCrypto wants the whole file in memory, and is not there in every browser.
const ROUND_WORDS = new Int32Array(64);
const START_WORDS = new Int32Array(8);
(() => {
  // The first 32 bits of the fractional parts of cube and square roots of the first primes, by exact integers.
  const root = (value, power) => {
    let low = 0n, high = 1n << 64n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= value) low = middle;
      else high = middle;
    }
    return Number(BigInt.asIntN(32, low));
  };
  for (let count = 0, n = 2; count < 64; n++) {
    if ([...Array(n).keys()].slice(2).some((d) => n % d === 0)) continue;
    if (count < 8) START_WORDS[count] = root(BigInt(n) << 64n, 2);
    ROUND_WORDS[count++] = root(BigInt(n) << 96n, 3);
  }
})();

class Sha256 {
  constructor() {
    this.state = START_WORDS.slice();
    this.words = new Int32Array(16);
    this.rest = new Uint8Array(64);
    this.used = 0;
    this.length = 0;
  }

  update(bytes) {
    let at = 0;
    this.length += bytes.length;
    if (this.used) {
      at = Math.min(64 - this.used, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.used);
      this.used += at;
      if (this.used < 64) return this;
      this._blocks(this.rest, 0, 64);
      this.used = 0;
    }
    const end = at + ((bytes.length - at) & ~63);
    this._blocks(bytes, at, end);
    this.rest.set(bytes.subarray(end));
    this.used = bytes.length - end;
    return this;
  }

  digest() {
    const bits = this.length * 8;
    const tail = new Uint8Array(this.used < 56 ? 64 : 128);
    tail.set(this.rest.subarray(0, this.used));
    tail[this.used] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits >>> 0);
    this._blocks(tail, 0, tail.length);
    const out = new Uint8Array(32);
    this.state.forEach((word, index) => new DataView(out.buffer).setInt32(index * 4, word));
    return out;
  }

  hex() {
    return toHex(this.digest());
  }

  _blocks(bytes, start, end) {
    const w = this.words, k = ROUND_WORDS, state = this.state;
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (let at = start; at < end; at += 64) {
      const a0 = a, b0 = b, c0 = c, d0 = d, e0 = e, f0 = f, g0 = g, h0 = h;
      for (let i = 0; i < 64; i++) {
        let x;
        if (i < 16) {
          const p = at + 4 * i;
          x = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
        } else {
          const y = w[(i + 1) & 15], z = w[(i + 14) & 15]; // of the last 16 words
          const small = ((y >>> 7) | (y << 25)) ^ ((y >>> 18) | (y << 14)) ^ (y >>> 3);
          const large = ((z >>> 17) | (z << 15)) ^ ((z >>> 19) | (z << 13)) ^ (z >>> 10);
          x = (small + large + w[i & 15] + w[(i + 9) & 15]) | 0;
        }
        w[i & 15] = x;
        const one = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t = (x + h + one + (g ^ (e & (f ^ g))) + k[i]) | 0;
        h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a;
        const nil = ((b >>> 2) | (b << 30)) ^ ((b >>> 13) | (b << 19)) ^ ((b >>> 22) | (b << 10));
        a = (t + ((b & c) ^ (d & (b ^ c))) + nil) | 0;
      }
      a = (a + a0) | 0; b = (b + b0) | 0; c = (c + c0) | 0; d = (d + d0) | 0;
      e = (e + e0) | 0; f = (f + f0) | 0; g = (g + g0) | 0; h = (h + h0) | 0;
    }
    state[0] = a; state[1] = b; state[2] = c; state[3] = d; state[4] = e; state[5] = f; state[6] = g; state[7] = h;
  }
}

const sha256Hex = (bytes) => new Sha256().update(bytes).hex();

// Numbers that look random and are the same for the same seed, the same as Thongthin.Forms/Expressions/Chance.cs.

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export class Chance {
  constructor(seed) {
    this.state = 2166136261;
    for (let i = 0; i < seed.length; i++) this.state = Math.imul(this.state ^ seed.charCodeAt(i), 16777619);
  }

  /** From 0 to below 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let z = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to below another. */
  below = (limit) => Math.floor(this.next() * limit);

  uuid() {
    return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (sign) =>
      sign === "x" ? "0123456789abcdef"[this.below(16)] : "89ab"[this.below(4)],
    );
  }

  text = (length) => Array.from({ length }, () => SIGNS[this.below(62)]).join("");

  shuffle(things) {
    const shuffled = [...things];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    return shuffled;
  }
}

/*
 * zlib's decompression (RFC 1950, 1951), for browsers that have no DecompressionStream.
 */
"use strict";

(function () {
  var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  self.inflate = function (bytes) {
    var input = { bytes: bytes, at: 2, bits: 0, count: 0 };
    var output = { bytes: new Uint8Array(4 * bytes.length + 1024), length: 0 };
    for (var last = 0; !last;) {
      last = take(input, 1);
      var kind = take(input, 2);
      if (kind === 3) throw new Error("inflate");
      if (kind === 0) copyStored(input, output);
      else if (kind === 1) inflateBlock(input, output, fixedLiterals(), readCode(repeat(5, 30)));
      else inflateWithCodes(input, output);
    }
    return output.bytes.slice(0, output.length);
  };

  function take(input, count) {
    while (input.count < count) {
      if (input.at >= input.bytes.length) throw new Error("inflate");
      input.bits |= input.bytes[input.at] << input.count;
      input.at += 1;
      input.count += 8;
    }
    var value = input.bits & ((1 << count) - 1);
    input.bits >>>= count;
    input.count -= count;
    return value;
  }

  function put(output, byte) {
    if (output.length === output.bytes.length) {
      var larger = new Uint8Array(2 * output.bytes.length);
      larger.set(output.bytes);
      output.bytes = larger;
    }
    output.bytes[output.length] = byte;
    output.length += 1;
  }

  function copyStored(input, output) {
    input.bits = input.count = 0;
    var length = input.bytes[input.at] + 256 * input.bytes[input.at + 1];
    input.at += 4;
    for (var i = 0; i < length; i += 1) put(output, input.bytes[input.at + i]);
    input.at += length;
  }

  function repeat(value, count) {
    return new Array(count).fill(value);
  }

  function fixedLiterals() {
    return readCode(repeat(8, 144).concat(repeat(9, 112), repeat(7, 24), repeat(8, 8)));
  }

  /* A canonical code: how many symbols each length has, and the symbols in order. */
  function readCode(lengths) {
    var code = { counts: repeat(0, 16), symbols: [] };
    lengths.forEach(function (length) { code.counts[length] += 1; });
    code.counts[0] = 0;
    for (var length = 1; length < 16; length += 1) {
      lengths.forEach(function (its, symbol) { if (its === length) code.symbols.push(symbol); });
    }
    return code;
  }

  function readSymbol(input, code) {
    for (var length = 1, value = 0, first = 0, index = 0; length < 16; length += 1) {
      value |= take(input, 1);
      var count = code.counts[length];
      if (value - count < first) return code.symbols[index + value - first];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new Error("inflate");
  }

  function inflateWithCodes(input, output) {
    var literals = take(input, 5) + 257;
    var distances = take(input, 5) + 1;
    var lengths = repeat(0, 19);
    for (var i = 0, count = take(input, 4) + 4; i < count; i += 1) lengths[ORDER[i]] = take(input, 3);
    var code = readCode(lengths);
    lengths = [];
    while (lengths.length < literals + distances) {
      var symbol = readSymbol(input, code);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) lengths = lengths.concat(repeat(lengths[lengths.length - 1], 3 + take(input, 2)));
      else lengths = lengths.concat(repeat(0, symbol === 17 ? 3 + take(input, 3) : 11 + take(input, 7)));
    }
    inflateBlock(input, output, readCode(lengths.slice(0, literals)), readCode(lengths.slice(literals)));
  }

  function inflateBlock(input, output, literals, distances) {
    for (;;) {
      var symbol = readSymbol(input, literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        put(output, symbol);
        continue;
      }
      var length = LENGTHS[symbol - 257] + take(input, LENGTH_BITS[symbol - 257]);
      symbol = readSymbol(input, distances);
      var bits = symbol < 4 ? 0 : (symbol >> 1) - 1;
      var distance = symbol < 4 ? symbol + 1 : 1 + ((2 + symbol % 2) << bits) + take(input, bits);
      for (var i = 0; i < length; i += 1) put(output, output.bytes[output.length - distance]);
    }
  }
})();

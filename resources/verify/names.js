// File names in a case folder: which are safe on every system, and which look like another.
const NAME_BYTES = 255;
const PATH_BYTES = 1024;
const DEPTH = 32;
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.[^\n]*)?$/i;
const NOT_ON_WINDOWS = /[<>:"|?*\\]|[. ](?:\/|$)/;
// Control characters, marks that turn the direction of writing, and halves of characters.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;
// Where full case folding (Unicode's CaseFolding.txt, C and F) is not what toLowerCase gives: from:to.to, in hex.
const FOLDED = new Map(
  `df:73.73 1f0:6a.30c 345:3b9 390:3b9.308.301 3b0:3c5.308.301 3c2:3c3 1c80:432 1c81:434 1c82:43e 1c83:441
  1c84:442 1c85:442 1c86:44a 1c87:463 1c88:a64b 1e96:68.331 1e97:74.308 1e98:77.30a 1e99:79.30a 1e9e:73.73
  1f50:3c5.313 1f52:3c5.313.300 1f54:3c5.313.301 1f56:3c5.313.342 1f80:1f00.3b9 1f81:1f01.3b9 1f82:1f02.3b9
  1f83:1f03.3b9 1f84:1f04.3b9 1f85:1f05.3b9 1f86:1f06.3b9 1f87:1f07.3b9 1f88:1f00.3b9 1f89:1f01.3b9
  1f8a:1f02.3b9 1f8b:1f03.3b9 1f8c:1f04.3b9 1f8d:1f05.3b9 1f8e:1f06.3b9 1f8f:1f07.3b9 1f90:1f20.3b9
  1f91:1f21.3b9 1f92:1f22.3b9 1f93:1f23.3b9 1f94:1f24.3b9 1f95:1f25.3b9 1f96:1f26.3b9 1f97:1f27.3b9
  1f98:1f20.3b9 1f99:1f21.3b9 1f9a:1f22.3b9 1f9b:1f23.3b9 1f9c:1f24.3b9 1f9d:1f25.3b9 1f9e:1f26.3b9
  1f9f:1f27.3b9 1fa0:1f60.3b9 1fa1:1f61.3b9 1fa2:1f62.3b9 1fa3:1f63.3b9 1fa4:1f64.3b9 1fa5:1f65.3b9
  1fa6:1f66.3b9 1fa7:1f67.3b9 1fa8:1f60.3b9 1fa9:1f61.3b9 1faa:1f62.3b9 1fab:1f63.3b9 1fac:1f64.3b9
  1fad:1f65.3b9 1fae:1f66.3b9 1faf:1f67.3b9 1fb2:1f70.3b9 1fb3:3b1.3b9 1fb4:3ac.3b9 1fb6:3b1.342
  1fb7:3b1.342.3b9 1fbc:3b1.3b9 1fc2:1f74.3b9 1fc3:3b7.3b9 1fc4:3ae.3b9 1fc6:3b7.342 1fc7:3b7.342.3b9
  1fcc:3b7.3b9 1fd2:3b9.308.300 1fd6:3b9.342 1fd7:3b9.308.342 1fe2:3c5.308.300 1fe4:3c1.313 1fe6:3c5.342
  1fe7:3c5.308.342 1ff2:1f7c.3b9 1ff3:3c9.3b9 1ff4:3ce.3b9 1ff6:3c9.342 1ff7:3c9.342.3b9 1ffc:3c9.3b9`
    .split(/\s+/)
    .map((pair) => pair.split(":"))
    .map(([from, to]) => [String.fromCodePoint(parseInt(from, 16)), to.split(".").map((one) => String.fromCodePoint(parseInt(one, 16))).join("")]),
);

// Why a path (with "/", relative to the folder) must not be touched; empty when it is safe.
function unsafeBecause(path) {
  if (!path || path.startsWith("/") || path.startsWith("~") || UTF8.encode(path).length > PATH_BYTES) {
    return "empty, absolute or too long";
  }
  const parts = path.split("/");
  if (parts.length > DEPTH) return "too deep";
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "leaves the folder";
  if (INVISIBLE.test(path)) return "control or direction character";
  if (NOT_ON_WINDOWS.test(path) || parts.some((part) => RESERVED.test(part))) return "not a name on Windows";
  if (parts.some((part) => UTF8.encode(part).length > NAME_BYTES)) return "too long";
  return "";
}

function caseFolded(character) {
  const code = character.codePointAt(0);
  if (code >= 0x13a0 && code <= 0x13f5) return character; // Cherokee folds to its capitals
  if (code >= 0x13f8 && code <= 0x13fd) return String.fromCodePoint(code - 8);
  if (code >= 0xab70 && code <= 0xabbf) return String.fromCodePoint(code - 0xab70 + 0x13a0);
  return FOLDED.get(character) ?? character.toLowerCase();
}

// Equal for names that some systems, or people, take for the same.
const lookAlikeKey = (path) => Array.from(path.normalize("NFKC"), caseFolded).join("");

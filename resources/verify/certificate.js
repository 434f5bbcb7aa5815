// X.509 certificates (RFC 5280), as far as signatures need them, and what WebCrypto checks with their keys.
const CURVES = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48] };
const HASHES = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
  "1.3.14.3.2.26": "SHA-1",
};
const RSA = "1.2.840.113549.1.1.1";
const ELLIPTIC = "1.2.840.10045.2.1";
const SIGNED_WITH = {
  "1.2.840.113549.1.1.11": [RSA, "SHA-256"],
  "1.2.840.113549.1.1.12": [RSA, "SHA-384"],
  "1.2.840.113549.1.1.13": [RSA, "SHA-512"],
  "1.2.840.10045.4.3.2": [ELLIPTIC, "SHA-256"],
  "1.2.840.10045.4.3.3": [ELLIPTIC, "SHA-384"],
  "1.2.840.10045.4.3.4": [ELLIPTIC, "SHA-512"],
};
// What others sign with, and WebCrypto, or this page, does not know: RSA-PSS, SHA-1, SHA-224, SHA-3, Edwards curves.
const ELSEWHERE = /^(?:1\.2\.840\.113549\.1\.1\.(?:1|5|10|14|15|16)|1\.2\.840\.10045\.4\.(?:1|3\.1)|1\.3\.14\.3\.2\.26|2\.16\.840\.1\.101\.3\.4\.(?:2\.(?:[4-9]|1\d)|3\.\d+)|1\.3\.101\.11[23]|1\.2\.840\.10045\.2\.1)$/;
const unknownAlgorithm = (oid) => (ELSEWHERE.test(oid) ? new NotHere(oid) : new Refused(`no algorithm: ${oid}`));
const NAME_PARTS = { "2.5.4.3": "CN", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C" };

// Right in itself, but of a kind this page has no means to check.
class NotHere extends Error {}

const subtle = () => {
  const found = globalThis.crypto && globalThis.crypto.subtle;
  if (!found) throw new NotHere("WebCrypto");
  return found;
};

const readCertificate = (der) => understood(() => certificateIn(der));

function certificateIn(der) {
  const [body, algorithm, signature] = readDer(der).expect(SEQUENCE).parts;
  const parts = body.expect(SEQUENCE).parts;
  if (parts[0].tag === 0xa0) parts.shift();
  const [serial, ownAlgorithm, issuer, validity, subject, key, ...more] = parts;
  const extensions = more.find((part) => part.tag === 0xa3);
  for (const bits of [key.expect(SEQUENCE).parts[1], signature]) if (!bits.bits.length) throw new Refused("not a certificate");
  if (!sameBytes(algorithm.whole, ownAlgorithm.whole)) throw new Refused("a certificate with two algorithms");
  const [notBefore, notAfter] = validity.parts.map((part) => part.time);
  return {
    der,
    body: body.whole,
    algorithm,
    signature,
    serial: serial.expect(0x02).whole,
    issuer: issuer.whole,
    owner: subject.whole,
    subject: nameText(subject),
    key,
    kind: key.parts[0].parts[0].oid,
    curve: key.parts[0].parts[1] && key.parts[0].parts[1].tag === 0x06 ? key.parts[0].parts[1].oid : "",
    extensions: extensions ? extensions.parts[0].expect(SEQUENCE).parts.map((part) => part.expect(SEQUENCE).parts) : [],
    notBefore,
    notAfter,
    fingerprint: sha256Hex(der),
  };
}

function nameText(name) {
  const told = name.parts.flatMap((set) => set.parts.map((pair) => pair.parts));
  return told.filter(([kind]) => NAME_PARTS[kind.oid]).map(([kind, value]) => `${NAME_PARTS[kind.oid]}=${value.text}`).join(", ");
}

async function digestOf(algorithm, bytes) {
  return algorithm === "SHA-256" ? new Sha256().update(bytes).digest() : new Uint8Array(await subtle().digest(algorithm, bytes));
}

// Whether the key of this certificate made this signature. Throws NotHere for kinds that WebCrypto does not know.
async function isSignedBy(certificate, algorithm, signature, bytes) {
  const [family, hash] = SIGNED_WITH[algorithm.parts[0].oid] || [];
  if (!family || !hash) throw unknownAlgorithm(algorithm.parts[0].oid);
  return isSignedWith(certificate, family, hash, signature, bytes);
}

async function isSignedWith(certificate, family, hash, signature, bytes) {
  if (certificate.kind !== family) throw new Refused("the key is not of the signature's kind");
  const crypto = subtle();
  if (family === RSA) {
    const key = await imported(crypto, certificate, { name: "RSASSA-PKCS1-v1_5", hash });
    return crypto.verify("RSASSA-PKCS1-v1_5", key, signature, bytes);
  }
  const [curve, size] = CURVES[certificate.curve] || [];
  if (!curve) throw new NotHere(certificate.curve);
  const raw = rawSignature(signature, size);
  const key = await imported(crypto, certificate, { name: "ECDSA", namedCurve: curve });
  return raw !== null && crypto.verify({ name: "ECDSA", hash }, key, raw, bytes);
}

async function imported(crypto, certificate, algorithm) {
  try {
    return await crypto.importKey("spki", certificate.key.whole, algorithm, false, ["verify"]);
  } catch (error) {
    throw new Refused(`not a key: ${error.name}`);
  }
}

// r and s side by side, as WebCrypto wants them, from their DER form; null when they are not in it.
function rawSignature(der, size) {
  try {
    const parts = readDer(der).expect(SEQUENCE).parts;
    const numbers = parts.map((part) => part.unsigned);
    if (numbers.length !== 2 || numbers.some((number) => number.length > size)) return null;
    const raw = new Uint8Array(2 * size);
    raw.set(numbers[0], size - numbers[0].length);
    raw.set(numbers[1], 2 * size - numbers[1].length);
    return raw;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

// The device's own certificate: a P-256 key that signed its own certificate.
async function readDeviceCertificate(pem) {
  const certificate = readCertificate(fromPem(pem, "CERTIFICATE"));
  await requireSelfMade(certificate);
  return certificate;
}

async function requireSelfMade(certificate) {
  const { algorithm, signature, body } = certificate;
  if (certificate.kind !== ELLIPTIC || certificate.curve !== "1.2.840.10045.3.1.7") throw new Refused("not a P-256 key");
  // Of another kind it is none of ours, and "can't be checked here" would be too kind a word for it.
  if (!sameBytes(algorithm.whole, ALGORITHM_ECDSA_SHA256)) throw new Refused("not ECDSA with SHA-256");
  if (!sameBytes(certificate.issuer, certificate.owner)) throw new Refused("not made by itself");
  if (!(await isSignedBy(certificate, algorithm, signature.bits, body))) throw new Refused("the certificate was changed");
}

// RFC 3161, 2.3: made for time stamps, for nothing else, and marked as critical.
function isForTimeStamps(certificate) {
  const usages = certificate.extensions.filter(([kind]) => kind.oid === "2.5.29.37");
  if (usages.length !== 1 || usages[0].length !== 3) return false;
  const [, critical, value] = usages[0];
  const purposes = readDer(value.expect(0x04).content).expect(SEQUENCE).parts;
  return critical.tag === 0x01 && critical.content[0] === 0xff && purposes.length === 1 && purposes[0].oid === "1.3.6.1.5.5.7.3.8";
}

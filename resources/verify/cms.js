// Signed data in CMS (RFC 5652): the parts of it that a check needs.
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const PLAIN_DATA = "1.2.840.113549.1.7.1";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

// From the ContentInfo element: content type, content (null when detached), certificates, and the only signer.
const readSignedData = (info) => understood(() => signedDataIn(info));

function signedDataIn(info) {
  const [type, wrapped, ...more] = info.expect(SEQUENCE).parts;
  if (type.oid !== SIGNED_DATA || more.length) throw new Refused("not signed data");
  const parts = wrapped.expect(0xa0).parts[0].expect(SEQUENCE).parts;
  const [version, digests, contentInfo] = parts;
  const announced = digests.expect(SET).parts.map(hashNamed);
  if (version.unsigned.length !== 1 || version.unsigned[0] > 5) throw new Refused("not a version of CMS");
  const certificates = parts.find((part) => part.tag === 0xa0);
  const signers = parts[parts.length - 1].expect(SET).parts;
  if (signers.length !== 1) throw new Refused("not exactly one signer");
  const [contentType, content] = contentInfo.expect(SEQUENCE).parts;
  const signer = readSigner(signers[0]);
  if (!announced.includes(hashNamed(signer.digest))) throw new Refused("the signer's hash is not announced");
  return {
    digests,
    contentType: contentType.oid,
    content: content ? content.expect(0xa0).parts[0].expect(0x04).content : null,
    certificates: certificates ? certificates.parts.filter((part) => part.tag === SEQUENCE) : [],
    signer,
  };
}

// A hash as an AlgorithmIdentifier: without parameters, or with an empty one.
function hashNamed(element) {
  const [kind, parameter, ...more] = element.expect(SEQUENCE).parts;
  if (more.length || (parameter && (parameter.tag !== 0x05 || parameter.content.length))) throw new Refused("not a hash");
  return kind.oid;
}

function readSigner(element) {
  const [version, identity, digest, attributes, algorithm, signature, ...more] = element.expect(SEQUENCE).parts;
  if (version.unsigned.length !== 1) throw new Refused("not a version of CMS");
  // [0] stands for the set that is signed: section 5.4.
  const signedPart = attributes.expect(0xa0).whole.slice();
  signedPart[0] = SET;
  const values = new Map();
  for (const part of attributes.parts) {
    const [kind, set] = part.expect(SEQUENCE).parts;
    if (values.has(kind.oid)) throw new Refused("an attribute stands twice");
    values.set(kind.oid, set.expect(SET).parts);
  }
  return {
    version,
    identity,
    hash: HASHES[digest.parts[0].oid] || null,
    digest,
    values,
    signedPart,
    algorithm: algorithm.expect(SEQUENCE),
    signature: signature.expect(0x04).content,
    more,
  };
}

const onlyValue = (signer, kind) => {
  const values = signer.values.get(kind) || [];
  if (values.length !== 1) throw new Refused("an attribute is missing");
  return values[0];
};

function signerCertificate(signed) {
  const [issuer, serial] = signed.signer.identity.expect(SEQUENCE).parts;
  const found = signed.certificates.filter((one) => isNamed(one, issuer, serial)).pop();
  if (!found) throw new Refused("the signer's certificate is missing");
  return readCertificate(found.whole);
}

// The others that came along lead to a root, which is beyond this page: they are not read any further.
function isNamed(certificate, issuer, serial) {
  const parts = certificate.parts[0].parts;
  if (parts[0].tag === 0xa0) parts.shift();
  return sameBytes(parts[0].whole, serial.whole) && sameBytes(parts[2].whole, issuer.whole);
}

// A detached signature exactly as EvidenceDesk writes it: parts that no signature covers must not differ either.
const readDetached = (bytes) => understood(() => detachedIn(bytes));

function detachedIn(bytes) {
  const signed = readSignedData(readDer(bytes));
  const { signer } = signed;
  if (signed.contentType !== PLAIN_DATA || signed.content !== null) throw new Refused("not detached");
  if (signed.certificates.length !== 1) throw new Refused("not exactly one certificate");
  const certificate = signerCertificate(signed);
  const own = derJoin(SEQUENCE, [certificate.issuer, certificate.serial]);
  const written = derJoin(SEQUENCE, [
    OID_SIGNED_DATA,
    derJoin(0xa0, [
      derJoin(SEQUENCE, [
        VERSION_1,
        derJoin(SET, [signer.digest.whole]),
        derJoin(SEQUENCE, [OID_PLAIN_DATA]),
        derJoin(0xa0, [certificate.der]),
        derJoin(SET, [
          derJoin(SEQUENCE, [
            VERSION_1, own, signer.digest.whole, derJoin(0xa0, [signer.signedPart.subarray(derAt(signer.signedPart, 0).headLength)]),
            signer.algorithm.whole, derJoin(0x04, [signer.signature]),
          ]),
        ]),
      ]),
    ]),
  ]);
  if (!sameBytes(signer.digest.whole, ALGORITHM_SHA256)) throw new Refused("not SHA-256");
  if (!sameBytes(signer.algorithm.whole, ALGORITHM_ECDSA_SHA256)) throw new Refused("not ECDSA with SHA-256");
  if (!sameBytes(written, bytes)) throw new Refused("not in the form EvidenceDesk writes");
  if (onlyValue(signer, CONTENT_TYPE).oid !== PLAIN_DATA) throw new Refused("unexpected attributes");
  if (!Number.isFinite(onlyValue(signer, SIGNING_TIME).time)) throw new Refused("unexpected attributes");
  return { certificate, signer, digest: toHex(onlyValue(signer, MESSAGE_DIGEST).expect(0x04).content) };
}

const OID_SIGNED_DATA = Uint8Array.of(6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 2);
const OID_PLAIN_DATA = Uint8Array.of(6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 1);
const ALGORITHM_SHA256 = Uint8Array.of(0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0);
const ALGORITHM_ECDSA_SHA256 = Uint8Array.of(0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
const VERSION_1 = Uint8Array.of(2, 1, 1);

function derJoin(tag, pieces) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const lengthBytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest & 255);
  const head = length < 128 ? [tag, length] : [tag, 128 + lengthBytes.length, ...lengthBytes];
  const whole = new Uint8Array(head.length + length);
  whole.set(head);
  let at = head.length;
  for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
  return whole;
}

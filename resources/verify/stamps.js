// Time stamps (RFC 3161): that the authority's certificate in the token signed exactly this file's hash, and when.
// Whether that authority deserves trust (its chain, revocation, purpose) is beyond this page: it shows the command.
const STAMP_NAME = /^(signatures\/(?:checkpoints\/[^/]+\.json|tagmanifest-sha256\.txt\.p7s))\.([a-z0-9-]{1,32})\.tsr$/;
const STAMP_LIMIT = 1024 * 1024;
const TIME_INFO = "1.2.840.113549.1.9.16.1.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47";

// One entry for each stamp that holds: which file, by whom, when.
async function checkStamps(folder) {
  const proven = [];
  for (const [name, file] of [...folder.bag.files].sort((a, b) => compareText(a[0], b[0]))) {
    const match = STAMP_NAME.exec(name);
    if (!match) continue;
    const [, stamped, authority] = match;
    try {
      const stamp = await readStamp(await wholeFile(file, STAMP_LIMIT));
      await requireSame(folder, stamp, stamped, name.replace(/r$/, "q"));
      await requireSigned(stamp);
      proven.push({
        name, stamped, authority, by: stamp.certificate.subject, at: stamp.at, sha256: await folder.hashes.get(name),
        seq: seqOf(folder, stamped), beside: certificatesOf(folder, authority),
      });
      folder.time.remark("stamp-holds", stamped, "", `${momentText(stamp.at)}, ${authority}: ${stamp.certificate.subject}`);
    } catch (error) {
      if (error instanceof NotHere) folder.time.remark("not-checked-here", name, "", error.message);
      else if (error instanceof StampFault) folder.time.add(error.code, name, error.expected, error.found);
      else if (error instanceof Refused) folder.time.add("stamp-invalid", name, "", error.message);
      else throw error;
    }
  }
  return proven.sort((a, b) => a.at - b.at);
}

class StampFault extends Error {
  constructor(code, expected, found) {
    super(code);
    Object.assign(this, { code, expected, found });
  }
}

const momentText = (seconds) => new Date(seconds * 1000).toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");

// The journal up to this number was there when the stamp was given; null for none.
function seqOf(folder, stamped) {
  if (stamped === SIGNATURE_FILE) return folder.journal ? folder.journal.head.seq : null;
  const checkpoint = folder.checkpoints.get(stamped);
  return checkpoint ? checkpoint.head.seq : null;
}

// The authority's certificates that lie in the folder, for the command that checks its chain.
function certificatesOf(folder, authority) {
  const place = `signatures/authorities/${authority}/`;
  return { root: place + "root.pem", chain: folder.bag.files.has(`${place}chain.pem`) ? `${place}chain.pem` : "" };
}

async function readStamp(bytes) {
  const [status, token] = readDer(bytes).expect(SEQUENCE).parts;
  const granted = status.expect(SEQUENCE).parts[0].unsigned;
  if (granted.length !== 1 || granted[0] > 1 || !token) throw new Refused("the authority refused");
  const signed = readSignedData(token);
  if (signed.contentType !== TIME_INFO || !signed.content) throw new Refused("not a time stamp");
  const [, , imprint, , time, ...rest] = readDer(signed.content).expect(SEQUENCE).parts;
  const nonce = rest.find((part) => part.tag === 0x02);
  return { signed, signer: signed.signer, certificate: signerCertificate(signed), at: time.expect(0x18).time, imprint: readImprint(imprint), nonce: nonce ? toHex(nonce.content) : "" };
}

function readImprint(element) {
  const [algorithm, hash] = element.expect(SEQUENCE).parts;
  return { algorithm: HASHES[algorithm.parts[0].oid] || algorithm.parts[0].oid, hash: toHex(hash.expect(0x04).content) };
}

// The stamp is for this file, and answers the request that lies beside it.
async function requireSame(folder, stamp, stamped, request) {
  const found = await folder.hashes.get(stamped);
  if (stamp.imprint.algorithm !== "SHA-256" || stamp.imprint.hash !== found) {
    throw new StampFault("stamp-other-file", found ?? stamped, stamp.imprint.hash);
  }
  if (!folder.bag.files.has(request)) throw new StampFault("stamp-other-request", request, "");
  const parts = readDer(await wholeFile(folder.bag.files.get(request), STAMP_LIMIT)).expect(SEQUENCE).parts;
  const asked = readImprint(parts[1]);
  const nonce = parts.slice(2).find((part) => part.tag === 0x02);
  const wanted = `${asked.hash} ${nonce ? toHex(nonce.content) : ""}`;
  if (wanted !== `${stamp.imprint.hash} ${stamp.nonce}`) {
    throw new StampFault("stamp-other-request", wanted, `${stamp.imprint.hash} ${stamp.nonce}`);
  }
}

async function requireSigned(stamp) {
  const { signed, signer, certificate } = stamp;
  if (!signer.hash) throw new NotHere(signer.digest.parts[0].oid);
  if (onlyValue(signer, CONTENT_TYPE).oid !== TIME_INFO) throw new Refused("unexpected attributes");
  const digest = onlyValue(signer, MESSAGE_DIGEST).expect(0x04).content;
  if (!sameBytes(digest, await digestOf(signer.hash, signed.content))) throw new StampFault("stamp-false", "", "messageDigest");
  await requireNamed(signer, certificate);
  const holds = await isSignedBy(certificate, signer.algorithm, signer.signature, signer.signedPart, signer.hash);
  if (!holds) throw new StampFault("stamp-false", certificate.subject, "");
  if (stamp.at < certificate.notBefore || stamp.at > certificate.notAfter) {
    const valid = `${momentText(certificate.notBefore)} – ${momentText(certificate.notAfter)}`;
    throw new StampFault("stamp-false", valid, momentText(stamp.at));
  }
}

// The signed attributes name the certificate by its hash (RFC 5035), so that nobody can put another in its place.
async function requireNamed(signer, certificate) {
  const second = signer.values.get(SIGNING_CERTIFICATE_2);
  const named = second || signer.values.get(SIGNING_CERTIFICATE);
  if (!named) throw new Refused("the signer's certificate is not named");
  const parts = named[0].parts[0].parts[0].parts; // SigningCertificate, certs, ESSCertID
  const other = second && parts[0].tag === SEQUENCE ? HASHES[parts.shift().parts[0].oid] : null;
  const algorithm = second ? other || "SHA-256" : "SHA-1";
  if (!sameBytes(parts[0].expect(0x04).content, await digestOf(algorithm, certificate.der))) {
    throw new StampFault("stamp-false", certificate.fingerprint, toHex(parts[0].content));
  }
}

// An event that names a stamp by its hash was written after the stamp was given.
function entriesAfter(folder, proven) {
  const names = (value, sha256) => value === sha256 || (value && typeof value === "object" && Object.values(value).some((part) => names(part, sha256)));
  const received = folder.journal ? folder.journal.events.filter((event) => event.type === "stamp.received") : [];
  return proven.map((stamp) => {
    const event = received.find((one) => names(one.data, stamp.sha256));
    return { ...stamp, after: event ? event.seq : null };
  });
}

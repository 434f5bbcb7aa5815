// Time stamps (RFC 3161): that the authority's certificate in the token signed exactly this file's hash, and when.
// Whether that authority deserves trust (its chain, revocation, purpose) is beyond this page: it shows the command.
const STAMP_NAME = /^(.+)\.([a-z0-9-]{1,32})\.tsr$/;
const STAMP_COUNT_LIMIT = 5000;
const ANSWER_LIMIT = 256 * 1024;
const REQUEST_LIMIT = 4 * 1024;
const NONCE_BYTES = 8;
const DER_TRUE = Uint8Array.of(1, 1, 255);
const TIME_INFO = "1.2.840.113549.1.9.16.1.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47";

// One entry for each stamp that holds and is about this folder: which file, by whom, when.
async function checkStamps(folder) {
  const proven = [];
  let count = 0;
  for (const answer of answersIn(folder)) {
    if (count++ >= STAMP_COUNT_LIMIT) {
      folder.time.add("too-many", "stamps", STAMP_COUNT_LIMIT);
      break;
    }
    try {
      const stamp = await holdingStamp(folder, answer);
      const about = whatItCovers(folder, answer.stamped);
      if (!about) continue; // the signature or the checkpoint is a finding already
      const { stamped, authority, name } = answer;
      proven.push({
        ...answer, ...about, by: stamp.certificate.subject, at: stamp.at, sha256: await folder.hashes.get(name),
        beside: certificatesOf(folder, authority),
      });
      folder.time.remark("stamp-holds", stamped, "", `${momentText(stamp.at)}, ${authority}: ${stamp.certificate.subject}`);
    } catch (error) {
      if (error instanceof NotHere) folder.time.remark("not-checked-here", answer.name, "", error.message);
      else if (error instanceof StampFault) folder.time.add("stamp-invalid", answer.name, "", error.message);
      else if (error instanceof Refused) folder.time.add("stamp-invalid", answer.name, "", `junk: ${error.message}`);
      else throw error;
    }
  }
  return proven.sort((a, b) => a.at - b.at);
}

// File, stamped file and authority of each answer.
function answersIn(folder) {
  const matches = [...folder.bag.files.keys()].sort(compareText).map((name) => STAMP_NAME.exec(name)).filter(Boolean);
  return matches
    .map(([name, stamped, authority]) => ({ name, stamped, authority }))
    .filter(({ stamped }) => stamped === SIGNATURE_FILE || CHECKPOINT_NAME.test(stamped));
}

// What a stamp of this file is worth here; null when the file itself does not hold, or is of another journal.
function whatItCovers(folder, stamped) {
  const whole = !folder.bag.found.faults;
  if (stamped === SIGNATURE_FILE) return folder.signer ? { seq: null, covers: whole ? "folder" : "changed" } : null;
  const checkpoint = folder.checkpoints.get(stamped);
  const { journal } = folder;
  if (!checkpoint || !journal || checkpoint.case !== journal.case) return null;
  const { seq, hash } = checkpoint.head;
  if (journal.hashAt(seq) !== hash) return null;
  return { seq, covers: folder.journalFound.faults ? "checkpoint" : "entries" };
}

// An answer over a checkpoint that the journal tells of must be here; one over a signature belongs to its own folder.
async function requireAnswers(folder, caseFile) {
  const here = new Set();
  for (const { name } of answersIn(folder)) here.add(await folder.hashes.get(name));
  for (const stamp of (caseFile && caseFile.stamps) || []) {
    if (stamp.subject === "checkpoint" && !here.has(stamp.token_sha256)) {
      folder.time.add("stamp-missing", stamp.authority, stamp.token_sha256);
    }
  }
}

// Why a stamp proves nothing, in the words of `verify`.
class StampFault extends Error {
  constructor(trouble, detail = "") {
    super(detail ? `${trouble}: ${detail}` : trouble);
  }
}

const momentText = (seconds) => new Date(seconds * 1000).toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");

// The authority's certificates that lie in the folder, for the command that checks its chain.
function certificatesOf(folder, authority) {
  const place = `${AUTHORITIES}${authority}/`;
  return { root: place + "root.pem", chain: folder.bag.files.has(`${place}chain.pem`) ? `${place}chain.pem` : "" };
}

async function holdingStamp(folder, { name, stamped, authority }) {
  const read = async (file, limit) => {
    if (!folder.bag.files.has(file)) throw new StampFault("junk", `missing: ${file}`);
    return wholeFile(folder.bag.files.get(file), limit);
  };
  const content = await read(stamped, SMALL_LIMIT);
  const question = await read(`${stamped}.${authority}.tsq`, REQUEST_LIMIT);
  const answer = await read(name, ANSWER_LIMIT);
  const request = understood(() => readRequest(question));
  if (request.hash !== sha256Hex(content)) throw new StampFault("wrong-hash", request.hash);
  const stamp = understood(() => readStamp(answer));
  requireAnswerOf(request, stamp);
  await requireSigned(stamp);
  return stamp;
}

function readStamp(bytes) {
  const [status, token] = readDer(bytes).expect(SEQUENCE).parts;
  const granted = status.expect(SEQUENCE).parts[0].unsigned;
  if (granted.length !== 1 || granted[0] !== 0) throw new StampFault("refused");
  if (!token) throw new Refused("no token");
  const signed = readSignedData(token);
  if (signed.contentType !== TIME_INFO || !signed.content) throw new Refused("no token");
  const [, policy, imprint, , time, ...rest] = readDer(signed.content).expect(SEQUENCE).parts;
  const nonce = rest.find((part) => part.tag === 0x02);
  return {
    signed, signer: signed.signer, certificate: signerCertificate(signed), at: time.expect(0x18).time,
    policy: policy.oid, ...readImprint(imprint), nonce: nonce ? toHex(nonce.unsigned) : "",
  };
}

function readImprint(element) {
  const [algorithm, hash] = element.expect(SEQUENCE).parts;
  return { algorithm: HASHES[algorithm.parts[0].oid] || algorithm.parts[0].oid, hash: toHex(hash.expect(0x04).content) };
}

// A request exactly as EvidenceDesk writes it.
function readRequest(bytes) {
  const [, imprint, ...rest] = readDer(bytes).expect(SEQUENCE).parts;
  const { hash } = readImprint(imprint);
  const policy = rest[0].tag === 0x06 ? rest.shift() : null;
  const nonce = rest.shift().expect(0x02);
  const written = derJoin(SEQUENCE, [
    VERSION_1, derJoin(SEQUENCE, [ALGORITHM_SHA256, imprint.parts[1].whole]), ...(policy ? [policy.whole] : []), nonce.whole, DER_TRUE,
  ]);
  if (!sameBytes(written, bytes) || nonce.unsigned.length > NONCE_BYTES) throw new Refused("not in the form EvidenceDesk writes");
  return { hash, policy: policy ? policy.oid : "", nonce: toHex(nonce.unsigned) };
}

// The stamp is for this file, and answers the request that lies beside it.
function requireAnswerOf(request, stamp) {
  if (stamp.algorithm !== "SHA-256") throw new StampFault("wrong-hash", stamp.algorithm);
  if (stamp.hash !== request.hash) throw new StampFault("wrong-hash", stamp.hash);
  if (stamp.nonce !== request.nonce) throw new StampFault("wrong-nonce");
  if (request.policy && stamp.policy !== request.policy) throw new StampFault("wrong-policy", stamp.policy);
}

async function requireSigned(stamp) {
  const { signed, signer, certificate } = stamp;
  if (!signer.hash) throw unknownAlgorithm(signer.digest.parts[0].oid);
  if (onlyValue(signer, CONTENT_TYPE).oid !== TIME_INFO) throw new Refused("unexpected attributes");
  const digest = onlyValue(signer, MESSAGE_DIGEST).expect(0x04).content;
  if (!sameBytes(digest, await digestOf(signer.hash, signed.content))) throw new StampFault("bad-signature", "messageDigest");
  if (!understood(() => isForTimeStamps(certificate))) throw new StampFault("wrong-purpose", certificate.subject);
  await requireNamed(signer, certificate);
  // Of which kind the signature is, the key tells; what stands beside it is covered by no signature.
  const own = signer.algorithm.parts[0].oid;
  if (signer.hash === "SHA-1" || (own !== RSA && ELSEWHERE.test(own)) || ![RSA, ELLIPTIC].includes(certificate.kind)) throw new NotHere(own);
  const holds = await isSignedWith(certificate, certificate.kind, signer.hash, signer.signature, signer.signedPart);
  if (!holds) throw new StampFault("bad-signature");
  if (stamp.at < certificate.notBefore || stamp.at > certificate.notAfter) {
    throw new StampFault("expired", certificate.subject);
  }
}

// The signed attributes name the certificate by its hash (RFC 5035), so that nobody can put another in its place.
async function requireNamed(signer, certificate) {
  const second = signer.values.get(SIGNING_CERTIFICATE_2);
  const named = second || signer.values.get(SIGNING_CERTIFICATE);
  if (!named) throw new StampFault("bad-signature", "the signing certificate is not named");
  const { algorithm, hash } = understood(() => {
    const parts = named[0].parts[0].parts[0].parts; // SigningCertificate, certs, ESSCertID
    const other = second && parts[0].tag === SEQUENCE ? parts.shift().parts[0].oid : null;
    return { algorithm: second ? (other ? HASHES[other] : "SHA-256") : "SHA-1", hash: parts[0].expect(0x04).content };
  });
  if (!algorithm) throw new Refused("a hash that nobody knows");
  if (!sameBytes(hash, await digestOf(algorithm, certificate.der))) {
    throw new StampFault("bad-signature", "another certificate was meant");
  }
}

// Files that belong to time stamps: whatever stands there must be of use, or nobody could say what it is meant to show.
const AUTHORITIES = "signatures/authorities/";
const BUNDLE_LIMIT = 1024 * 1024;
const BUNDLE_COUNT = 500;
const CRL_LIMIT = 8 * 1024 * 1024;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;
const PEM_CRL = /^\s*-----BEGIN X509 CRL-----\s([A-Za-z0-9+/=\s]+)-----END X509 CRL-----\s*$/;

// What no list names is a finding already.
async function checkBeside(folder) {
  const { bag, time } = folder;
  for (const name of [...new Set([...bag.tags.keys(), ...bag.signed.keys()])].sort(compareText)) {
    if (name.startsWith(AUTHORITIES)) {
      await checkAuthorityFile(bag.files.get(name), name, time);
    } else if (/^signatures\/[^]*\.ts[qr]$/.test(name)) {
      const answer = name.replace(/[qr]$/, "r");
      const [, stamped] = STAMP_NAME.exec(answer) || [];
      if (stamped !== SIGNATURE_FILE && !CHECKPOINT_NAME.test(stamped || "")) time.add("stamp-invalid", name, "", "junk: stamps nothing");
      else if (!bag.files.has(answer)) time.add("stamp-invalid", name, "", `junk: missing: ${answer}`);
    }
  }
}

async function checkAuthorityFile(file, name, found) {
  try {
    if (name.endsWith(".crl")) return readRevocations(await wholeFile(file, CRL_LIMIT));
    const certificates = readBundle(await wholeFile(file, BUNDLE_LIMIT));
    if (name.endsWith("/root.pem")) for (const one of certificates) await requireRoot(one);
  } catch (error) {
    // How an authority's certificates are signed is its own affair; whether they can be trusted is beyond this page.
    if (error instanceof NotHere) return;
    if (!(error instanceof Refused)) throw error;
    found.add("authority-invalid", name, "", error.message);
  }
}

// All certificates of a file, PEM or DER.
function readBundle(bytes) {
  const text = LENIENT_UTF8.decode(bytes);
  const begun = text.split("-----BEGIN CERTIFICATE-----").length - 1;
  if (!begun) return [readCertificate(bytes)];
  const found = [...text.matchAll(PEM_CERTIFICATE)].map(([, body]) => readCertificate(fromBase64(body.replace(/\s/g, ""))));
  if (found.length !== begun) throw new Refused("a certificate that can't be read");
  if (found.length > BUNDLE_COUNT) throw new Refused("too many");
  return found;
}

async function requireRoot(certificate) {
  const { algorithm, signature, body } = certificate;
  const own = sameBytes(certificate.issuer, certificate.owner);
  if (!own || !(await isSignedBy(certificate, algorithm, signature.bits, body))) throw new Refused(`not a root: ${certificate.subject}`);
}

// A revocation list (RFC 5280 section 5.1) by its outer form only: it may have a hundred thousand entries.
function readRevocations(bytes) {
  const pem = PEM_CRL.exec(LENIENT_UTF8.decode(bytes));
  const der = pem ? fromBase64(pem[1].replace(/\s/g, "")) : bytes;
  understood(() => {
    const list = derAt(der, 0).expect(SEQUENCE);
    if (list.whole.length !== der.length) throw new Refused("bytes after the end");
    const [body, algorithm, signature, ...more] = list.parts;
    const parts = body.expect(SEQUENCE).parts;
    if (parts[0].tag === 0x02) parts.shift();
    const [ownAlgorithm, issuer, since] = parts;
    if (more.length || !sameBytes(algorithm.whole, ownAlgorithm.whole)) throw new Refused("not a revocation list");
    issuer.expect(SEQUENCE);
    if (!Number.isFinite(since.time) || !signature.bits.length) throw new Refused("not a revocation list");
  });
}

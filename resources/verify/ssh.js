// The second signature, with the same key, in the form that `ssh-keygen -Y verify` reads (OpenSSH's PROTOCOL.sshsig).
const SSH_SIGNATURE_FILE = "signatures/tagmanifest-sha256.txt.sshsig";
const SSH_SIGNERS_FILE = "signatures/allowed-signers";
const SSH_SIGNER = "evidencedesk";
const SSH_NAMESPACE = "case-folder";
const SSH_ALGORITHM = "ecdsa-sha2-nistp256";
const SSH_LIMIT = 16 * 1024;
const SSH_BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
const SSH_END = "-----END SSH SIGNATURE-----\n";
const SSH_LINE = /.{1,70}/g;

const joined = (...pieces) => Uint8Array.from(pieces.flatMap((piece) => [...(typeof piece === "string" ? UTF8.encode(piece) : piece)]));

// RFC 4251 section 5: length, then content.
function sshString(...pieces) {
  const content = joined(...pieces);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, content.length);
  return joined(length, content);
}

// What sshString put one behind the other.
function sshStrings(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length; at += 4 + found[found.length - 1].length) {
    const length = at + 4 <= bytes.length ? new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0) : Infinity;
    if (at + 4 + length > bytes.length) throw new Refused("cut off");
    found.push(bytes.subarray(at + 4, at + 4 + length));
  }
  return found;
}

const sshKey = (certificate) => joined(sshString(SSH_ALGORITHM), sshString("nistp256"), sshString(certificate.key.parts[1].bits));
const sshSigners = (certificate) => `${SSH_SIGNER} namespaces="${SSH_NAMESPACE}" ${SSH_ALGORITHM} ${toBase64(sshKey(certificate))}\n`;

// Whether the certificate's key signed this content. One form only: bytes that the signature does not cover must not
// differ either.
async function isSshSignedBy(certificate, armoured, content) {
  const text = fromUtf8(armoured);
  const body = text.startsWith(SSH_BEGIN) && text.endsWith(SSH_END) ? text.slice(SSH_BEGIN.length, -SSH_END.length) : "";
  const blob = fromBase64(body.replace(/\n/g, ""));
  const [, signature] = sshStrings(sshStrings(blob.subarray(10)).pop() || blob);
  const numbers = sshStrings(signature || blob);
  const fields = [SSH_NAMESPACE, "", "sha512"].map((one) => sshString(one));
  const signed = joined("SSHSIG", ...fields, sshString(await digestOf("SHA-512", content)));
  const value = sshString(sshString(SSH_ALGORITHM), sshString(...numbers.map((number) => sshString(number))));
  const written = joined("SSHSIG", [0, 0, 0, 1], sshString(sshKey(certificate)), ...fields, value);
  const lines = toBase64(written).match(SSH_LINE).join("\n");
  if (text !== `${SSH_BEGIN}${lines}\n${SSH_END}`) return false;
  const der = derJoin(SEQUENCE, numbers.map((number) => derJoin(0x02, [number])));
  return isSignedBy(certificate, readDer(ALGORITHM_ECDSA_SHA256), der, signed);
}

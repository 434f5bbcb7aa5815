// What this page can't check, with the command that can. Names in them come from the folder: they are quoted.
const quoted = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

// Beside the folder: nothing may be put into it.
const SIGNER_CERTIFICATE = "../signer.pem";
const SIGNER_KEY = "../device-key.pem";
const SIGNERS = "../allowed-signers";

function commandsFor(report) {
  const commands = [];
  // All of these go on from the certificate that the signature holds: any other one in the folder may be somebody else's.
  if (report.signer) {
    commands.push({
      key: "how_signature",
      lines: [`openssl cms -verify -binary -inform DER -in ${SIGNATURE_FILE} -content ${TAG_MANIFEST} -CAfile ${CERTIFICATE_FILE} -purpose any -signer ${SIGNER_CERTIFICATE} -out /dev/null`,
        `openssl x509 -in ${SIGNER_CERTIFICATE} -noout -fingerprint -sha256`],
    });
  }
  const goesOn = report.signer && (report.sshSigned || report.checkpoints.length);
  if (goesOn) commands.push({ key: "how_key", lines: [`openssl x509 -in ${SIGNER_CERTIFICATE} -pubkey -noout > ${SIGNER_KEY}`] });
  if (goesOn && report.sshSigned) {
    const allowed = `${SSH_SIGNER} namespaces=\\"${SSH_NAMESPACE}\\" $(ssh-keygen -i -m PKCS8 -f ${SIGNER_KEY})`;
    commands.push({
      key: "how_ssh",
      lines: [`echo "${allowed}" > ${SIGNERS}`,
        `ssh-keygen -Y verify -f ${SIGNERS} -I ${SSH_SIGNER} -n ${SSH_NAMESPACE} -s ${SSH_SIGNATURE_FILE} < ${TAG_MANIFEST}`],
    });
  }
  if (goesOn && report.checkpoints.length) {
    const [name] = report.checkpoints;
    commands.push({
      key: "how_checkpoint",
      lines: [`openssl dgst -sha256 -verify ${SIGNER_KEY} -signature ${quoted(`${name}.sig`)} ${quoted(name)}`],
    });
  }
  for (const stamp of report.proven) {
    const { root, chain } = stamp.beside;
    const others = chain ? ` -untrusted ${chain}` : "";
    commands.push({
      key: "how_stamp",
      facts: { name: stamp.name },
      lines: [`openssl ts -verify -in ${quoted(stamp.name)} -data ${quoted(stamp.stamped)} -CAfile ${root}${others} -attime ${Math.floor(stamp.at)}`],
    });
  }
  if (report.recordings.length) commands.push({ key: "how_sound", lines: report.recordings.slice(0, 3).map((name) => `flac -t ${quoted(name)}`) });
  return commands;
}

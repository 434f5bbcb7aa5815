// What this page can't check, with the command that can. Names in them come from the folder: they are quoted.
const quoted = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

function commandsFor(report) {
  const commands = [];
  if (report.signer) {
    commands.push({
      key: "how_signature",
      lines: [`openssl cms -verify -binary -inform DER -in ${SIGNATURE_FILE} -content ${TAG_MANIFEST} -CAfile ${CERTIFICATE_FILE} -purpose any -out /dev/null`,
        `openssl x509 -in ${CERTIFICATE_FILE} -noout -fingerprint -sha256`],
    });
  }
  if (report.sshSigned) {
    commands.push({
      key: "how_ssh",
      lines: [`ssh-keygen -Y verify -f ${SSH_SIGNERS_FILE} -I ${SSH_SIGNER} -n ${SSH_NAMESPACE} -s ${SSH_SIGNATURE_FILE} < ${TAG_MANIFEST}`],
    });
  }
  if (report.checkpoints.length) {
    const [name] = report.checkpoints;
    commands.push({
      key: "how_checkpoint",
      lines: [`openssl x509 -in ${CERTIFICATE_FILE} -pubkey -noout > ../device-key.pem`,
        `openssl dgst -sha256 -verify ../device-key.pem -signature ${quoted(`${name}.sig`)} ${quoted(name)}`],
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

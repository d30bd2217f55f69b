import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * C2SP signed-note: a text, and below it who vouches for it. A note is UTF-8 that ends in a line feed, then an empty
 * line, then `— <name> <base64 of key id and signature>`.
 */
export interface Signer {
  /** Whose record it is: the key's name and the checkpoints' origin, e.g. `nenrin.example/record`. */
  readonly name: string;
  /** `<name>+<key id>+<base64>`: what everyone needs to check a signature. */
  readonly verifierKey: string;
  readonly sign: (text: string) => string;
}

const ED25519 = 1;
const RAW_KEY_BYTES = 32;

/** The signature type, then the key itself. */
const typedKeyOf = (publicKey: KeyObject): Buffer =>
  Buffer.concat([
    Uint8Array.of(ED25519),
    publicKey.export({ type: "spki", format: "der" }).subarray(-RAW_KEY_BYTES),
  ]);

const keyIdOf = (name: string, typedKey: Uint8Array): Buffer =>
  createHash("sha256").update(`${name}\n`).update(typedKey).digest().subarray(0, 4);

/** What everyone needs to check the signatures of an Ed25519 key (C2SP signed-note, signature type 0x01). */
export const verifierKeyOf = (name: string, publicKey: KeyObject): string => {
  const typedKey = typedKeyOf(publicKey);
  return `${name}+${keyIdOf(name, typedKey).toString("hex")}+${typedKey.toString("base64")}`;
};

export const signerOf = (name: string, key: KeyObject): Signer => {
  const publicKey = createPublicKey(key);
  const keyId = keyIdOf(name, typedKeyOf(publicKey));
  return {
    name,
    verifierKey: verifierKeyOf(name, publicKey),
    sign: (text) => {
      const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), key)]).toString("base64");
      return `${text}\n— ${name} ${signature}\n`;
    },
  };
};

const KEY_FILE = "signing-key.pem";
const NAME_FILE = "name.txt";

/** All or nothing, and whoever comes second keeps what the first has made. */
const writeOnce = (file: string, text: string): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
};

/**
 * The key that signs the record's heads lies outside the database, in a folder that only the service can read. The
 * first start makes it, with `name`; later ones keep both.
 */
export const openSigner = (folder: string, name: string): Signer => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const [keyFile, nameFile] = [join(folder, KEY_FILE), join(folder, NAME_FILE)];
  if (!existsSync(keyFile)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeOnce(nameFile, `${name}\n`);
    writeOnce(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  }
  return signerOf(readFileSync(nameFile, "utf8").trim(), createPrivateKey(readFileSync(keyFile)));
};

/** C2SP tlog-checkpoint, with the signer's time as an extension line. `root` in hex. */
export const checkpointText = (
  name: string,
  { size, root, at }: { readonly size: number; readonly root: string; readonly at: string },
): string => `${name}\n${size}\n${Buffer.from(root, "hex").toString("base64")}\nat ${at}\n`;

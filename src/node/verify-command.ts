/**
 * `npm run verify -- ikrar.pdf`: checks a PDF or a bukti.json without network and database; `-- manifes.json`, all papers of an event
 * that lie beside it. Also built as one file, dist/periksa.mjs, which needs nothing but Node. Shown by test/proof/command.test.ts
 * and test/export/parcel-command.test.ts.
 *
 * Ends with 0 if the pledge is genuine, with 1 if something does not match or it was withdrawn, with 2 if too little can be read or trusted.
 */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { checkParcel, type ParcelReport } from '../export/check-parcel.ts';
import { claimsManifest, MANIFEST_BYTES } from '../export/manifest.ts';
import { faultSentence, parcelLines } from '../export/parcel-verdicts.ts';
import { formatPolicy, type Policy, parsePolicy } from '../ledger/policy.ts';
import { readCertificate } from '../lib/certificate.ts';
import { parseDer } from '../lib/der.ts';
import { printable } from '../lib/log.ts';
import { parsePem } from '../lib/pem.ts';
import { parseDigest, sha256 } from '../lib/sha256.ts';
import { bring } from '../proof/bring.ts';
import {
  type CheckVerdict,
  checkProof,
  type GivenFiles,
  type Report,
  type Trust,
} from '../proof/check-proof.ts';
import { parseProofFile } from '../proof/proof-file.ts';
import {
  detailOf,
  limitSentences,
  policyWords,
  sourceWords,
  stepWords,
  summaryOf,
  unreadSentences,
  verdictSentence,
} from '../proof/verdicts.ts';
import { formatCode } from '../statement/code.ts';
import { parseStatement, type Statement } from '../statement/statement.ts';
import { openBrought } from './brought-files.ts';

/** The ledger's key that build.ts has put in from IKRAR_LEDGER_VKEY; empty if none. */
declare const LEDGER_VKEY: string;

const USAGE = `Cara pakai: node periksa.mjs <ikrar.pdf | bukti.json | pernyataan.txt | -> [pilihan]
            node periksa.mjs <manifes.json> [folder atau bagian.zip ...] [pilihan]
  --key <kunci>         kunci catatan yang Anda percaya (nama+id+kunci), atau berkas yang memuatnya
  --checkpoint <berkas> ringkasan catatan yang Anda simpan sendiri
  --consistency <berkas> bukti bahwa ringkasan itu dan yang ada dalam bukti sambung-menyambung
  --policy <berkas>     kebijakan saksi: siapa yang harus ikut menandatangani catatan
  --seal <sidik jari>   sertifikat segel yang Anda percaya (sha256:…), atau berkas PEM yang memuatnya
  --time <sidik jari>   sertifikat lembaga penanda waktu yang Anda percaya, atau berkas PEM
  --withdrawal <berkas> pencabutan.json, yang datang kemudian
  --status <berkas>     status.json, yang menyebut PDF mana yang terdaftar
  --json                hasil untuk program
Kode akhir: 0 asli, 1 tidak cocok atau dicabut, 2 selain itu: tidak dapat dinilai.`;

const ZIP_ALONE = `Ini berkas ZIP. Keluarkan manifes.json dari dalamnya, lalu:
            node periksa.mjs manifes.json <bagian.zip ...>`;

const EXIT: Record<Report['verdict'], number> = {
  asli: 0,
  dicabut: 1,
  'tidak cocok': 1,
  'bukan berkas terdaftar': 2,
  'layanan lain': 2,
  'tidak terbaca': 2,
};

const PARCEL_EXIT: Record<ParcelReport['verdict'], number> = {
  cocok: 0,
  'tidak cocok': 1,
  'tidak dapat dinilai': 2,
};

/** Nothing else that we make is nearly as large. */
const MOST_BYTES = 5 << 20;

class UsageError extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [path, ...more] = positionals;
  if (path === undefined) throw new UsageError(USAGE);
  const trust = await readTrust(values);
  if (await isManifest(path)) {
    if (values.withdrawal !== undefined || values.status !== undefined) throw new UsageError(USAGE);
    return checkTogether(path, more, trust, values.json === true);
  }
  if (/\.zip$/i.test(path)) throw new UsageError(ZIP_ALONE);
  if (more.length > 0) throw new UsageError(USAGE);
  const brought = await bring(await readAll(path));
  if (!brought.ok) {
    const sentence = unreadSentences[brought.code];
    print(values.json ? { berkas: path, verdict: 'tidak terbaca', code: brought.code } : [sentence]);
    return EXIT['tidak terbaca'];
  }
  const given: GivenFiles = {
    ...brought.given,
    ...(values.withdrawal !== undefined && { withdrawal: await readAll(values.withdrawal) }),
    ...(values.status !== undefined && { status: await readText(values.status) }),
  };
  if (isWithdrawalAlone(given)) {
    print(
      values.json ? { berkas: path, verdict: 'tidak terbaca', code: 'withdrawal-alone' } : [WITHDRAWAL_ALONE],
    );
    return EXIT['tidak terbaca'];
  }
  const report = await checkProof(given, trust);
  const { verdict, steps, limits, origin } = report;
  print(
    values.json
      ? {
          berkas: path,
          verdict,
          ...(origin !== undefined && { asal: origin }),
          kunci: { asal: trust.source, nilai: trust.verifier },
          ...(trust.witnesses && { kebijakan: formatPolicy(trust.witnesses) }),
          langkah: steps,
          batas: limits,
        }
      : lines(given, report, trust),
  );
  return EXIT[verdict];
}

async function isManifest(path: string): Promise<boolean> {
  if (path === '-') return false;
  try {
    const file = await open(path);
    try {
      const head = new Uint8Array(100);
      await file.read(head, 0, head.length, 0);
      return claimsManifest(head);
    } finally {
      await file.close();
    }
  } catch {
    // Whoever reads it says why it can't be read.
    return false;
  }
}

/** Papers of an event: in these folders and ZIP files, or in the folder that the manifest is in. */
async function checkTogether(path: string, places: string[], trust: Trust, json: boolean): Promise<number> {
  const given = await readAll(path, MANIFEST_BYTES);
  const opened = await Promise.all(
    (places.length > 0 ? places : [dirname(path)]).map((place) =>
      openBrought(place).catch(unreadable(place)),
    ),
  );
  try {
    const files = opened.flatMap((one) => one.files);
    const report = await checkParcel(
      given,
      { files, refused: opened.flatMap((one) => one.refused) },
      trust,
      (checked) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${checked} dari ${files.length} berkas`);
      },
    );
    if (process.stderr.isTTY) process.stderr.write('\n');
    const { verdict, faults, manifest, genuine } = report;
    print(
      json
        ? {
            berkas: path,
            verdict,
            kunci: { asal: trust.source, nilai: trust.verifier },
            asli: genuine,
            jumlah: manifest && {
              berkas: manifest.berkas.length,
              belum: manifest.belum.length,
              dihapus: manifest.dihapus,
            },
            salah: faults.map((fault) => ({ ...fault, kalimat: faultSentence(fault) })),
          }
        : [
            ...parcelLines(report).slice(0, -1),
            `Kunci catatan: ${sourceWords[trust.source]}${trust.verifier === null ? '' : `, ${printable(trust.verifier)}`}`,
            ...parcelLines(report).slice(-1),
          ],
    );
    return PARCEL_EXIT[verdict];
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        checkpoint: { type: 'string' },
        consistency: { type: 'string' },
        policy: { type: 'string' },
        seal: { type: 'string' },
        time: { type: 'string' },
        status: { type: 'string' },
        withdrawal: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch {
    throw new UsageError(USAGE);
  }
}

type Options = ReturnType<typeof readArguments>['values'];

/** A key comes from the command line, from a file or from the build: never from what is checked. */
async function readTrust({ key, checkpoint, consistency, policy, seal, time }: Options): Promise<Trust> {
  const kept = {
    ...(checkpoint !== undefined && { checkpoint: await readText(checkpoint) }),
    ...(consistency !== undefined && { consistency: await readText(consistency) }),
    ...(policy !== undefined && { witnesses: await readPolicy(policy) }),
    ...(seal !== undefined && { seals: await readCertificates(seal) }),
    ...(time !== undefined && { authorities: await readCertificates(time) }),
  };
  if (key === undefined) {
    return LEDGER_VKEY === ''
      ? { verifier: null, source: 'tidak ada', ...kept }
      : { verifier: LEDGER_VKEY, source: 'bawaan', ...kept };
  }
  if (/^[^+]+\+[0-9a-f]{8}\+/.test(key)) return { verifier: key, source: 'perintah', ...kept };
  return { verifier: (await readText(key)).trim(), source: 'berkas', ...kept };
}

async function readPolicy(path: string): Promise<Policy> {
  const text = await readText(path);
  return parsePolicy(text).catch(() => {
    throw new UsageError(`Berkas ${printable(path)} bukan kebijakan saksi. Bentuknya: docs/format/saksi.md.`);
  });
}

/** SHA-256 of each certificate: given, or of those in a file. */
async function readCertificates(given: string): Promise<Uint8Array[]> {
  const digest = parseDigest(given);
  if (digest) return [digest];
  const text = await readText(given);
  try {
    const certificates = parsePem('CERTIFICATE', text);
    for (const one of certificates) readCertificate(parseDer(one));
    if (certificates.length > 0) return await Promise.all(certificates.map((one) => sha256(one)));
  } catch {
    // As below: which byte was wrong helps nobody.
  }
  throw new UsageError(`Berkas ${printable(given)} tidak memuat sertifikat yang utuh (PEM).`);
}

const unreadable =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    const why =
      error.code === 'ENOENT'
        ? 'tidak ada'
        : error.code === 'EISDIR'
          ? 'adalah folder'
          : 'tidak dapat dibaca';
    throw new UsageError(`Berkas ${printable(path)} ${why}. Periksa nama dan tempatnya.`);
  };

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(unreadable(path));

async function readAll(path: string, most = MOST_BYTES): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sum = 0;
  try {
    for await (const part of path === '-' ? process.stdin : createReadStream(path)) {
      parts.push(part);
      sum += part.length;
      if (sum > most) break;
    }
  } catch (error) {
    unreadable(path)(error as NodeJS.ErrnoException);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const MARKS: Record<CheckVerdict['outcome'], string> = {
  terbukti: '[ya]',
  gagal: '[TIDAK]',
  'tidak diperiksa': '[-]',
};

const WITHDRAWAL_ALONE =
  'Berkas ini adalah keterangan pencabutan (pencabutan.json), bukan ikrar. ' +
  'Periksa bersama ikrarnya: periksa.mjs <ikrar.pdf | bukti.json> --withdrawal pencabutan.json';

/** A pencabutan.json in the place of a pledge. */
const isWithdrawalAlone = ({ proof, statement, pdf, withdrawal }: GivenFiles): boolean =>
  proof === null && statement === null && pdf === null && Boolean(withdrawal);

function lines(given: GivenFiles, report: Report, trust: Trust): string[] {
  const { verdict, steps, limits } = report;
  const said = statementOf(given);
  const { title, meaning } = summaryOf(report);
  const whom =
    said &&
    `Ikrar ${formatCode(said.kode)}: ${said.nama}, ${said.jabatan}, ${said.wilayah.nama} (${said.wilayah.kode})`;
  // What is not proven is told as what the file says.
  const proven = verdict === 'asli' || verdict === 'dicabut' || verdict === 'bukan berkas terdaftar';
  return [
    ...(whom ? [proven ? printable(whom) : `Menurut berkas ini: ${printable(whom)}`] : []),
    ...steps.map((step) => {
      const detail = detailOf(step);
      const behind = detail ? ` (${detail})` : '';
      return `${MARKS[step.outcome].padEnd(8)}${stepWords[step.step].name}: ${verdictSentence(step)}${behind}`;
    }),
    `Kunci catatan: ${sourceWords[trust.source]}${trust.verifier === null ? '' : `, ${printable(trust.verifier)}`}`,
    ...(trust.witnesses ? [`Saksi: ${policyWords(trust.witnesses)}`] : []),
    ...limits.map((limit) => `Perhatikan: ${limitSentences[limit]}`),
    `${LOUD.has(verdict) ? title.toUpperCase() : printable(title)}. ${meaning}`,
  ];
}

/** The others are sentences. */
const LOUD = new Set<Report['verdict']>(['asli', 'dicabut', 'tidak cocok', 'tidak terbaca']);

/** Whom it is about; null if that can't be read. */
function statementOf({ proof, statement }: GivenFiles): Statement | null {
  try {
    const file = typeof proof === 'string' || proof instanceof Uint8Array ? parseProofFile(proof) : proof;
    return parseStatement(file?.statement ?? statement ?? '');
  } catch {
    return null;
  }
}

/** In JSON too nothing that a terminal would obey, or that moves letters about: each as its code, as JSON writes it. */
const print = (out: string[] | object): void =>
  console.log(
    Array.isArray(out)
      ? out.join('\n')
      : JSON.stringify(out, null, 2).replace(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (letter) =>
          Array.from(
            { length: letter.length },
            (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`,
          ).join(''),
        ),
  );

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
}

/**
 * What stands where a name should, or beside it: an office, what became of its holder, a word for anybody. Shown by
 * test/roster/name.test.ts.
 *
 *     CONTOH Kades          name-office
 *     CONTOH tidak aktif    name-status
 *     Ibu                   name-nobody
 *     CONTOH lama           maybe: somebody may be called so
 */
import { ADDRESS } from '../lib/gelar.ts';

/** An office, at the beginning of what should be a name. */
const OFFICES =
  'kepala (?:desa|dusun|kampung|kelurahan|kecamatan|distrik|lembang|pekon|negeri|urusan|seksi|sub ?bagian|bagian|bidang|dinas|badan|kantor|sekolah|lingkungan)|' +
  'kades|sekdes|sekcam|seklur|sekda|sekretaris (?:desa|kelurahan|camat|kecamatan|daerah)|wali ?nagari|perangkat desa|' +
  'ka desa|kep desa|kdes|babinsa|bhabinkamtibmas|babinkamtibmas|danramil|dandim|kapolsek|kapolres|kasubbag|kadus';
/** The same, where a name may follow or stand before: also names of people. */
const FIRST_OFFICES = 'lurah|camat|perbekel|sekretaris|peratin|pambakal|pembakal|keuchik|geuchik';
const OFFICES_OR_NAMES =
  'ketua|anggota|wakil|bupati|walikota|gubernur|pelaksana|kabid|kadis|kepala|penghulu|pengulu|kuwu|petinggi|hukum tua|sangadi|bendahara|staf|kasi|kaur';

/** What is told about a person beside the name. */
const STATUSES =
  'non ?aktif|tidak aktif|meninggal|wafat|pensiun|(?:di)?berhenti(?:kan)?|dinonaktifkan|tersangka|terpidana|mengundurkan diri|masa jabatan|ditahan|terpilih|' +
  'diganti(?:kan)?|(?:me)?nunggu sk|pilkades|definitif|vacum|belum dilantik|purna tugas|ttd|(?:dalam|sedang|masih) proses|berhalangan|diwakili|mewakili|atas nama|honorer|thl|laki laki|perempuan|pns|asn|cpns|pppk|caretaker';
/** Words of that kind that are also names of people, where they stand first, or last. */
const FIRST_STATUSES = 'mantan|eks|ex|calon|pejabat|purn|dto';
/** Of civil servants. */
const GRADES = '(?:penata|pembina|pengatur)(?: (?:muda|utama|madya|tingkat|tk|i|satu))*';
const LAST_STATUSES = `lama|mundur|mutasi|cuti|${FIRST_OFFICES}|penghulu|kuwu|petinggi|hukum tua|sangadi|ketua|anggota|bupati|sakit|izin|ijin|hadir|proses|purn|gol(?:ongan)? [iv]+|${GRADES}`;
/** Nothing but this: somebody's name, or a word for nobody and for much else. */
const ALONE =
  'islam|kristen|katolik|protestan|hindu|buddh?a|budha|konghucu|paw|nan|pria|wanita|tes|test|nona|juru(?: muda)?|swasta|wiraswasta|petani|desa|kelurahan|kecamatan|kampung';

/** Another one's name, or what becomes of this one, wherever it stands. */
const BESIDE =
  'dkk|dan seterusnya|dan kawan kawan|alias|als|ganti|pengganti|menggantikan|istri|suami|menyusul|belum|blm|fix|pindah(?:an)?|paw|antar ?waktu';
/** `BUDI a.n. SITI`: between two names, where before one they are its first letters. */
const BETWEEN = /(?<=\p{L}{2} )(?:a n|u p|u b|c q|cq|qq)(?= )/u;
/** `BUDI an. SITI`: without its stop it is a name. */
const SHORTENED = /\p{L}{2}\s+(?:an|up|ub)\.\s*\p{L}/iu;

/** On words in small letters with one space between two: neither letter case nor marks decide. */
const within = (words: string, first = false, last = false): RegExp =>
  new RegExp(`${first ? '^' : '(?:^| )'}(?:${words})${last ? '$' : '(?= |$)'}`, 'u');
const IS_OFFICE = within(`${OFFICES}|${FIRST_OFFICES}`, true);
const HAS_OFFICE = within(OFFICES);
const IS_GRADE = within(`${GRADES}|juru(?: muda)?`, true, true);
const HAS_STATUS = within(STATUSES);
const MAYBE = [
  within(`${OFFICES_OR_NAMES}|${FIRST_STATUSES}|${GRADES}`, true),
  within(LAST_STATUSES, false, true),
  within(ALONE, true, true),
  within(BESIDE),
  BETWEEN,
];
const IS_ADDRESS = within(
  ADDRESS.filter((word) => word !== 'nona')
    .concat('n n')
    .join('|'),
  true,
  true,
);
/** Any word of these: decides for nearly all names. */
const MARKED = new Set(
  [OFFICES, FIRST_OFFICES, OFFICES_OR_NAMES, STATUSES, FIRST_STATUSES, LAST_STATUSES, ALONE, BESIDE]
    .concat(
      'non aktif nonaktif berhenti berhentikan diberhentikan digantikan golongan menunggu nunggu budha buddha wali walinagari subbagian n pindahan antarwaktu an p up b ub q cq qq',
    )
    .concat(ADDRESS)
    .flatMap((words) => words.split(/[^a-z]+/)),
);

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

/** Whether a closer look is due: for nearly all names it isn't. */
export const hasRemark = (name: string): boolean => wordsOf(name).some((word) => MARKED.has(word));

export function readRemark(name: string): 'name-nobody' | 'name-office' | 'name-status' | 'maybe' | null {
  const words = wordsOf(name).join(' ');
  if (IS_ADDRESS.test(words)) return 'name-nobody';
  if (IS_OFFICE.test(words) || HAS_OFFICE.test(words)) return 'name-office';
  if (HAS_STATUS.test(words)) return 'name-status';
  return MAYBE.some((pattern) => pattern.test(words)) || SHORTENED.test(name) ? 'maybe' : null;
}

/** `Penata Tk. I`, and nothing else. */
export const isGrade = (typed: string): boolean => IS_GRADE.test(wordsOf(typed).join(' '));

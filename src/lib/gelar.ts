/**
 * Gelar and what else stands around a name: titles, ranks, acting offices, forms of address. One table for who reads a list
 * (roster/name.ts, roster/titles.ts) and for who searches (lib/readings.ts). What heads an office stands with each of the two: a
 * search may take `Sangadi` for an office where a list must not.
 */

/** Titles after a name, as they are written; where two spellings are in use, the more usual one first. */
export const BACK_TITLES: readonly string[] = [
  'S.Sos.|S.Pd.|S.Pd.I.|S.Pd.SD.|S.Pd.K.|S.Pd.H.|S.Pd.B.|S.H.|S.HI.|S.H.I.|S.E.|S.E.I.|S.E.Sy.|S.T.|S.ST.|S.Tr.|S.IP.|S.I.P.|S.I.Kom.',
  'S.Kom.|S.Ag.|S.Pi.|S.P.|S.Hut.|S.KM.|S.K.M.|S.STP|S.STP.|S.I.K.|S.IK.|S.Pt.|S.Si.|S.Psi.|S.S.|S.Th.|S.Th.I.|S.Hum.|S.Farm.|S.Kep.',
  'S.Ked.|S.KG.|S.KH.|S.AP.|S.A.P.|S.AN.|S.A.N.|S.M.|S.MB.|S.Sn.|S.Ak.|S.Akun.|S.Sy.|S.Kel.|S.TP.|S.Gz.|S.Ars.|S.Stat.|S.In.|S.Sos.I.',
  'S.Fil.|S.Adm.|S.IAN.|S.Tr.IP.|S.Tr.Keb.|S.Tr.Kes.|S.Tr.Kom.|S.Tr.T.|S.Tr.Han.|S.Tr.K.|S.Mat.|S.Fis.|S.PWK.|S.IPI.|S.Ptk.|S.Ling.',
  'M.Si.|M.M.|M.AP.|M.A.P.|M.Pd.|M.Pd.I.|M.H.|M.HI.|M.H.I.|M.Hum.|M.Kom.|M.T.|M.Sos.|M.E.|M.EI.|M.P.|M.Pi.|M.Kes.|M.KM.|M.K.M.|M.A.',
  'M.Ag.|M.Sc.|M.IP.|M.I.P.|M.I.Kom.|M.Ec.Dev.|M.Kn.|M.Psi.|M.Tr.IP.|M.Tr.Hanla.|M.Ak.|M.Eng.|M.B.A.|MBA|M.Th.|M.Sn.|M.Farm.|M.Kep.',
  'M.Hut.|M.Ling.|M.PSDM.|M.Han.|M.Dev.|M.PA.|M.P.A.|M.P.P.|M.PWK.|M.Tr.A.P.|M.Tr.AP.|M.Phil.|M.Ed.|M.Stat.|M.Ars.|M.Gz.|M.Fil.|M.Sy.',
  'A.Md.|A.Md.Kom.|A.Md.Keb.|A.Md.Kep.|A.Md.Kes.|A.Md.Pd.|A.Md.Ak.|A.Md.T.|A.Md.P.|A.Md.Farm.|A.Md.Gz.|A.Md.Kel.|A.Md.Tra.|A.Md.A.P.',
  'A.Ma.|A.Ma.Pd.|A.Ma.Pd.SD.|A.P.|A.Pi.|A.Ks.|A.KS.|Ph.D.|B.A.|B.Sc.|B.Eng.|LL.M.|LL.B.|Ners|Ns.|Apt.|CGCAE|Ak.|CA|C.A.|CPA',
  'M.S.|M.PH.|M.S.E.|M.Ec.|M.N.|M.Tr.|M.T.P.|M.I.Pol.|M.Adm.|M.P.S.|M.K.P.|S.Tr.Kep.|S.Tr.Ak.|B.E.|BBA|Lc.|CFrA|QIA|AIFO|IPM|IPU',
  'Sp.K.|Sp.A.|Sp.B.|Sp.OG.|Sp.PD.|Sp.JP.|Sp.M.|Sp.KK.|Sp.An.|Sp.KJ.|Sp.OT.|Sp.P.|Sp.S.|Sp.THT.',
  'M.I.K.|Gr.|S.Pd.Gr.|MM.Pd.|S.Keb.|M.Keb.|M.Kesos.|S.IIP.|M.Div.|OFMCap.|Psikolog',
  'Sp.A(K)|Sp.B(K)|Sp.OG(K)|Sp.PD-KGEH|Sp.JP(K)|Sp.M(K)|Sp.An(K)|Sp.OT(K)|M.Si.(Han)|M.Tr.(Han)|ASEAN Eng.|Dipl.-Ing.',
].flatMap((line) => line.split('|'));

/** Before a name, by what is typed without its last stop; how it is written. */
export const FRONT_TITLES: Readonly<Record<string, string>> = {
  prof: 'Prof.',
  drs: 'Drs.',
  dra: 'Dra.',
  drg: 'drg.',
  drh: 'drh.',
  ir: 'Ir.',
  kh: 'KH.',
  'k.h': 'K.H.',
  hj: 'Hj.',
  h: 'H.',
  haji: 'H.',
  hajah: 'Hj.',
  hajjah: 'Hj.',
  pdt: 'Pdt.',
  ust: 'Ust.',
  ustadz: 'Ust.',
  tgk: 'Tgk.',
  tgh: 'TGH.',
  apt: 'apt.',
  ns: 'Ns.',
};

/** Before a name, of the military and the police; those that are also words or names of a family stand apart. */
export const SHORT_RANKS: readonly string[] = (
  'jend|letjen|mayjen|brigjen|irjen|komjen|letkol|kapt|lettu|letda|peltu|pelda|serma|serka|sertu|serda|kopka|koptu|kopda|praka|pratu|prada|laksdya|laksda|laksma|marsdya|marsda|marsma|' +
  'kombes|akbp|kompol|akp|iptu|ipda|aiptu|aipda|bripka|brigpol|briptu|bripda|abrip|abriptu|abripda|bharaka|bharatu|bharada'
).split('|');
export const WORD_RANKS: readonly string[] =
  'jenderal|jendral|kolonel|mayor|kapten|brigadir|laksamana|marsekal|letnan|sersan|kopral|prajurit|inspektur|komisaris'.split(
    '|',
  );
export const RANKS: readonly string[] = [...SHORT_RANKS, ...WORD_RANKS];

/** Before an office that is held for a while, also where it was typed before the name; how it is written. */
export const ACTING: Readonly<Record<string, string>> = {
  pj: 'Pj.',
  pjs: 'Pjs.',
  plt: 'Plt.',
  plh: 'Plh.',
  penjabat: 'Pj.',
  'penjabat sementara': 'Pjs.',
  'pelaksana tugas harian': 'Plh.',
  'pelaksana tugas': 'Plt.',
  'pelaksana harian': 'Plh.',
};

/** How people are spoken to. */
export const ADDRESS: readonly string[] =
  'bapak|bpk|bp|pak|ibu|bu|saudara|saudari|sdr|sdri|nyonya|ny|tuan|tn|nona|nn|kepada yth|yth'.split('|');

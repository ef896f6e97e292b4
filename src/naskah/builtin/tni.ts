/** Words for members of TNI. They have no right to vote, so nothing here speaks of voting. */
import { composeWording } from '../wording.ts';
import { PILKADA, PUTUSAN_136, TNI, UNFORCED } from './basis.ts';

const WILLING =
  'Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi disiplin dan pidana militer sesuai dengan ketentuan peraturan perundang-undangan.';

const wording = (occasion: string, contender: string, title: string, basis: readonly string[]): string =>
  composeWording({
    title: `PERNYATAAN NETRALITAS PRAJURIT TNI DALAM ${title}`,
    opening: `Demi ${occasion} yang aman, jujur, dan adil, saya selaku prajurit Tentara Nasional Indonesia dengan ini menyatakan:`,
    points: [
      `Tidak memberikan dukungan dalam bentuk apa pun kepada partai politik maupun ${contender}.`,
      'Tidak memberikan fasilitas, sarana, atau prasarana TNI untuk kegiatan kampanye.',
      'Tidak mengarahkan prajurit, pegawai negeri sipil TNI, maupun keluarganya dalam urusan politik praktis.',
      'Tidak memberikan tanggapan atau komentar atas hasil hitung cepat dan hasil survei, termasuk di media sosial.',
      'Melaporkan dan, selaku atasan, menindak setiap pelanggaran netralitas di lingkungan saya sesuai dengan ketentuan.',
      'Mengundurkan diri dari dinas keprajuritan sebelum mencalonkan diri dalam jabatan yang dipilih rakyat.',
    ],
    closing: [WILLING, UNFORCED],
    basis,
  });

const pilkada = wording('pemilihan kepala daerah', 'pasangan calon', 'PEMILIHAN KEPALA DAERAH', [
  ...TNI,
  PILKADA,
  PUTUSAN_136,
]);
const pemilu = wording('pemilihan umum', 'peserta pemilihan umum', 'PEMILIHAN UMUM', TNI);

export const tni = { pemilu, pilkada };

/** Words for members of Polri. They have no right to vote, so nothing here speaks of voting. */
import { composeWording } from '../wording.ts';
import { PILKADA, POLRI, PUTUSAN_136, UNFORCED } from './basis.ts';

const WILLING =
  'Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi kode etik profesi, disiplin, dan pidana sesuai dengan ketentuan peraturan perundang-undangan.';

const wording = (occasion: string, contender: string, title: string, basis: readonly string[]): string =>
  composeWording({
    title: `PERNYATAAN NETRALITAS ANGGOTA POLRI DALAM ${title}`,
    opening: `Demi ${occasion} yang aman, jujur, dan adil, saya selaku anggota Kepolisian Negara Republik Indonesia dengan ini menyatakan:`,
    points: [
      'Menaati peraturan perundang-undangan, dan menyadari bahwa bersikap netral adalah kewajiban saya.',
      `Mengamankan setiap tahapan ${occasion} secara profesional tanpa memihak kepada ${contender} mana pun.`,
      'Tidak melibatkan diri dalam politik praktis, baik sebagai tim, pendukung, maupun simpatisan.',
      `Tidak menggunakan kewenangan, fasilitas dinas, maupun fasilitas pribadi untuk menguntungkan atau merugikan ${contender}.`,
      `Tidak mempromosikan ${contender}, serta tidak memasang, menyuruh memasang, atau menurunkan alat peraga kampanye di luar tugas yang sah.`,
      'Tidak menunjukkan keberpihakan di media sosial, termasuk melalui unggahan, komentar, tanda suka, foto bersama, atau pose tertentu.',
      'Menolak politik uang dan segala pemberian yang dapat memengaruhi sikap netral saya.',
    ],
    closing: [WILLING, UNFORCED],
    basis,
  });

const pilkada = wording('pemilihan kepala daerah', 'pasangan calon', 'PEMILIHAN KEPALA DAERAH', [
  ...POLRI,
  PILKADA,
  PUTUSAN_136,
]);
const pemilu = wording('pemilihan umum', 'peserta pemilihan umum', 'PEMILIHAN UMUM', POLRI);

export const polri = { pemilu, pilkada };

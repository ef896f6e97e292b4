/** Words for heads of a desa or desa adat, whatever their local title. */
import { composeWording } from '../wording.ts';
import { DESA, PEMILU_DESA, PILKADA, PUTUSAN_136, UNFORCED, WILLING } from './basis.ts';

const pilkada = composeWording({
  title: 'PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN KEPALA DAERAH',
  opening:
    'Demi terwujudnya pemilihan kepala daerah yang langsung, umum, bebas, rahasia, jujur, dan adil, saya selaku kepala desa atau sebutan lain dengan ini menyatakan:',
  points: [
    'Tidak membuat keputusan atau melakukan tindakan yang menguntungkan atau merugikan bakal calon maupun pasangan calon, baik sebelum, selama, maupun sesudah pemungutan suara.',
    'Tidak ikut serta dalam kampanye dalam bentuk apa pun, serta tidak memakai jabatan, anggaran, dan fasilitas desa untuk kepentingan kampanye.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam siapa pun, dan tidak memihak kepada pasangan calon mana pun.',
    'Tidak menunjukkan keberpihakan di media sosial maupun media lain, termasuk melalui unggahan, komentar, tanda suka, atau penyebaran ulang.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan.',
  ],
  closing: [WILLING, UNFORCED],
  basis: [DESA, PILKADA, PUTUSAN_136],
});

const pemilu = composeWording({
  title: 'PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN UMUM',
  opening:
    'Demi terwujudnya pemilihan umum yang langsung, umum, bebas, rahasia, jujur, dan adil, saya selaku kepala desa atau sebutan lain dengan ini menyatakan:',
  points: [
    'Tidak membuat keputusan atau melakukan tindakan yang menguntungkan atau merugikan peserta pemilihan umum, baik sebelum, selama, maupun sesudah masa kampanye.',
    'Tidak menjadi pelaksana atau anggota tim kampanye, tidak ikut serta dalam kampanye, serta tidak memakai jabatan, anggaran, dan fasilitas desa untuk kepentingan kampanye.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam siapa pun, dan tidak memihak kepada partai politik, calon, atau pasangan calon mana pun.',
    'Tidak menunjukkan keberpihakan di media sosial maupun media lain, termasuk melalui unggahan, komentar, tanda suka, atau penyebaran ulang.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan umum.',
  ],
  closing: [WILLING, UNFORCED],
  basis: [DESA, PEMILU_DESA],
});

export const kepalaDesa = { pemilu, pilkada };

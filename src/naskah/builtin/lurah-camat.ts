/** Words for heads of a kelurahan or a kecamatan, who are civil servants. */
import { composeWording } from '../wording.ts';
import { ASN, PEMILU, PILKADA, PUTUSAN_136, UNFORCED, WILLING } from './basis.ts';

const pilkada = composeWording({
  title: 'PERNYATAAN NETRALITAS LURAH DAN CAMAT DALAM PEMILIHAN KEPALA DAERAH',
  opening:
    'Demi terwujudnya pemilihan kepala daerah yang langsung, umum, bebas, rahasia, jujur, dan adil, saya selaku lurah, camat, atau sebutan lain dengan ini menyatakan:',
  points: [
    'Tidak membuat keputusan atau melakukan tindakan yang menguntungkan atau merugikan bakal calon maupun pasangan calon, baik sebelum, selama, maupun sesudah pemungutan suara.',
    'Tidak ikut serta dalam kampanye, tidak mengarahkan bawahan maupun warga, serta tidak memakai jabatan, anggaran, dan fasilitas negara untuk kepentingan kampanye.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam siapa pun, dan tidak memihak kepada pasangan calon mana pun.',
    'Tidak menunjukkan keberpihakan di media sosial maupun media lain, termasuk melalui unggahan, komentar, tanda suka, atau penyebaran ulang.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan.',
  ],
  closing: [WILLING, UNFORCED],
  basis: [...ASN, PILKADA, PUTUSAN_136],
});

const pemilu = composeWording({
  title: 'PERNYATAAN NETRALITAS LURAH DAN CAMAT DALAM PEMILIHAN UMUM',
  opening:
    'Demi terwujudnya pemilihan umum yang langsung, umum, bebas, rahasia, jujur, dan adil, saya selaku lurah, camat, atau sebutan lain dengan ini menyatakan:',
  points: [
    'Tidak membuat keputusan atau melakukan tindakan yang menguntungkan atau merugikan peserta pemilihan umum, baik sebelum, selama, maupun sesudah masa kampanye.',
    'Tidak menjadi pelaksana atau anggota tim kampanye, tidak mengarahkan bawahan maupun warga, serta tidak memakai jabatan, anggaran, dan fasilitas negara untuk kepentingan kampanye.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam siapa pun, dan tidak memihak kepada partai politik, calon, atau pasangan calon mana pun.',
    'Tidak menunjukkan keberpihakan di media sosial maupun media lain, termasuk melalui unggahan, komentar, tanda suka, atau penyebaran ulang.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan umum.',
  ],
  closing: [WILLING, UNFORCED],
  basis: [...ASN, PEMILU],
});

export const lurahCamat = { pemilu, pilkada };

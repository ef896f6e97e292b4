/** Words for civil servants (PNS and PPPK). */
import { composeWording } from '../wording.ts';
import { ASN, PEMILU, PILKADA, PUTUSAN_136, UNFORCED, WILLING } from './basis.ts';

const END =
  'Saya akan melaksanakan pernyataan ini dengan integritas dan tanggung jawab demi keutuhan Negara Kesatuan Republik Indonesia.';

const pilkada = composeWording({
  title: 'PERNYATAAN NETRALITAS PEGAWAI APARATUR SIPIL NEGARA DALAM PEMILIHAN KEPALA DAERAH',
  opening:
    'Demi menyukseskan pemilihan kepala daerah yang jujur, adil, dan bermartabat, saya selaku pegawai Aparatur Sipil Negara dengan ini menyatakan:',
  points: [
    'Menjaga dan menegakkan netralitas dalam pelayanan publik, baik sebelum, selama, maupun sesudah pemungutan suara.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam pegawai maupun masyarakat, dan tidak memihak kepada pasangan calon mana pun.',
    'Menggunakan media sosial dengan bijak, tidak menunjukkan keberpihakan, serta tidak menyebarkan ujaran kebencian dan berita bohong.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan dalam bentuk apa pun.',
  ],
  closing: [END, WILLING, UNFORCED],
  basis: [...ASN, PILKADA, PUTUSAN_136],
});

const pemilu = composeWording({
  title: 'PERNYATAAN NETRALITAS PEGAWAI APARATUR SIPIL NEGARA DALAM PEMILIHAN UMUM',
  opening:
    'Demi menyukseskan pemilihan umum yang jujur, adil, dan bermartabat, saya selaku pegawai Aparatur Sipil Negara dengan ini menyatakan:',
  points: [
    'Menjaga dan menegakkan netralitas dalam pelayanan publik, baik sebelum, selama, maupun sesudah pemilihan umum.',
    'Menghindari benturan kepentingan, tidak mengintimidasi atau mengancam pegawai maupun masyarakat, dan tidak memihak kepada partai politik, calon, atau pasangan calon mana pun.',
    'Menggunakan media sosial dengan bijak, tidak menunjukkan keberpihakan, serta tidak menyebarkan ujaran kebencian dan berita bohong.',
    'Menolak politik uang dan segala pemberian yang berkaitan dengan pemilihan umum dalam bentuk apa pun.',
  ],
  closing: [END, WILLING, UNFORCED],
  basis: [...ASN, PEMILU],
});

export const asn = { pemilu, pilkada };

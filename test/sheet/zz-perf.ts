import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writeXlsx } from 'hucre/xlsx';
import { readWorkbook } from '/work/main/src/sheet/read-workbook.ts';

if (!existsSync('/tmp/big.xlsx')) {
  const many = Array.from({ length: 20000 }, (_, i) => [
    i + 1,
    '62.01.01.2001',
    'KUMAI',
    'SUNGAI CABANG',
    'kepala desa',
    'H.',
    'Contoh Nama ' + i,
    'S.Sos.',
    'Kepala Desa',
    '1986092620150510' + String(i % 100).padStart(2, '0'),
    'Penata',
    'Kecamatan Kumai',
  ]);
  writeFileSync('/tmp/big.xlsx', await writeXlsx({ sheets: [{ name: 'A', rows: many }] }));
  process.exit();
}
const big = new Uint8Array(readFileSync('/tmp/big.xlsx'));
const idle = process.memoryUsage().rss / 1e6;
for (let k = 0; k < 3; k++) {
  const t = performance.now();
  const c = process.cpuUsage();
  const r = readWorkbook(big, { rows: 20000, cells: 100 });
  const d = process.cpuUsage(c);
  console.log(
    r.ok && r.sheets[0]!.rows.length,
    (performance.now() - t) | 0,
    (d.user / 1e3) | 0,
    (d.system / 1e3) | 0,
    (process.memoryUsage().rss / 1e6 - idle) | 0,
    (process.resourceUsage().maxRSS / 1e3 - idle) | 0,
  );
}

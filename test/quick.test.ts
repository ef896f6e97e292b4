import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { samplePaper, samplePledge } from '/work/main/test/kertas/sample.ts';
test('x', async () => { writeFileSync('/tmp/k.pdf', samplePaper(await samplePledge())); writeFileSync('/tmp/k2.pdf', samplePaper(await samplePledge({nama:'Ḥājī Ṣāliḥ bin ʿAbd'}))); });

import type { Db } from '../db.ts';
export async function seed(_db: Db): Promise<void> {}

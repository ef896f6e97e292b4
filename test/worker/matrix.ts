/** Judges one row of the tamper matrix: `POST /<row>`, a world as its body. */
import { judge, MATRIX, parseWorld } from '../proof/matrix.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const row = MATRIX[Number(new URL(request.url).pathname.slice(1))]!;
    return Response.json(await judge(row, parseWorld(await request.text())));
  },
};

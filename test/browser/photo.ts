/**
 * Photos and scans of papers, made in the browser's canvas: a sheet of A4 with lines of text and a QR of 30 mm, as a phone
 * sees it on a table.
 */
import type { Page } from 'playwright-core';
import QRCode from 'qrcode';

export interface Shot {
  /** What its QRs say. */
  qrs: string[];
  width?: number;
  height?: number;
  /** In degrees. */
  turned?: number;
  /** How much of the picture's longer side the sheet's length takes. */
  fills?: number;
  /** 0: seen from straight above. 0.2: its upper edge is a fifth shorter than its lower one. */
  leaning?: number;
  /** In pixels. */
  blurred?: number;
  /** Amplitude, of 255. */
  noise?: number;
  /** How dark the darkest corner is: 1 is no shadow. */
  light?: number;
  type?: 'image/jpeg' | 'image/png' | 'image/webp';
  quality?: number;
}

/** The bytes of the picture's file. */
export async function takePhoto(page: Page, shot: Shot): Promise<Buffer> {
  const qrs = shot.qrs.map((text) => {
    const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'Q' }).modules;
    return { size, data: [...data] };
  });
  const base64 = await page.evaluate(
    async ({
      qrs,
      width = 4000,
      height = 3000,
      turned = 0,
      fills = 0.9,
      leaning = 0,
      blurred = 0,
      noise = 0,
      light = 1,
      type = 'image/jpeg',
      quality = 0.8,
    }) => {
      const draw = (w: number, h: number) => {
        const canvas = document.createElement('canvas');
        canvas.width = w;
        canvas.height = h;
        return { canvas, context: canvas.getContext('2d', { willReadFrequently: true })! };
      };
      // The sheet, as long as it will be seen.
      const long = Math.max(width, height) * fills;
      const mm = long / 297;
      const sheet = draw(Math.round(210 * mm), Math.round(long));
      sheet.context.fillStyle = '#fff';
      sheet.context.fillRect(0, 0, sheet.canvas.width, sheet.canvas.height);
      sheet.context.fillStyle = '#111';
      sheet.context.font = `${4 * mm}px sans-serif`;
      for (let line = 0; line < 22; line++) {
        sheet.context.fillText(
          'Saya menyatakan netral dan tidak memihak dalam pemilihan.',
          20 * mm,
          (30 + 8 * line) * mm,
        );
      }
      for (const [place, { size, data }] of qrs.entries()) {
        const module = (30 * mm) / (size + 8);
        const [left, top] = [(20 + 40 * place) * mm + 4 * module, 220 * mm + 4 * module];
        for (const [at, dark] of data.entries()) {
          if (!dark) continue;
          // To the next pixel, so that no seam is seen.
          const x = Math.round(left + (at % size) * module);
          const y = Math.round(top + Math.floor(at / size) * module);
          const right = Math.round(left + ((at % size) + 1) * module);
          const bottom = Math.round(top + (Math.floor(at / size) + 1) * module);
          sheet.context.fillRect(x, y, right - x, bottom - y);
        }
      }
      const { width: w, height: h } = sheet.canvas;
      const leant = leaning > 0 ? draw(w, h) : sheet;
      for (let y = 0; leaning > 0 && y < h; y++) {
        const across = w * (1 - leaning * (1 - y / h));
        leant.context.drawImage(sheet.canvas, 0, y, w, 1, (w - across) / 2, y, across, 1);
      }
      const photo = draw(width, height);
      const { context } = photo;
      context.fillStyle = '#8a6f55';
      context.fillRect(0, 0, width, height);
      context.translate(width / 2, height / 2);
      context.rotate((turned * Math.PI) / 180);
      if (blurred > 0) context.filter = `blur(${blurred}px)`;
      context.drawImage(leant.canvas, -w / 2, -h / 2);
      context.filter = 'none';
      context.resetTransform();
      if (light < 1) {
        const shadow = context.createLinearGradient(0, 0, width, height);
        shadow.addColorStop(0, `rgba(0,0,0,${1 - light})`);
        shadow.addColorStop(1, 'rgba(0,0,0,0)');
        context.fillStyle = shadow;
        context.fillRect(0, 0, width, height);
      }
      if (noise > 0) {
        const seen = context.getImageData(0, 0, width, height);
        let seed = 1;
        for (let at = 0; at < seen.data.length; at++) {
          seed = (seed * 1103515245 + 12345) & 0x7fffffff;
          if (at % 4 < 3) seen.data[at]! += ((seed >> 16) / 0x3fff - 1) * noise;
        }
        context.putImageData(seen, 0, 0);
      }
      const blob = await new Promise<Blob | null>((done) => photo.canvas.toBlob(done, type, quality));
      const reader = new FileReader();
      await new Promise((done) => {
        reader.onload = done;
        reader.readAsDataURL(blob!);
      });
      return (reader.result as string).split(',')[1]!;
    },
    { ...shot, qrs },
  );
  return Buffer.from(base64, 'base64');
}

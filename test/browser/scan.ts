/** A PDF as apps that scan make it: each page a picture and nothing else. */

export interface ScannedPage {
  /** Of the picture, without what every one has. */
  dict: string;
  data: Buffer;
}

/** A JPEG, whose size is not told: readers take it from the file. */
export const pictureOf = (jpeg: Buffer): ScannedPage => ({
  dict: '/Width 1240 /Height 1754 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
  data: jpeg,
});

/** `filler`: bytes of a stream that is no picture. */
export function scanPdf(pages: ScannedPage[], { filler = 0 } = {}): Buffer {
  const objects: Buffer[] = [];
  const add = (text: string, data?: Buffer): number => {
    const stream = data
      ? [Buffer.from(`<< ${text} /Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream')]
      : [Buffer.from(text)];
    objects.push(Buffer.concat(stream));
    return objects.length;
  };
  const kids: number[] = [];
  // Object 1 is the catalog, object 2 the tree of pages.
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add('');
  for (const { dict, data } of pages) {
    const image = add(`/Type /XObject /Subtype /Image ${dict}`, data);
    const content = add('', Buffer.from('q 595 0 0 842 0 0 cm /I Do Q'));
    kids.push(
      add(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R ` +
          `/Resources << /XObject << /I ${image} 0 R >> >> >>`,
      ),
    );
  }
  if (kids.length === 0) kids.push(add('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'));
  objects[1] = Buffer.from(
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`,
  );
  if (filler > 0) add('', Buffer.alloc(filler, 'x'));
  let file = Buffer.from('%PDF-1.4\n');
  const places: number[] = [];
  const parts = [file];
  let length = file.length;
  for (const [index, object] of objects.entries()) {
    places.push(length);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
  }
  file = Buffer.concat(parts);
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(end)]);
}

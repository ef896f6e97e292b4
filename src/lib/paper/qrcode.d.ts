/** The matrix alone, without the parts that need files or a canvas. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode';
}

import type { Request, Response } from 'express';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from '../trpc/download.ts';

/**
 * Sends a file while it is made. A file that breaks off is never ended as if it were whole; for a reader who leaves, making it stops.
 *
 * @throws when making it fails.
 */
export async function sendDownload(
  request: Request,
  response: Response,
  { fileName, write }: Download,
  mediaType: string,
): Promise<void> {
  response
    .status(200)
    .attachment(fileName)
    .type(mediaType)
    .set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const file = new PassThrough();
  const sending = pipeline(file, response);
  try {
    await Promise.all([write(file), sending]);
  } catch (error) {
    const left = request.destroyed || response.destroyed;
    file.destroy();
    response.destroy();
    if (!left) throw error;
  }
}

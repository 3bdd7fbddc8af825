import { createServer } from 'node:http';

/** The answer, as the server under comparison gives it. */
interface Answer {
  headers: string[];
  body: string;
}

// The least that Node's own HTTP server can do: read the whole request, send the same bytes.
const { headers, body } = JSON.parse(process.env['ANSWER'] ?? '') as Answer;
const server = createServer((request, response) => {
  const answer = () => {
    response.writeHead(200, headers);
    response.end(body === '' ? undefined : body);
  };
  if (request.method !== 'POST') {
    // Where Node puts the credential when it is read.
    if (request.headers['x-api-token'] === undefined) response.destroy();
    else answer();
    return;
  }
  let read: Buffer | undefined;
  request.on('data', (chunk: Buffer) => {
    read = read === undefined ? chunk : Buffer.concat([read, chunk]);
  });
  request.on('end', answer);
});
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  process.stdout.write('listening\n');
});

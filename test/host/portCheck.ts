import { createServer } from 'node:net';

/** Fails with one sentence before anything is built, rather than with the server's stack after it. */
export function assertPortIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(new Error(sentence(port, error))));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

function sentence(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use. Choose another one with: npm start -- --port N`;
  return `Port ${port} cannot be used: ${error.message}`;
}
